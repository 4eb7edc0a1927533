public import GradCore
public import GradFigure

/// A student's answers beside the right ones.
public struct Grading: Sendable {
  /// One answer.
  public struct Mark: Sendable {
    /// What the number is called: `db`, `dW[0, 1]`.
    public var key: String
    /// The right number; NaN for a whole array that was answered by one of another shape.
    public var right: Double
    /// The student's; `nil` if there is none.
    public var given: Double?
    /// Whether the answer passes.
    public var isRight: Bool
    /// What else is wrong with the answer: the shape of an array.
    public var fault: String?

    /// By how much the answer is off; `nil` if there is none.
    public var difference: Double? { given.map { difference($0) } }

    /// `right`, `wrong` or `missing`.
    var verdict: String {
      isRight ? "right" : given == nil && fault == nil ? "missing" : "wrong"
    }

    private func difference(_ given: Double) -> Double {
      given == right ? 0 : GradFigure.difference(right, given)
    }
  }

  /// The answers in the order of the questions; of an array each entry is one.
  public let marks: [Mark]
  /// The keys of answers that nobody asked for.
  public let unknown: [String]

  /// Whether every answer is right.
  public var isPassed: Bool { unknown.isEmpty && marks.allSatisfy(\.isRight) }

  /// Compares answers.
  ///
  /// - Parameters:
  ///   - given: The student's answers, by what the numbers are called in any notation; arrays as a
  ///     whole, or their entries.
  ///   - reading: The figure. What it leaves out must be answered; its other numbers may be.
  ///   - tolerance: The difference that passes, relative to the right number.
  public init(_ given: [String: NumberArray], _ reading: Reading, tolerance: Double) {
    let answers = reading.answers
    let asked = Set(reading.blankAnswers.map(\.key))
    var left = given
    // What stands for each answer as a whole; the names are tried in the order of the answers.
    let wholes = answers.map { answer in
      let name =
        [answer.key, answer.name.plain].first { given[$0] != nil }
        ?? given.keys.sorted().first { answer.isCalled($0) }
      return name.flatMap { left.removeValue(forKey: $0) }
    }
    var entries: [String: Double] = [:]
    for name in left.keys.sorted() {
      guard let number = left[name]?.number,
        let (key, entry) = try? reading.asked(name, among: answers),
        let answer = entry.flatMap({ entry in answers.first { $0.key == key }?.entry(entry) })
      else { continue }
      entries[answer.key] = number
      left[name] = nil
    }
    marks = zip(answers, wholes).flatMap { answer, whole in
      Self.marks(of: answer, whole, entries, asked, tolerance)
    }
    unknown = left.keys.sorted()
  }

  /// The marks of one answer: of a number one, of an array one for each entry.
  private static func marks(
    of answer: AskedNumber, _ whole: NumberArray?, _ entries: [String: Double],
    _ asked: Set<String>, _ tolerance: Double
  ) -> [Mark] {
    func mark(_ answer: AskedNumber, _ given: Double?) -> Mark {
      Mark(
        key: answer.key, right: answer.number, given: given,
        isRight: given.map { agree($0, answer.number, tolerance) } ?? false)
    }
    let shape = answer.array?.shape ?? []
    // A number may stand for the one entry of an array, and an array of one for a number.
    let count = shape.reduce(1, *)
    if let whole, whole.shape != shape, !(count == 1 && whole.count == 1) {
      return [
        Mark(
          key: answer.key, right: answer.number, isRight: false,
          fault: "\(shapeName(whole.shape)) instead of \(shapeName(shape))")
      ]
    }
    guard answer.array != nil else {
      return whole == nil && !asked.contains(answer.key) ? [] : [mark(answer, whole?.entries[0])]
    }
    return (0..<count).compactMap { place in
      guard let entry = answer.entry(place) else { return nil }
      let number = entries[entry.key] ?? whole?.entries[place]
      if number == nil, !asked.contains(answer.key), !asked.contains(entry.key) { return nil }
      return mark(entry, number)
    }
  }

  private static func shapeName(_ shape: [Int]) -> String {
    shape.isEmpty ? "a number" : "shape \(shapeText(shape))"
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
