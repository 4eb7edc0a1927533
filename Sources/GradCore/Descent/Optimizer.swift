/// A rule by which descent moves parameters.
///
/// To add one, add a file to `Optimizers/` and name it in ``all``.
public struct Optimizer: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The numbers of the rule besides the rate.
  public var constants: [Constant]
  /// What it keeps from step to step for each entry, a letter each; they begin at 0.
  public let memories: [String]
  /// How the rule reads, in lines: `{w}` stands for a parameter, `{dw}` for its derivative, `{rate}` and the
  /// names of constants for their numbers, `{1-beta1}` for 1 less a constant, and other letters for what is
  /// kept.
  public let rule: [String]
  /// The rate where none is given.
  public let rate: Double
  /// Whether the direction is what the inverse of the Hessian makes of the derivatives.
  public let solves: Bool
  /// Where an entry goes, against which the rate moves it: by its derivative, or what the inverse of the
  /// Hessian makes of it, the number of the update from 1, the constants, and what is kept of it.
  let direction: Direction

  /// Where an entry goes.
  typealias Direction =
    @Sendable (
      _ derivative: Double, _ number: Int, _ constants: [Double], _ memory: inout [Double]
    ) -> Double

  /// A number of a rule besides the rate.
  public struct Constant: Sendable, Equatable {
    /// What it is called.
    public let name: String
    /// How much it is.
    public var value: Double

    init(_ name: String, _ value: Double) { (self.name, self.value) = (name, value) }
  }

  init(
    name: String, constants: [Constant] = [], memories: [String] = [], rule: [String],
    rate: Double = 0.1, solves: Bool = false, direction: @escaping Direction
  ) {
    (self.name, self.constants, self.memories, self.rule) = (name, constants, memories, rule)
    (self.rate, self.solves, self.direction) = (rate, solves, direction)
  }
}

extension Optimizer {
  /// Every optimizer, in the order `--help` lists them.
  public static let all: [Optimizer] = [sgd, momentum, adam, newton]

  /// The optimizer called `name`.
  public static func named(_ name: String) -> Optimizer? { all.first { $0.name == name } }

  /// The same with other constants, by their names.
  public func with(_ constants: [String: Double]) -> Optimizer {
    var other = self
    for index in other.constants.indices {
      if let value = constants[other.constants[index].name] {
        other.constants[index].value = value
      }
    }
    return other
  }
}
