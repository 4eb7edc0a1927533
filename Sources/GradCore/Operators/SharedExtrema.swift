// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

extension Operators {
  /// The largest of any number of operands; those that tie share the derivative equally.
  public enum SharedMax: VariadicOperator {
    public static let row = Max.row.sharing("torch.max")
    @inlinable public static var opcode: Opcode { .sharedMax }
    @inlinable public static func value(_ operands: [Double]) -> Double { Max.value(operands) }
    @inlinable public static func partials(_ operands: [Double], _ z: Double) -> [Double] {
      Max.partials(operands, z)
    }
  }

  /// The smallest of any number of operands; those that tie share the derivative equally.
  public enum SharedMin: VariadicOperator {
    public static let row = Min.row.sharing("torch.min")
    @inlinable public static var opcode: Opcode { .sharedMin }
    @inlinable public static func value(_ operands: [Double]) -> Double { Min.value(operands) }
    @inlinable public static func partials(_ operands: [Double], _ z: Double) -> [Double] {
      Min.partials(operands, z)
    }
  }

  /// The larger of two operands; those that tie share the derivative equally.
  public enum SharedMaximum: BinaryOperator {
    public static let row = Maximum.row.sharing("torch.maximum")
    @inlinable public static var opcode: Opcode { .sharedMaximum }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { Maximum.value(x, y) }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { Maximum.partials(x, y, z) }
  }

  /// The smaller of two operands; those that tie share the derivative equally.
  public enum SharedMinimum: BinaryOperator {
    public static let row = Minimum.row.sharing("torch.minimum")
    @inlinable public static var opcode: Opcode { .sharedMinimum }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { Minimum.value(x, y) }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { Minimum.partials(x, y, z) }
  }
}

extension OperatorRow {
  /// The same row under the name `name`, whose literals share like all operands.
  fileprivate func sharing(_ name: String) -> OperatorRow {
    OperatorRow(
      name, symbol: self.name, operation: operation, operands: operands, isVariadic: isVariadic,
      formula: formula, partials: partials, computedFormula: computedFormula,
      computedPartials: computedPartials)
  }
}
