public import GradCore

import FoundationEssentials
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
    let content: [String: Entry]
    do {
      content = try JSONDecoder().decode([String: Entry].self, from: Data(json))
    } catch {
      throw Fault(message: "'\(name)' holds no answers", help: help)
    }
    var answers: [String: Double] = [:]
    for (key, entry) in content.sorted(by: { $0.key < $1.key }) {
      switch entry {
      case .number(let number): answers[key] = number
      case .text(let text):
        guard let settings = try? Setting.parse(Source(name, text: "answer=\(text)")),
          settings.count == 1
        else {
          throw Fault(message: "in '\(name)': \"\(text)\" for '\(key)' is no number", help: help)
        }
        answers[key] = settings[0].value
      }
    }
    self.answers = answers
  }

  private enum Entry: Decodable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }
}
