// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

extension Operators {
  /// The largest of any number of operands; those that tie share the derivative equally, unless one of
  /// them is a literal, which takes all.
  ///
  /// Where an operand is NaN, so is the result.
  public enum Max: VariadicOperator {
    public static let row = OperatorRow(
      "max", operands: [.init("x", in: -5...5), .init("y", in: -5...5)], isVariadic: true,
      formula: "x if x > y else y",
      partials: ["0 if x < y else 1/2 if x == y else 1", "0 if x > y else 1/2 if x == y else 1"],
      computedFormula: "x if x != x or x > y else y",
      computedPartials: ["0 if x < z else 1 / max(n, 1)"], literalsTakeTies: true)
    @inlinable public static var opcode: Opcode { .max }
    public static func record(_ operands: [Variable]) -> Variable {
      Variable.applying(Self.self, to: operands).literalsTakeTies()
    }
    @inlinable public static func value(_ operands: [Double]) -> Double {
      operands.dropFirst().reduce(operands[0], Maximum.value)
    }
    @inlinable public static func partials(_ operands: [Double], _ z: Double) -> [Double] {
      let ties = operands.lazy.filter { $0 == z }.count
      let shared = ties == 0 ? 1 : 1 / Double(ties)
      return operands.map { $0 < z ? 0 : shared }
    }
  }
}

/// Records the largest; operands that tie share the derivative equally, but a literal takes all.
@inlinable public func max(_ x: Variable, _ y: Variable, _ more: Variable...) -> Variable {
  Operators.Max.record([x, y] + more)
}
/// Records the largest of a variable and a number.
@inlinable public func max(_ x: Variable, _ y: Double) -> Variable { max(x, x.constant(y)) }
/// Records the largest of a number and a variable.
@inlinable public func max(_ x: Double, _ y: Variable) -> Variable { max(y.constant(x), y) }

extension Operators {
  /// The smallest of any number of operands; those that tie share the derivative equally, unless one of
  /// them is a literal, which takes all.
  ///
  /// Where an operand is NaN, so is the result.
  public enum Min: VariadicOperator {
    public static let row = OperatorRow(
      "min", operands: [.init("x", in: -5...5), .init("y", in: -5...5)], isVariadic: true,
      formula: "x if x < y else y",
      partials: ["0 if x > y else 1/2 if x == y else 1", "0 if x < y else 1/2 if x == y else 1"],
      computedFormula: "x if x != x or x < y else y",
      computedPartials: ["0 if x > z else 1 / max(n, 1)"], literalsTakeTies: true)
    @inlinable public static var opcode: Opcode { .min }
    public static func record(_ operands: [Variable]) -> Variable {
      Variable.applying(Self.self, to: operands).literalsTakeTies()
    }
    @inlinable public static func value(_ operands: [Double]) -> Double {
      operands.dropFirst().reduce(operands[0], Minimum.value)
    }
    @inlinable public static func partials(_ operands: [Double], _ z: Double) -> [Double] {
      let ties = operands.lazy.filter { $0 == z }.count
      let shared = ties == 0 ? 1 : 1 / Double(ties)
      return operands.map { $0 > z ? 0 : shared }
    }
  }
}

/// Records the smallest; operands that tie share the derivative equally, but a literal takes all.
@inlinable public func min(_ x: Variable, _ y: Variable, _ more: Variable...) -> Variable {
  Operators.Min.record([x, y] + more)
}
/// Records the smallest of a variable and a number.
@inlinable public func min(_ x: Variable, _ y: Double) -> Variable { min(x, x.constant(y)) }
/// Records the smallest of a number and a variable.
@inlinable public func min(_ x: Double, _ y: Variable) -> Variable { min(y.constant(x), y) }

extension Operators {
  /// The larger of two operands; where they tie, each has half the derivative, or a literal all of it.
  public enum Maximum: BinaryOperator {
    public static let row = OperatorRow(
      "maximum", operands: [.init("x", in: -5...5), .init("y", in: -5...5)],
      formula: "x if x > y else y",
      partials: ["0 if x < y else 1/2 if x == y else 1", "0 if x > y else 1/2 if x == y else 1"],
      computedFormula: "x if x != x or x > y else y", literalsTakeTies: true)
    @inlinable public static var opcode: Opcode { .maximum }
    public static func record(_ operands: [Variable]) -> Variable {
      operands[0].applying(Self.self, operands[1]).literalsTakeTies()
    }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double {
      x.isNaN || x > y ? x : y
    }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) {
      let tie = x == y ? 0.5 : 1
      return (x < y ? 0 : tie, x > y ? 0 : tie)
    }
  }
}

/// Records the larger of two operands.
@inlinable public func maximum(_ x: Variable, _ y: Variable) -> Variable {
  x.applying(Operators.Maximum.self, y).literalsTakeTies()
}
/// Records the larger of two operands.
@inlinable public func maximum(_ x: Variable, _ y: Double) -> Variable { maximum(x, x.constant(y)) }
/// Records the larger of two operands.
@inlinable public func maximum(_ x: Double, _ y: Variable) -> Variable { maximum(y.constant(x), y) }

extension Operators {
  /// The smaller of two operands; where they tie, each has half the derivative, or a literal all of it.
  public enum Minimum: BinaryOperator {
    public static let row = OperatorRow(
      "minimum", operands: [.init("x", in: -5...5), .init("y", in: -5...5)],
      formula: "x if x < y else y",
      partials: ["0 if x > y else 1/2 if x == y else 1", "0 if x < y else 1/2 if x == y else 1"],
      computedFormula: "x if x != x or x < y else y", literalsTakeTies: true)
    @inlinable public static var opcode: Opcode { .minimum }
    public static func record(_ operands: [Variable]) -> Variable {
      operands[0].applying(Self.self, operands[1]).literalsTakeTies()
    }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double {
      x.isNaN || x < y ? x : y
    }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) {
      let tie = x == y ? 0.5 : 1
      return (x > y ? 0 : tie, x < y ? 0 : tie)
    }
  }
}

/// Records the smaller of two operands.
@inlinable public func minimum(_ x: Variable, _ y: Variable) -> Variable {
  x.applying(Operators.Minimum.self, y).literalsTakeTies()
}
/// Records the smaller of two operands.
@inlinable public func minimum(_ x: Variable, _ y: Double) -> Variable { minimum(x, x.constant(y)) }
/// Records the smaller of two operands.
@inlinable public func minimum(_ x: Double, _ y: Variable) -> Variable { minimum(y.constant(x), y) }
