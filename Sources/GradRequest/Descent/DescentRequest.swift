public import GradCore

import GradBase
import GradFigure
import GradLanguage

/// A descent that is asked for; what it leaves open the program's own training says, else the defaults.
public struct DescentRequest: Sendable {
  /// How the parameters are moved.
  public var optimizer: Optimizer?
  /// What a step is multiplied by; positive and finite.
  public var rate: Double?
  /// How many steps there are, up to ``mostSteps``.
  public var count: Int?
  /// The steps that have a frame, in rising order.
  public var shown: [Int]?

  /// How many steps a descent has at most.
  public static let mostSteps = 10_000

  /// A descent as the program has it.
  public init() {}
}

extension RequestedFigure {
  /// The descent that is asked for, with what the program's own training says of it: its passes, its
  /// optimizer and its rate.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - passCounts: How many passes the loops have in which the program trains; `nil` where that is not known.
  /// - Returns: The options, how the rate changes, and what is worth a word about them.
  /// - Throws: ``FigureError`` where the program trains in a way that is not known.
  func options(
    for request: DescentRequest, _ passCounts: [Int]?
  ) throws(FigureError) -> (
    options: Descent.Options, schedule: RateSchedule?, warnings: [Diagnostic]
  ) {
    let program = computation.program
    let passes = passCounts.map { $0.reduce(1, *) } ?? reading.full.passes
    let loop = program.isTrace ? nil : program.trainingLoop
    var faults: [Diagnostic] = []
    var warnings: [Diagnostic] = []
    func fault(_ message: String, _ help: String) {
      faults.append(
        Diagnostic(
          .error, code: "unknown-training", message, file: program.source.name, span: loop?.place,
          help: help))
    }

    var optimizer = request.optimizer ?? .sgd
    if request.optimizer == nil, let name = loop?.optimizer, let loop {
      if let known = Optimizer.named(name.lowercased()).map({ $0.configured(loop.numbers) }) {
        optimizer = known.optimizer
        for option in known.unknown + loop.others {
          fault(
            "\(name) is given '\(option)', which no descent here knows",
            "--optimizer \(known.optimizer.name) goes without it")
        }
      } else {
        fault(
          "the program trains by \(name), which no descent here knows",
          "--optimizer with one of \(Optimizer.all.map(\.name).joined(separator: ", ")) goes its own way"
        )
      }
    }
    var rate = request.rate
    // Newton's rule knows by itself how far to go.
    var (rates, schedule) = ([String: Double](), RateSchedule?.none)
    if rate == nil, let loop, !optimizer.solves {
      rate = loop.rate ?? (loop.optimizer?.lowercased() == "adam" ? 0.001 : nil)
      (rates, schedule) = (loop.rates, loop.schedule)
      if case .name? = schedule?.change, schedule?.isBefore == true { rate = rate ?? 1 }
      let isWhole = rates.keys.count(where: { reading.full.index(of: $0) != nil }) > 0
      if let unknown = loop.unknown {
        fault("the program trains, but \(unknown)", "--rate 0.1 gives one rate for all")
      } else if rate == nil, !isWhole {
        fault(
          "the program trains, but the rate is not one number of the program",
          "--rate 0.1 gives one")
      } else if schedule != nil, passCounts == nil {
        fault(
          "the program changes its rate in a loop whose passes are not known",
          "--rate 0.1 gives one rate for all")
      }
    } else if rate == nil, loop == nil, !optimizer.solves, passes != nil {
      fault(
        "the program trains, but it is not plain how it moves parameters",
        "--rate 0.1 gives a rate, --optimizer a rule")
    }
    let count = request.count ?? passes.flatMap { $0 > 0 ? $0 : nil } ?? 100
    if request.count == nil, count > DescentRequest.mostSteps {
      warnings.append(
        Diagnostic(
          .warning, code: "fewer-steps",
          "the loop has \(grouped(count)) passes, of which \(grouped(DescentRequest.mostSteps)) are "
            + "made", file: program.source.name, help: "--steps with a number makes fewer"))
    }
    let made = min(count, DescentRequest.mostSteps)
    if let last = request.shown?.last, last > made {
      faults.append(
        Diagnostic(
          badOption: "--show-steps: there is no step \(grouped(last)) of \(grouped(made))",
          file: program.source.name, help: "--steps \(last) makes as many"))
    }
    if passCounts == nil, computation.warnings.count(where: { $0.code == "first-pass" }) > 1 {
      warnings.append(
        Diagnostic(
          .warning, code: "first-pass",
          "each step takes the first pass of the loop within the loop alone",
          file: program.source.name, help: "the program itself goes over all of them"))
    }
    if !faults.isEmpty { throw .request(faults) }
    var options = Descent.Options(
      optimizer, rate: rate ?? rates.values.max(), count: made, shown: request.shown)
    options.ownRates = rates
    return (options, schedule, warnings)
  }
}

extension Optimizer {
  /// The same with the numbers that a program gives it, and the names of those that it does not know.
  fileprivate func configured(
    _ numbers: [String: Double]
  ) -> (optimizer: Optimizer, unknown: [String]) {
    // PyTorch's SGD with momentum is a rule of its own here.
    var rule = self
    if name == Optimizer.sgd.name, numbers["momentum", default: 0] != 0 { rule = .momentum }
    let known = Set(rule.constants.map(\.name))
    let unknown = numbers.filter { !known.contains($0.key) && $0.value != 0 }.keys.sorted()
    return (rule.with(numbers), unknown)
  }
}
