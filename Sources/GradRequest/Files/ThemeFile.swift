public import GradBase
public import GradFigure

import GradLanguage

/// A theme of one's own, read from JSON.
///
/// ```json
/// {"name": "school", "base": "light", "dashesBackward": false, "colors": {"forward": "#004488"}}
/// ```
///
/// Every key may be left out; colours that are not given are those of the base.
public struct ThemeFile: Sendable {
  /// The theme.
  public let theme: Theme

  /// What is wrong with a file, with a way out.
  public struct Fault: ReadableError, Equatable {
    /// What is wrong, without a full stop.
    public var message: String
    /// What would be right.
    public var help: String?
    /// Why the file could not be read, as in `errno`; `nil` for one that could.
    public var number: Int32?
    /// What is wrong, and what would be right.
    public var description: String { Self.text(message, help: help) }
  }

  private static let keys = ["name", "base", "dashesBackward", "colors"]

  /// Reads the file at `path`.
  ///
  /// - Throws: ``Fault`` for a file that cannot be read, is no JSON, or has keys, paints or colours
  ///   that are not known.
  public init(path: String, from files: Files = .system) throws(Fault) {
    let bytes: [UInt8]
    do {
      bytes = try files.contents(path)
    } catch {
      throw Fault(
        message: "the theme '\(path)' cannot be read", help: error.help, number: error.number)
    }
    try self.init(json: bytes, named: path)
  }

  /// Reads a text; `path` is what messages call it.
  ///
  /// - Throws: ``Fault`` as for a file.
  public init(json: [UInt8], named path: String) throws(Fault) {
    let content: JSONValue
    do throws(JSONMistake) {
      content = try JSONDocument(json).root
    } catch {
      throw Fault(message: "the theme '\(path)' is no JSON: \(error.description)", help: nil)
    }
    guard content.kind == .object else {
      throw Fault(message: "the theme '\(path)' is not right: no JSON object", help: nil)
    }
    let fields = content.members.map { (name: $0.key.string ?? "", value: $0.value) }
    for field in fields where !Self.keys.contains(field.name) {
      throw Self.unknown(field.name, "key", Self.keys, path)
    }
    func given<Value>(_ name: String, as read: (JSONValue) -> Value?) throws(Fault) -> Value? {
      guard let value = content[name], value.kind != .null else { return nil }
      guard let result = read(value) else { throw Self.ofAnotherKind(name, path) }
      return result
    }
    let bases = Theme.all.map(\.name)
    let base = try given("base") { $0.string } ?? "light"
    guard var theme = Theme.all.first(where: { $0.name == base }) else {
      throw Self.unknown(base, "base", bases, path)
    }
    let colors = try given("colors") { $0.kind == .object ? $0.members : nil } ?? []
    for (key, value) in colors {
      let key = key.string ?? ""
      guard let color = value.string else { throw Self.ofAnotherKind("colors.\(key)", path) }
      guard let paint = Paint(rawValue: key) else {
        throw Self.unknown(key, "paint", Paint.allCases.map(\.rawValue), path)
      }
      guard Self.isColor(color) else {
        throw Fault(
          message: "in the theme '\(path):\(value.line)': '\(color)' is no colour for '\(key)'",
          help: "colours are written #rrggbb")
      }
      theme.colors[paint] = color.lowercased()
      theme.dark?[paint] = color.lowercased()
    }
    theme.name = try given("name") { $0.string } ?? base
    theme.dashesBackward = try given("dashesBackward") { $0.boolean } ?? theme.dashesBackward
    self.theme = theme
  }

  /// Whether a text is a colour such as `#0a7bff`: a sign is no digit.
  private static func isColor(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 7 && bytes[0] == UInt8(ascii: "#")
      && bytes.dropFirst().allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20)
      }
  }

  private static func unknown(
    _ word: String, _ kind: String, _ known: [String], _ path: String
  ) -> Fault {
    let mistake = FigureOption.Mistake(unknown: word, kind, known)
    return Fault(message: "in the theme '\(path)': \(mistake.message)", help: mistake.help)
  }

  private static func ofAnotherKind(_ key: String, _ path: String) -> Fault {
    Fault(
      message: "the theme '\(path)' is not right: '\(key)' has a value of another kind", help: nil)
  }
}
