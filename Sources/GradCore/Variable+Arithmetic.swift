// A number beside a variable is a constant on its tape; a whole number counts as the Double that it is.

extension Variable {
  /// Records the sum.
  @inlinable @inline(__always) public static func + (x: Variable, y: Variable) -> Variable {
    x.applying(Operators.Add.self, y)
  }
  /// Records the sum with a number.
  @inlinable public static func + (x: Variable, y: Double) -> Variable { x + x.constant(y) }
  /// Records the sum with a number.
  @inlinable public static func + (x: Double, y: Variable) -> Variable { y.constant(x) + y }
  /// Records the sum with a whole number.
  @inlinable public static func + (x: Variable, y: Int) -> Variable { x + Double(y) }
  /// Records the sum with a whole number.
  @inlinable public static func + (x: Int, y: Variable) -> Variable { Double(x) + y }

  /// Records the difference.
  @inlinable @inline(__always) public static func - (x: Variable, y: Variable) -> Variable {
    x.applying(Operators.Subtract.self, y)
  }
  /// Records the difference from a number.
  @inlinable public static func - (x: Variable, y: Double) -> Variable { x - x.constant(y) }
  /// Records the difference of a number.
  @inlinable public static func - (x: Double, y: Variable) -> Variable { y.constant(x) - y }
  /// Records the difference from a whole number.
  @inlinable public static func - (x: Variable, y: Int) -> Variable { x - Double(y) }
  /// Records the difference of a whole number.
  @inlinable public static func - (x: Int, y: Variable) -> Variable { Double(x) - y }

  /// Records the product.
  @inlinable @inline(__always) public static func * (x: Variable, y: Variable) -> Variable {
    x.applying(Operators.Multiply.self, y)
  }
  /// Records the product with a number.
  @inlinable public static func * (x: Variable, y: Double) -> Variable { x * x.constant(y) }
  /// Records the product with a number.
  @inlinable public static func * (x: Double, y: Variable) -> Variable { y.constant(x) * y }
  /// Records the product with a whole number.
  @inlinable public static func * (x: Variable, y: Int) -> Variable { x * Double(y) }
  /// Records the product with a whole number.
  @inlinable public static func * (x: Int, y: Variable) -> Variable { Double(x) * y }

  /// Records the quotient.
  @inlinable @inline(__always) public static func / (x: Variable, y: Variable) -> Variable {
    x.applying(Operators.Divide.self, y)
  }
  /// Records the quotient by a number.
  @inlinable public static func / (x: Variable, y: Double) -> Variable { x / x.constant(y) }
  /// Records the quotient of a number.
  @inlinable public static func / (x: Double, y: Variable) -> Variable { y.constant(x) / y }
  /// Records the quotient by a whole number.
  @inlinable public static func / (x: Variable, y: Int) -> Variable { x / Double(y) }
  /// Records the quotient of a whole number.
  @inlinable public static func / (x: Int, y: Variable) -> Variable { Double(x) / y }

  /// Records the negative.
  @inlinable public static prefix func - (x: Variable) -> Variable {
    x.applying(Operators.Negate.self)
  }
}

/// Arithmetic in place: the handle then stands for a new node; the old one stays on the tape.
extension Variable {
  /// Records the sum, which the variable then is.
  @inlinable public static func += (x: inout Variable, y: Variable) { x = x + y }
  /// Records the sum with a number, which the variable then is.
  @inlinable public static func += (x: inout Variable, y: Double) { x = x + y }
  /// Records the difference, which the variable then is.
  @inlinable public static func -= (x: inout Variable, y: Variable) { x = x - y }
  /// Records the difference from a number, which the variable then is.
  @inlinable public static func -= (x: inout Variable, y: Double) { x = x - y }
  /// Records the product, which the variable then is.
  @inlinable public static func *= (x: inout Variable, y: Variable) { x = x * y }
  /// Records the product with a number, which the variable then is.
  @inlinable public static func *= (x: inout Variable, y: Double) { x = x * y }
  /// Records the quotient, which the variable then is.
  @inlinable public static func /= (x: inout Variable, y: Variable) { x = x / y }
  /// Records the quotient by a number, which the variable then is.
  @inlinable public static func /= (x: inout Variable, y: Double) { x = x / y }
}
