// The members of a row are documented by the protocol that it conforms to.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

extension Operators {
  /// x, but at least y and at most w, of which w prevails.
  ///
  /// As in `torch.clamp` between numbers, the derivative by x is 1 at the bounds themselves. The newest
  /// PyTorch gives 0 there.
  public enum Clip: TernaryOperator {
    public static let row = OperatorRow(
      "clip", aliases: ["clamp"],
      operands: [
        .init("x", in: -5...5),
        .init("y", in: -3 ... -1, keywords: ["min", "a_min", "lo"], default: -.infinity),
        .init("w", in: 1...3, keywords: ["max", "a_max", "hi"], default: .infinity),
      ],
      formula: "min(max(x, y), w)",
      partials: [
        "0 if x < y else 0 if x > w else 1", "(1 if y <= w else 0) if x < y else 0",
        "1 if y > w else 1 if x > w else 0",
      ])
    @inlinable public static var opcode: Opcode { .clip }
    @inlinable public static func value(_ x: Double, _ y: Double, _ w: Double) -> Double {
      Minimum.value(Maximum.value(x, y), w)
    }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ w: Double, _ z: Double
    ) -> (Double, Double, Double) {
      if y > w || x > w { return (0, 0, 1) }
      return x < y ? (0, 1, 0) : (1, 0, 0)
    }
  }
}

/// Records x, but at least `lower` and at most `upper`.
@inlinable public func clip(_ x: Variable, _ lower: Variable, _ upper: Variable) -> Variable {
  x.applying(Operators.Clip.self, lower, upper)
}
/// Records x, but at least `lower` and at most `upper`.
@inlinable public func clip(
  _ x: Variable, _ lower: Double = -.infinity, _ upper: Double = .infinity
) -> Variable {
  clip(x, x.constant(lower), x.constant(upper))
}

extension Operators {
  /// The first of two operands, chosen by a condition that holds.
  ///
  /// A condition is no node, so `where(condition, x, y)` has two rows, one for each outcome, which
  /// have the same operands and read the same in a trace. The outcome is ``OperatorRow/condition``.
  public enum Where: BinaryOperator {
    public static let row = OperatorRow(
      "where", condition: true, operands: [.init("x", in: -5...5), .init("y", in: -5...5)],
      formula: "x", partials: ["1", "0"])
    @inlinable public static var opcode: Opcode { .where }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { x }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (1, 0) }
  }

  /// The second of two operands, chosen by a condition that does not hold: see ``Where``.
  public enum WhereElse: BinaryOperator {
    public static let row = OperatorRow(
      "where_else", operation: "where", condition: false,
      operands: [.init("x", in: -5...5), .init("y", in: -5...5)], formula: "y",
      partials: ["0", "1"])
    @inlinable public static var opcode: Opcode { .whereElse }
    @inlinable public static func value(_ x: Double, _ y: Double) -> Double { y }
    @inlinable public static func partials(
      _ x: Double, _ y: Double, _ z: Double
    ) -> (Double, Double) { (0, 1) }
  }
}

/// Records x where `condition` holds and y where it does not; the other operand stays on the tape,
/// with a partial of 0.
@inlinable public func select(_ condition: Bool, _ x: Variable, _ y: Variable) -> Variable {
  condition ? x.applying(Operators.Where.self, y) : x.applying(Operators.WhereElse.self, y)
}

extension Operators {
  /// The absolute value; its derivative at 0 is 0.
  public enum Abs: UnaryOperator {
    public static let row = OperatorRow(
      "abs", aliases: ["absolute", "fabs"], symbol: "|□|", operands: [.init("x", in: -5...5)],
      formula: "max(x, -x)", partials: ["sign(x)"])
    @inlinable public static var opcode: Opcode { .abs }
    @inlinable public static func value(_ x: Double) -> Double { x.magnitude }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { Sign.value(x) }
  }
}

/// Records |x|.
@inlinable @inline(__always) public func abs(_ x: Variable) -> Variable {
  x.applying(Operators.Abs.self)
}

extension Operators {
  /// 1, 0 or −1; its derivative is 0 everywhere.
  public enum Sign: UnaryOperator {
    public static let row = OperatorRow(
      "sign", aliases: ["sgn"], symbol: "sgn", operands: [.init("x", in: -5...5)],
      formula: "1 if x > 0 else -1 if x < 0 else 0", partials: ["0"])
    @inlinable public static var opcode: Opcode { .sign }
    @inlinable public static func value(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 0 }
  }
}

/// Records the sign: 1, 0 or −1.
@inlinable @inline(__always) public func sign(_ x: Variable) -> Variable {
  x.applying(Operators.Sign.self)
}

extension Operators {
  /// A copy whose derivative counts as 0: what lies before it is held fixed.
  public enum StopGradient: UnaryOperator {
    public static let row = OperatorRow(
      "stop_gradient", aliases: ["detach"], symbol: "sg", operands: [.init("x", in: -5...5)],
      formula: "x", partials: ["0"])
    @inlinable public static var opcode: Opcode { .stopGradient }
    @inlinable public static func value(_ x: Double) -> Double { x }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 0 }
  }
}

/// Records a copy through which no derivative flows.
@inlinable @inline(__always) public func stopGradient(_ x: Variable) -> Variable {
  x.applying(Operators.StopGradient.self)
}

extension Operators {
  /// The whole number toward 0, as Python's `int`; its derivative is 0 everywhere.
  public enum Truncate: UnaryOperator {
    public static let row = OperatorRow(
      "trunc", aliases: ["int", "fix"], operands: [.init("x", in: 0.1...0.9)], formula: "trunc(x)",
      partials: ["0"])
    @inlinable public static var opcode: Opcode { .truncate }
    @inlinable public static func value(_ x: Double) -> Double { x.rounded(.towardZero) }
    @inlinable public static func partial(_ x: Double, _ z: Double) -> Double { 0 }
  }
}

/// Records the whole number toward 0.
@inlinable @inline(__always) public func trunc(_ x: Variable) -> Variable {
  x.applying(Operators.Truncate.self)
}
