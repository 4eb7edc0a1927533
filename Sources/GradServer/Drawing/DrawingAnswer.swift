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
    Fields.message([
      Array(outcome.rawValue.utf8), Array(mediaType.utf8), bytes, Array(text.utf8),
      Array(json.utf8),
    ])
  }

  /// Reads the fields of ``message``.
  init?(_ fields: [[UInt8]]) {
    guard fields.count == 5,
      let outcome = Outcome(rawValue: String(decoding: fields[0], as: UTF8.self))
    else { return nil }
    self.outcome = outcome
    mediaType = String(decoding: fields[1], as: UTF8.self)
    bytes = fields[2]
    text = String(decoding: fields[3], as: UTF8.self)
    json = String(decoding: fields[4], as: UTF8.self)
  }

  /// How many bytes it takes to keep.
  var size: Int { bytes.count + text.utf8.count + json.utf8.count + 200 }
}
