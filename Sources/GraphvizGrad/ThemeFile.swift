public import GradCore
public import GradFigure

import FoundationEssentials
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
  public init(path: String) throws(Fault) {
    let bytes: [UInt8]
    do {
      bytes = try contents(ofFile: path)
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
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(json))
    } catch let error as DecodingError {
      throw Fault(message: "the theme '\(path)' is not right: \(Self.text(of: error))", help: nil)
    } catch {
      throw Fault(message: "the theme '\(path)' is no JSON", help: nil)
    }
    for key in content.keys where !Self.keys.contains(key) {
      throw Self.unknown(key, "key", Self.keys, path)
    }
    let bases = Theme.all.map(\.name)
    let base = content.base ?? "light"
    guard var theme = Theme.all.first(where: { $0.name == base }) else {
      throw Self.unknown(base, "base", bases, path)
    }
    for (key, color) in (content.colors ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let paint = Paint(rawValue: key) else {
        throw Self.unknown(key, "paint", Paint.allCases.map(\.rawValue), path)
      }
      guard Self.isColor(color) else {
        let place = Self.line(of: color, after: key, in: json).map { "\(path):\($0)" } ?? path
        throw Fault(
          message: "in the theme '\(place)': '\(color)' is no colour for '\(key)'",
          help: "colours are written #rrggbb")
      }
      theme.colors[paint] = color.lowercased()
      theme.dark?[paint] = color.lowercased()
    }
    theme.name = content.name ?? base
    theme.dashesBackward = content.dashesBackward ?? theme.dashesBackward
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

  /// The number of the line in which a key has a value, if both are written without escapes.
  private static func line(of value: String, after key: String, in json: [UInt8]) -> Int? {
    guard let start = json.firstPlace(of: "\"\(key)\""),
      let place = Array(json[start...]).firstPlace(of: "\"\(value)\"")
    else { return nil }
    return json[..<(start + place)].count { $0 == 0x0A } + 1
  }

  private static func unknown(
    _ word: String, _ kind: String, _ known: [String], _ path: String
  ) -> Fault {
    let mistake = PictureSetting.Mistake(unknown: word, kind, known)
    return Fault(message: "in the theme '\(path)': \(mistake.message)", help: mistake.help)
  }

  private static func text(of error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      return place.isEmpty ? "no JSON object" : "'\(place)' has a value of another kind"
    @unknown default: return "no JSON object"
    }
  }

  /// The file as it stands, with all its keys.
  private struct Content: Decodable {
    var keys: [String]
    var name: String?
    var base: String?
    var dashesBackward: Bool?
    var colors: [String: String]?

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      keys = fields.allKeys.map(\.stringValue).sorted()
      name = try fields.decodeIfPresent(String.self, forKey: Key("name"))
      base = try fields.decodeIfPresent(String.self, forKey: Key("base"))
      dashesBackward = try fields.decodeIfPresent(Bool.self, forKey: Key("dashesBackward"))
      colors = try fields.decodeIfPresent([String: String].self, forKey: Key("colors"))
    }

    struct Key: CodingKey {
      let stringValue: String
      let intValue: Int? = nil
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }
}
