import GradBase

/// How a program changes the rate of its training from pass to pass.
public struct RateSchedule: Sendable, Equatable {
  /// What the rate becomes.
  public enum Change: Sendable, Equatable {
    /// The value of a name that the program changes.
    case name(String)
    /// Multiplied by a factor each so many times, as `StepLR` does.
    case steps(size: Int, factor: Double)
    /// Multiplied by a factor each time, as `ExponentialLR` does.
    case exponential(factor: Double)
    /// Multiplied by a factor at some times, as `MultiStepLR` does.
    case milestones([Int], factor: Double)
    /// Along half a wave of the cosine, as `CosineAnnealingLR` does.
    case cosine(count: Int, least: Double)
    /// Along a line from one factor to another, as `LinearLR` does.
    case linear(from: Double, to: Double, count: Int)
    /// Multiplied by a factor the first times, as `ConstantLR` does.
    case constant(factor: Double, count: Int)
  }

  /// What the rate becomes.
  public internal(set) var change: Change
  /// How many of the loops around the update the change stands in: 1 for the outermost alone.
  public internal(set) var depth: Int
  /// Whether the change stands before the update.
  public internal(set) var isBefore: Bool
  /// Of a name, whether its next value is computed from the one before, and in how many of the loops.
  public internal(set) var carries: Int?
  /// Of a name, what its values are computed from.
  public internal(set) var reads: [String] = []

  /// The rate after some changes, from the one before them; `nil` where the program itself has to be asked.
  public func rate(after changes: Int, from rate: Double) -> Double? {
    func raised(_ factor: Double, _ times: Int) -> Double {
      // As a library multiplies, one after the other.
      (0..<max(0, times)).reduce(rate) { rate, _ in rate * factor }
    }
    switch change {
    case .name: return nil
    case .steps(let size, let factor): return raised(factor, changes / size)
    case .exponential(let factor): return raised(factor, changes)
    case .milestones(let times, let factor):
      return raised(factor, times.count { $0 <= changes })
    case .cosine(let count, let least):
      return least + (rate - least) * (1 + cos(.pi * Double(changes) / Double(count))) / 2
    case .linear(let start, let end, let count):
      return rate * (start + (end - start) * Double(min(changes, count)) / Double(count))
    case .constant(let factor, let count): return changes < count ? rate * factor : rate
    }
  }
}
