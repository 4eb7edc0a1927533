package import GradLanguage

/// A text of an editor, read: its words, its syntax and its names, without any numbers.
///
/// It is made anew at every edit; a text of 10,000 lines takes some milliseconds.
package struct Analysis: Sendable {
  /// The text.
  package let buffer: TextBuffer
  /// The program that the text is.
  package let program: Program
  /// Which name is which.
  package let scopes: NameScopes

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - buffer: The text.
  ///   - name: What its file is called: a path, by which files of the program are found.
  ///   - files: The files that the program may read.
  package init(_ buffer: TextBuffer, named name: String, files: ProgramFiles = .none) {
    self.buffer = buffer
    var bytes = buffer.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      // A byte order mark is dropped elsewhere; here every byte keeps its place.
      bytes.replaceSubrange(0..<3, with: [0x20, 0x20, 0x20])
    }
    program = Program(Source(name, bytes: bytes), files: files)
    scopes = NameScopes(program)
  }

  /// The text.
  var source: Source { program.source }

  /// The word right before a byte that is being written: its beginning.
  func beginOfWord(before offset: Int) -> Int {
    var begin = offset
    while begin > 0, Self.isWordByte(buffer.bytes[begin - 1]) { begin -= 1 }
    return begin
  }

  /// Whether a byte can be part of a name; all bytes beyond ASCII can.
  static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F
      || byte >= 0x30 && byte <= 0x39
  }

  /// What is wrong with the text and its names, without a run.
  package var diagnostics: [Diagnostic] { program.diagnostics() }
}
