import GradCore
import GradLanguage

/// The runs of a program that follow its own training: each is a pass of its loops, with the parameters that
/// the updates before have left, and the rate that the program has there.
final class TrainingRun {
  private let evaluator: Evaluator
  private let schedule: RateSchedule?
  /// How many passes the loops have; empty where they are not followed.
  private let counts: [Int]
  /// The rate of the next update, where a name of the program tells it.
  private var rate: Double?
  /// What the name is at the beginning of a pass.
  private var start: Double?
  private var number = 0

  init(_ evaluator: Evaluator, _ schedule: RateSchedule?) {
    self.evaluator = evaluator
    self.schedule = schedule
    counts = evaluator.passCounts ?? []
  }

  /// How many passes the loops have together; `nil` where they are not followed.
  var passes: Int? { counts.isEmpty ? nil : counts.reduce(1, *) }

  /// Whether passes compute with other numbers of their own, as those of other parts of the data.
  func passesDiffer() throws(ProgramError) -> Bool {
    guard let passes, passes > 1 else { return false }
    let first = try evaluator.trace(giving: [:])
    for number in Set([1, (counts.last ?? 1) % passes, passes - 1]) {
      var pass = Evaluator.Pass()
      pass.number = number
      let other = try evaluator.trace(giving: [:], &pass)
      let isLike =
        first.nodes.count == other.nodes.count
        && zip(first.nodes, other.nodes).allSatisfy { $0.isUnused || $0.anyValue == $1.anyValue }
      if !isLike { return true }
    }
    return false
  }

  /// The computation of the next pass.
  func next(_ values: [Int: NumberArray]) throws(ProgramError) -> Trace {
    var pass = Evaluator.Pass()
    pass.number = number
    if let schedule, case .name(let name) = schedule.change {
      (pass.name, pass.start, pass.kept) = (name, start, schedule.reads)
    }
    let trace = try evaluator.trace(giving: values, &pass)
    number += 1
    guard let schedule, let end = pass.end else { return trace }
    if schedule.isBefore {
      rate = end
    } else {
      // The update of this pass comes before the change.
      (rate, later) = (later ?? rate, isLast(schedule.depth) ? end : later)
    }
    if let carries = schedule.carries, isLast(carries) { start = end }
    return trace
  }

  /// The rate after the change that comes behind the last update.
  private var later: Double?

  /// Whether the pass that was run is the last one within a pass of the outer loops.
  private func isLast(_ depth: Int) -> Bool {
    number % counts[min(depth, counts.count)...].reduce(1, *) == 0
  }

  /// The rate of an update, counted from 1, where the program gives it one.
  func rate(ofUpdate update: Int, from given: Double) -> Double {
    guard let schedule else { return given }
    if case .name = schedule.change { return rate ?? given }
    let within = counts[min(schedule.depth, counts.count)...].reduce(1, *)
    let changes = (update - 1) / within + (schedule.isBefore ? 1 : 0)
    return schedule.rate(after: changes, from: given) ?? given
  }
}
