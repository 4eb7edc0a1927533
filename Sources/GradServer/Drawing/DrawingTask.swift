import GradLanguage
import GraphvizGrad

/// What a worker is to draw.
struct DrawingTask: Sendable, Equatable {
  /// The name of a format of figures, or ``trace``.
  var format: String
  /// The program, any bytes at all.
  var program: [UInt8]
  /// Options of figures by their names, and ``ownOptions``.
  var options: [(name: String, value: String)] = []
  /// The file that the program is, whose folder it may read; `nil` for a program that opens no file.
  var file: String?
  /// What messages call the program.
  var name = "program"
  /// Whether the program may name a theme beside its file.
  var trustsHead = false

  /// The format of numbers without a figure.
  static let trace = "trace"
  /// Options beside those of figures: the output, values of inputs, and other whole numbers.
  static let ownOptions = ["of", "set", "vary"]
  /// Those that numbers alone have.
  static let traceOptions = ownOptions + ProgramNumbers.options

  static func == (one: DrawingTask, other: DrawingTask) -> Bool { one.message == other.message }

  /// The bytes that a worker is told; they also tell one task from another.
  var message: [UInt8] {
    var fields = [
      Array(format.utf8), program, Array((file ?? "").utf8), Array(name.utf8),
      [trustsHead ? 1 : 0],
    ]
    for (name, value) in options { fields += [Array(name.utf8), Array(value.utf8)] }
    return Fields.message(fields)
  }

  /// Reads the fields of ``message``.
  init?(_ fields: [[UInt8]]) {
    guard fields.count >= 5, !fields.count.isMultiple(of: 2) else { return nil }
    func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
    format = text(0)
    program = fields[1]
    file = fields[2].isEmpty ? nil : text(2)
    name = text(3)
    trustsHead = fields[4] == [1]
    options = stride(from: 5, to: fields.count, by: 2).map { (text($0), text($0 + 1)) }
  }

  init(format: String, program: [UInt8], options: [(name: String, value: String)] = []) {
    (self.format, self.program, self.options) = (format, program, options)
  }
}
