import GradLanguage

/// What came of a task.
struct DrawingAnswer: Sendable {
  var outcome: Outcome
  /// The media type of ``bytes``; empty where nothing was drawn.
  var mediaType = ""
  /// The picture.
  var bytes: [UInt8] = []
  /// What is wrong, or worth a word, as the command prints it, as text and as JSON.
  var text = ""
  var json = ""
  /// The files that it comes from besides the program, where the program is a file itself.
  var sources: [SourceFile] = []

  /// How it ended.
  enum Outcome: String, Sendable {
    case drawn
    /// Something is wrong with the program or the options.
    case mistake
    /// The figure takes more than is allowed.
    case tooMuch
    /// Graphviz failed, or the worker died.
    case failed
    /// There is no worker, and no place in the queue.
    case busy
  }

  /// An answer without a picture.
  init(_ outcome: Outcome, _ messages: [Diagnostic]) {
    self.outcome = outcome
    add(messages)
  }

  init(_ mediaType: String, _ bytes: [UInt8], _ messages: [Diagnostic]) {
    outcome = .drawn
    (self.mediaType, self.bytes) = (mediaType, bytes)
    add(messages)
  }

  private mutating func add(_ messages: [Diagnostic]) {
    if messages.isEmpty { return }
    let messages = Diagnostic.limited(messages, file: "graphviz-grad")
    text = DiagnosticPrinter.text.print(messages, false)
    json = DiagnosticPrinter.json.print(messages, false)
  }

  /// The bytes that a worker answers.
  var message: [UInt8] {
    var fields = [
      Array(outcome.rawValue.utf8), Array(mediaType.utf8), bytes, Array(text.utf8),
      Array(json.utf8),
    ]
    for source in sources { fields += [Array(source.path.utf8), Array(source.state.utf8)] }
    return Fields.message(fields)
  }

  /// Reads the fields of ``message``.
  init?(_ fields: [[UInt8]]) {
    func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
    guard fields.count >= 5, !fields.count.isMultiple(of: 2),
      let outcome = Outcome(rawValue: text(0))
    else { return nil }
    self.outcome = outcome
    (mediaType, bytes, self.text, json) = (text(1), fields[2], text(3), text(4))
    sources = stride(from: 5, to: fields.count, by: 2).map {
      SourceFile(text($0), state: text($0 + 1))
    }
  }

  /// Adds the messages to a picture that is a JSON object, as its last field.
  mutating func addMessages() {
    let end = Array("\n}\n".utf8)
    guard !json.isEmpty, bytes.suffix(end.count) == end[...] else { return }
    bytes.removeLast(end.count)
    bytes += ",\n  \"warnings\": \(json.dropLast())\n}\n".utf8
  }

  /// The messages as the value of a header: one line of JSON in ASCII, of which proxies let as much through;
  /// `nil` for none.
  var header: String? {
    let items = json.split(separator: "\n").filter { $0.hasPrefix("  ") }
    var line = ""
    for item in items {
      let item = (item.hasSuffix(",") ? item.dropLast() : item).dropFirst(2)
      let text = Self.ascii(item)
      if line.utf8.count + text.utf8.count > Self.longestHeader { break }
      line += (line.isEmpty ? "[" : ", ") + text
    }
    return line.isEmpty ? nil : line + "]"
  }

  private static let longestHeader = 3_000

  private static func ascii(_ text: Substring) -> String {
    text.utf16.map { unit in
      if unit < 0x7F, let scalar = Unicode.Scalar(unit) { return String(scalar) }
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  /// How many bytes it takes to keep.
  var size: Int { bytes.count + text.utf8.count + json.utf8.count + 200 }
}
