public import GradBase
public import GradCore

import GradLanguage

/// A student's answers, read from JSON: `{"db": 6, "dc": "9/1", "dW": [[1, 2]], "dX[0, 1]": 3}`.
///
/// A number may stand as text, and then be an expression: `"2/3"`. An array is a list, of lists where it
/// has several axes.
public struct AnswerFile: Sendable {
  /// The numbers and arrays by what they are called.
  public let answers: [String: NumberArray]

  /// What is wrong with a file, with a way out.
  public struct Fault: ReadableError, Equatable {
    /// What is wrong, without a full stop.
    public var message: String
    /// What would be right.
    public var help: String
    /// What is wrong, and what would be right.
    public var description: String { Self.text(message, help: help) }

    init(_ message: String) {
      self.message = message
      help = "one JSON object such as {\"db\": 6, \"dc\": 9, \"dW\": [[1, 2], [3, 4]]}"
    }
  }

  /// Reads a text; `name` is what messages call it.
  ///
  /// - Throws: ``Fault`` for what is no JSON object of numbers and of lists of them.
  public init(json: [UInt8], named name: String) throws(Fault) {
    guard let content = try? JSONDocument(json).root, content.kind == .object else {
      throw Fault("'\(name)' holds no answers")
    }
    var answers: [String: NumberArray] = [:]
    for (key, value) in content.members {
      let key = key.string ?? ""
      answers[key] = try Self.array(value, "in '\(name)': ", key)
    }
    self.answers = answers
  }

  /// A number, or lists of numbers within each other.
  private static func array(
    _ value: JSONValue, _ place: String, _ key: String
  ) throws(Fault) -> NumberArray {
    var (shape, level) = ([Int](), [value])
    // Level by level, from the outermost list to the numbers.
    while level.contains(where: { $0.kind == .array }) {
      let lengths = Set(level.map { $0.kind == .array ? $0.elements.count : -1 })
      guard lengths.count == 1, let length = lengths.first else {
        throw Fault("\(place)the lists of '\(key)' are of different lengths")
      }
      guard length > 0 else { throw Fault("\(place)a list of '\(key)' is empty") }
      shape.append(length)
      level = level.flatMap(\.elements)
    }
    var entries: [Double] = []
    for value in level { entries.append(try number(value, place, key)) }
    return NumberArray(shape, entries)
  }

  private static func number(
    _ value: JSONValue, _ place: String, _ key: String
  ) throws(Fault) -> Double {
    if let number = value.number, number.isFinite { return number }
    guard let text = value.string else {
      throw Fault("\(place)'\(key)' is no number, and no list of them")
    }
    guard let settings = try? InputValue.parse(Source("answer", text: "answer=\(text)")),
      settings.count == 1
    else { throw Fault("\(place)\"\(text)\" for '\(key)' is no number") }
    return settings[0].value
  }
}
