/// Gradient descent: a computation run again and again, each time with its parameters moved against the
/// derivatives of its output.
///
/// Step 0 is the computation as it is given, step n the one after n updates.
public struct Descent: Sendable {
  /// How the parameters are moved.
  public let options: Options
  /// What each parameter is called.
  public let names: [String]
  /// What the output is called.
  public let output: String
  /// Every step from 0 to the last whose numbers are all finite.
  public private(set) var steps: [Step] = []
  /// What each update multiplied by, a number for each parameter.
  public private(set) var rates: [[Double]] = []
  /// The whole computation in each step that is shown.
  public private(set) var traces: [(step: Int, trace: Trace)] = []
  /// Why there are no more steps.
  public private(set) var ending = Ending.complete
  /// The first step that computes something else than the computation as it is given; `nil` where all
  /// compute the same.
  public private(set) var change: (step: Int, condition: String?)?

  /// How parameters are moved.
  public struct Options: Sendable {
    /// The rule.
    public var optimizer: Optimizer
    /// What the rule multiplies a step by; positive and finite.
    public var rate: Double
    /// The same for parameters that have a rate of their own, by their names.
    public var ownRates: [String: Double] = [:]
    /// How many updates there are, 1 or more.
    public var count: Int
    /// The steps whose computation is kept; the last one is kept in any case.
    public var shown: [Int]

    /// The defaults: 100 steps of plain descent.
    public init(
      _ optimizer: Optimizer = .sgd, rate: Double? = nil, count: Int = 100, shown: [Int]? = nil
    ) {
      (self.optimizer, self.count) = (optimizer, count)
      self.rate = rate ?? optimizer.rate
      self.shown = shown ?? Self.usualSteps(to: count)
    }

    /// 0, 1, 2, 5, 10, 20, 50 and so on, and the last one.
    public static func usualSteps(to count: Int) -> [Int] {
      var steps = [0]
      var unit = 1
      while unit < count {
        steps += [unit, 2 * unit, 5 * unit].filter { $0 < count }
        unit *= 10
      }
      return steps + [count]
    }
  }

  /// The numbers of one step.
  public struct Step: Sendable, Equatable {
    /// How many updates came before it.
    public var number: Int
    /// The value of the output.
    public var loss: Double
    /// The value of each parameter.
    public var parameters: [NumberArray]
    /// The derivative of the output by each parameter.
    public var derivatives: [NumberArray]

    /// Whether every number is finite.
    var isFinite: Bool {
      loss.isFinite
        && (parameters + derivatives).allSatisfy { $0.entries.allSatisfy(\.isFinite) }
    }
  }

  /// Whether some updates, or some parameters, have other rates than the one given.
  public var hasOtherRates: Bool {
    rates.contains { $0.contains { $0 != options.rate } }
  }

  /// Why there are no more steps.
  public enum Ending: Sendable, Equatable {
    /// All that were wanted were made.
    case complete
    /// In a step a number is no longer finite: the step, and what the number belongs to.
    case notFinite(step: Int, name: String)
    /// In a step the Hessian, by which Newton's rule divides, has no inverse.
    case singular(step: Int)
  }

  /// Goes down.
  ///
  /// O(steps × the computation), and O(steps × entries of the parameters) of memory.
  ///
  /// - Parameters:
  ///   - first: The computation as it is given.
  ///   - parameters: The inputs that are moved, indices in ``Trace/nodes``.
  ///   - options: How they are moved.
  ///   - rate: What an update multiplies by, counted from 1, where the rate is as given; always that by default.
  ///   - run: The computation where inputs, by their index in `first`, have other values.
  /// - Throws: What `run` throws.
  public init<Failure: Error>(
    from first: Trace, by parameters: [Int], _ options: Options,
    rate: (_ update: Int, _ given: Double) -> Double = { _, given in given },
    run: ([Int: NumberArray]) throws(Failure) -> Trace
  ) throws(Failure) {
    precondition(
      options.rate > 0 && options.rate.isFinite && options.count > 0,
      "a rate and a number of steps are positive")
    self.options = options
    names = parameters.map { first.nodes[$0].id }
    output = first.nodes[first.output].id
    var mover = Mover(options, parameters.map { first.nodes[$0].anyValue.count })
    var trace = first
    var last: Trace?
    var values = parameters.map { first.nodes[$0].anyValue }
    let shown = Set(options.shown)
    for number in 0...options.count {
      if number > 0 {
        var directions = steps[number - 1].derivatives
        if options.optimizer.solves {
          guard let solved = trace.solved(directions, by: names) else {
            ending = .singular(step: number - 1)
            break
          }
          directions = solved
        }
        rates.append(names.map { rate(number, options.ownRates[$0] ?? options.rate) })
        values = mover.moved(values, directions, rates[number - 1])
        trace = try run(
          Dictionary(zip(parameters, values)) { _, last in last })
      }
      let step = Step(
        number: number, loss: trace.nodes[trace.output].anyValue.entries[0], parameters: values,
        derivatives: zip(names, values).map { name, value in
          trace.derivative(of: name, like: value)
        })
      guard step.isFinite else {
        ending = .notFinite(step: number, name: step.firstNotFinite(names, output))
        break
      }
      steps.append(step)
      if change == nil, !trace.computes(like: first) {
        change = (number, trace.condition(besides: first))
      }
      if shown.contains(number) || number == options.count { traces.append((number, trace)) }
      last = trace
    }
    // Where descent ends early its last step is the one to look at.
    if let step = steps.last?.number, traces.last?.step != step, let last {
      traces.append((step, last))
    }
  }
}

extension Descent.Step {
  /// What the first number that is not finite belongs to.
  fileprivate func firstNotFinite(_ names: [String], _ output: String) -> String {
    if !loss.isFinite { return output }
    let all = zip(names, zip(parameters, derivatives))
    return all.first { _, numbers in
      !(numbers.0.entries + numbers.1.entries).allSatisfy(\.isFinite)
    }?.0 ?? output
  }
}

extension Trace {
  /// Whether another trace has the same operations, but for those that lead nowhere.
  fileprivate func computes(like other: Trace) -> Bool {
    func used(_ trace: Trace) -> [Int] {
      trace.nodes.indices.filter { !trace.nodes[$0].isUnused }
    }
    let (own, others) = (used(self), used(other))
    guard own == others else { return false }
    return own.allSatisfy { index in
      let (node, known) = (nodes[index], other.nodes[index])
      // Another part of the data is another place to take it from.
      return node.opcode == known.opcode && node.arrayOperation?.name == known.arrayOperation?.name
        && node.shape == known.shape
        && edges(into: index).map(\.source) == other.edges(into: index).map(\.source)
    }
  }

  /// The first condition that has another outcome than in another trace.
  fileprivate func condition(besides other: Trace) -> String? {
    zip(decisions, other.decisions).first { $0.holds != $1.holds }?.0.condition
  }

  /// What the inverse of the Hessian makes of the derivatives by inputs; `nil` where it has none.
  fileprivate func solved(_ derivatives: [NumberArray], by names: [String]) -> [NumberArray]? {
    guard let hessian = try? hessian(by: names),
      let solution = hessian.solution(of: derivatives.flatMap(\.entries))
    else { return nil }
    var rest = solution[...]
    return derivatives.map { derivative in
      defer { rest = rest.dropFirst(derivative.count) }
      return NumberArray(derivative.shape, Array(rest.prefix(derivative.count)))
    }
  }

  /// The derivative of the output by an input, 0 where the output does not depend on it.
  fileprivate func derivative(of name: String, like value: NumberArray) -> NumberArray {
    let zero = NumberArray(value.shape, value.entries.map { _ in 0 })
    guard let node = index(of: name).map({ nodes[$0] }) else { return zero }
    if node.array == nil { return NumberArray(node.derivative) }
    return node.arrayDerivative ?? zero
  }
}

/// What an optimizer keeps, and how it moves parameters by it.
private struct Mover {
  private let options: Descent.Options
  private let constants: [Double]
  /// For each parameter and each of its entries.
  private var memories: [[[Double]]]
  private var number = 0

  init(_ options: Descent.Options, _ counts: [Int]) {
    self.options = options
    constants = options.optimizer.constants.map(\.value)
    let memory = options.optimizer.memories.map { _ in 0.0 }
    memories = counts.map { Array(repeating: memory, count: $0) }
  }

  mutating func moved(
    _ values: [NumberArray], _ derivatives: [NumberArray], _ rates: [Double]
  ) -> [NumberArray] {
    number += 1
    return values.indices.map { index in
      var entries = values[index].entries
      for place in entries.indices {
        entries[place] -=
          rates[index]
          * options.optimizer.direction(
            derivatives[index].entries[place], number, constants, &memories[index][place])
      }
      return NumberArray(values[index].shape, entries)
    }
  }
}
