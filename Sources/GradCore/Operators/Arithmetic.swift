// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

extension Operators {
  /// A copy under another name.
  public enum Identity: UnaryOperator {
    public static let row = OperatorRow(
      "identity", aliases: ["positive"], spelling: .identity, operands: [.init("x", in: -10...10)],
      formula: "x", partials: ["1"])
    @inlinable public static var opcode: Opcode { .identity }
    @inlinable public static func value(_ x: Double) -> Double { x }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 1 }
  }

  /// The negative.
  public enum Negate: UnaryOperator {
    public static let row = OperatorRow(
      "negate", aliases: ["negative", "neg"], spelling: .prefix("-"),
      operands: [.init("x", in: -10...10)],
      formula: "-x", partials: ["-1"])
    @inlinable public static var opcode: Opcode { .negate }
    @inlinable public static func value(_ x: Double) -> Double { -x }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { -1 }
  }

  /// The sum.
  public enum Add: BinaryOperator {
    public static let row = OperatorRow(
      "add", spelling: .additive("+"),
      operands: [.init("x", in: -10...10), .init("y", in: -10...10)],
      formula: "x + y", partials: ["1", "1"])
    @inlinable public static var opcode: Opcode { .add }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { x + y }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (1, 1) }
  }

  /// The difference.
  public enum Subtract: BinaryOperator {
    public static let row = OperatorRow(
      "subtract", aliases: ["sub"], spelling: .additive("-"),
      operands: [.init("x", in: -10...10), .init("y", in: -10...10)],
      formula: "x - y", partials: ["1", "-1"])
    @inlinable public static var opcode: Opcode { .subtract }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { x - y }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (1, -1) }
  }

  /// The product.
  public enum Multiply: BinaryOperator {
    public static let row = OperatorRow(
      "multiply", aliases: ["mul"], spelling: .multiplicative("*"),
      operands: [.init("x", in: -10...10), .init("y", in: -10...10)],
      formula: "x * y", partials: ["y", "x"])
    @inlinable public static var opcode: Opcode { .multiply }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { x * y }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (y, x) }
  }

  /// The quotient.
  public enum Divide: BinaryOperator {
    public static let row = OperatorRow(
      "divide", aliases: ["div", "true_divide"], spelling: .multiplicative("/"),
      operands: [.init("x", in: -10...10), .init("y", in: 0.5...10)],
      formula: "x / y", partials: ["1 / y", "-z / y"])
    @inlinable public static var opcode: Opcode { .divide }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { x / y }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (1 / y, -z / y) }
  }
}
