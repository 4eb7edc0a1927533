public import GradBase

import GradLanguage

/// A student's answers, read from JSON: `{"db": 6, "dc": "9/1"}`.
///
/// A number may stand as text, and then be an expression: `"2/3"`.
public struct AnswerFile: Sendable {
  /// The numbers by what they are called.
  public let answers: [String: Double]

  /// What is wrong with a file, with a way out.
  public struct Fault: ReadableError, Equatable {
    /// What is wrong, without a full stop.
    public var message: String
    /// What would be right.
    public var help: String
    /// What is wrong, and what would be right.
    public var description: String { Self.text(message, help: help) }
  }

  /// Reads a text; `name` is what messages call it.
  ///
  /// - Throws: ``Fault`` for what is no JSON object of numbers.
  public init(json: [UInt8], named name: String) throws(Fault) {
    let help = "one JSON object such as {\"db\": 6, \"dc\": 9}"
    guard let content = try? JSONDocument(json).root, content.kind == .object else {
      throw Fault(message: "'\(name)' holds no answers", help: help)
    }
    var answers: [String: Double] = [:]
    for (key, value) in content.members {
      let key = key.string ?? ""
      if let number = value.number, number.isFinite {
        answers[key] = number
      } else if let text = value.string {
        guard let settings = try? InputValue.parse(Source(name, text: "answer=\(text)")),
          settings.count == 1
        else {
          throw Fault(message: "in '\(name)': \"\(text)\" for '\(key)' is no number", help: help)
        }
        answers[key] = settings[0].value
      } else {
        throw Fault(message: "'\(name)' holds no answers", help: help)
      }
    }
    self.answers = answers
  }
}
