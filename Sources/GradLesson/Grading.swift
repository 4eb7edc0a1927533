public import GradFigure

/// A student's answers beside the right ones.
public struct Grading: Sendable {
  /// One answer.
  public struct Mark: Sendable {
    /// What the number is called.
    public var key: String
    /// The right number.
    public var right: Double
    /// The student's; `nil` if there is none.
    public var given: Double?
    /// Whether the answer passes.
    public var isRight: Bool

    /// By how much the answer is off; `nil` if there is none.
    public var difference: Double? { given.map { difference($0) } }

    private func difference(_ given: Double) -> Double {
      given == right ? 0 : GradFigure.difference(right, given)
    }
  }

  /// The answers in the order of the questions.
  public let marks: [Mark]
  /// The keys of answers that nobody asked for.
  public let unknown: [String]

  /// Whether every answer is right.
  public var isPassed: Bool { unknown.isEmpty && marks.allSatisfy(\.isRight) }

  /// Compares answers.
  ///
  /// - Parameters:
  ///   - given: The student's answers, by what the numbers are called in any notation.
  ///   - answers: All numbers of the figure.
  ///   - asked: The keys of those that must be answered; others may be.
  ///   - tolerance: The difference that passes, relative to the right number.
  public init(
    _ given: [String: Double], _ answers: [AskedNumber], asked: Set<String>, tolerance: Double
  ) {
    var left = given
    marks = answers.compactMap { answer in
      let name =
        [answer.key, answer.name.plain].first { given[$0] != nil }
        ?? given.keys.sorted().first { answer.isCalled($0) }
      let number = name.flatMap { left.removeValue(forKey: $0) }
      if number == nil, !asked.contains(answer.key) { return nil }
      return Mark(
        key: answer.key, right: answer.number, given: number,
        isRight: number.map { Self.agree($0, answer.number, tolerance) } ?? false)
    }
    unknown = left.keys.sorted()
  }

  private static func agree(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    if a == b || a.isNaN && b.isNaN { return true }
    return (a - b).magnitude <= max(tolerance * b.magnitude, 1e-9)
  }
}

/// A way to write a grading down.
///
/// To add one, add a file to `GradingFormats/` and name it in ``all``.
public struct GradingFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Writes a grading.
  public let write: @Sendable (Grading) -> String

  /// Every format, in the order `--help` lists them.
  public static let all: [GradingFormat] = [table, json]
}
