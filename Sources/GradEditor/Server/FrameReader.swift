/// Cuts what comes from an editor into messages: a header with the length, an empty line, the message.
package struct FrameReader: Sendable {
  private var buffer: [UInt8] = []
  /// The bytes of the buffer that were taken already.
  private var start = 0

  /// The longest message that is taken, in bytes.
  package static let longest = 1 << 28

  /// A message, or why what came is none.
  package enum Frame: Sendable, Equatable {
    case message([UInt8])
    case broken(String)
    /// What came cannot be followed by anything that can be read.
    case lost(String)
  }

  /// Nothing has come yet.
  package init() {}

  /// Takes what came.
  package mutating func take(_ bytes: some Sequence<UInt8>) { buffer += bytes }

  /// The next message, if all of it has come.
  package mutating func next() -> Frame? {
    guard let header = endOfHeader() else {
      if buffer.count - start > 1 << 16 {
        return .lost("the header of a message does not end")
      }
      return nil
    }
    var length: Int?
    for line in buffer[start..<header.begin].split(separator: 0x0A) {
      let text = String(decoding: line, as: UTF8.self).lowercased()
      guard text.hasPrefix("content-length:") else { continue }
      length = Int(text.dropFirst(15).filter { $0 != " " && $0 != "\r" && $0 != "\t" })
    }
    guard let length, length >= 0 else {
      drop(to: header.end)
      return .broken("a header has no Content-Length")
    }
    if length > Self.longest { return .lost("a message of \(length) bytes is too long") }
    guard buffer.count - header.end >= length else { return nil }
    let message = Array(buffer[header.end..<header.end + length])
    drop(to: header.end + length)
    return .message(message)
  }

  /// Where the empty line after the header begins and ends.
  private func endOfHeader() -> (begin: Int, end: Int)? {
    var offset = start
    while offset < buffer.count {
      if buffer[offset] == 0x0A {
        if offset + 1 < buffer.count, buffer[offset + 1] == 0x0A { return (offset, offset + 2) }
        if offset + 2 < buffer.count, buffer[offset + 1] == 0x0D, buffer[offset + 2] == 0x0A {
          return (offset, offset + 3)
        }
      }
      offset += 1
    }
    return nil
  }

  private mutating func drop(to end: Int) {
    start = end
    // What was taken goes now and then, not each time.
    if start > 1 << 16 || start == buffer.count {
      buffer.removeSubrange(..<start)
      start = 0
    }
  }

  /// A message with its header.
  package static func framed(_ message: String) -> [UInt8] {
    Array("Content-Length: \(message.utf8.count)\r\n\r\n".utf8) + message.utf8
  }
}
