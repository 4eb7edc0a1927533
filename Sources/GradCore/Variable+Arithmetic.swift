extension Variable {
  /// Records the sum.
  @inlinable @inline(__always) public static func + (x: Variable, y: Variable) -> Variable {
    x.applying(Add.self, y)
  }
  /// Records the sum with a number.
  @inlinable public static func + (x: Variable, y: Double) -> Variable { x + x.constant(y) }
  /// Records the sum with a number.
  @inlinable public static func + (x: Double, y: Variable) -> Variable { y.constant(x) + y }

  /// Records the difference.
  @inlinable @inline(__always) public static func - (x: Variable, y: Variable) -> Variable {
    x.applying(Subtract.self, y)
  }
  /// Records the difference from a number.
  @inlinable public static func - (x: Variable, y: Double) -> Variable { x - x.constant(y) }
  /// Records the difference of a number.
  @inlinable public static func - (x: Double, y: Variable) -> Variable { y.constant(x) - y }

  /// Records the product.
  @inlinable @inline(__always) public static func * (x: Variable, y: Variable) -> Variable {
    x.applying(Multiply.self, y)
  }
  /// Records the product with a number.
  @inlinable public static func * (x: Variable, y: Double) -> Variable { x * x.constant(y) }
  /// Records the product with a number.
  @inlinable public static func * (x: Double, y: Variable) -> Variable { y.constant(x) * y }

  /// Records the quotient.
  @inlinable @inline(__always) public static func / (x: Variable, y: Variable) -> Variable {
    x.applying(Divide.self, y)
  }
  /// Records the quotient by a number.
  @inlinable public static func / (x: Variable, y: Double) -> Variable { x / x.constant(y) }
  /// Records the quotient of a number.
  @inlinable public static func / (x: Double, y: Variable) -> Variable { y.constant(x) / y }

  /// Records the negative.
  @inlinable public static prefix func - (x: Variable) -> Variable { x.applying(Negate.self) }
}
