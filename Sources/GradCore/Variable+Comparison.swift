/// Comparisons of values, as for `if x > 0`: they record nothing, and have no derivative.
///
/// A trace does not know of a condition that Swift decides; ``select(_:_:_:)`` records one whose other
/// outcome is to be seen.
extension Variable {
  /// Whether the values are equal.
  @inlinable public static func == (x: Variable, y: Variable) -> Bool { x.value == y.value }
  /// Whether the values differ.
  @inlinable public static func != (x: Variable, y: Variable) -> Bool { x.value != y.value }
  /// Whether the value of the first is less.
  @inlinable public static func < (x: Variable, y: Variable) -> Bool { x.value < y.value }
  /// Whether the value of the first is less, or the same.
  @inlinable public static func <= (x: Variable, y: Variable) -> Bool { x.value <= y.value }
  /// Whether the value of the first is greater.
  @inlinable public static func > (x: Variable, y: Variable) -> Bool { x.value > y.value }
  /// Whether the value of the first is greater, or the same.
  @inlinable public static func >= (x: Variable, y: Variable) -> Bool { x.value >= y.value }

  /// Whether the value is the number.
  @inlinable public static func == (x: Variable, y: Double) -> Bool { x.value == y }
  /// Whether the value is not the number.
  @inlinable public static func != (x: Variable, y: Double) -> Bool { x.value != y }
  /// Whether the value is less than the number.
  @inlinable public static func < (x: Variable, y: Double) -> Bool { x.value < y }
  /// Whether the value is the number or less.
  @inlinable public static func <= (x: Variable, y: Double) -> Bool { x.value <= y }
  /// Whether the value is greater than the number.
  @inlinable public static func > (x: Variable, y: Double) -> Bool { x.value > y }
  /// Whether the value is the number or greater.
  @inlinable public static func >= (x: Variable, y: Double) -> Bool { x.value >= y }

  /// Whether the number is less than the value.
  @inlinable public static func < (x: Double, y: Variable) -> Bool { x < y.value }
  /// Whether the number is the value or less.
  @inlinable public static func <= (x: Double, y: Variable) -> Bool { x <= y.value }
  /// Whether the number is greater than the value.
  @inlinable public static func > (x: Double, y: Variable) -> Bool { x > y.value }
  /// Whether the number is the value or greater.
  @inlinable public static func >= (x: Double, y: Variable) -> Bool { x >= y.value }
}
