public import GradBase

/// A file that could not be read.
public struct Unreadable: ReadableError {
  /// The system's number for the reason, as in `errno`.
  public var number: Int32

  /// A file that the system, or whoever hands files in, refuses.
  public init(number: Int32) { self.number = number }

  /// What is wrong.
  public var description: String { Self.text("the file cannot be read: \(reason)", help: help) }

  /// Why, as the system says it.
  package var reason: String { String(cString: strerror(number)) }

  /// What to do about it.
  public var help: String? { number == EFBIG ? "at most 64 MB are read" : nil }
}

/// More than any program or document has: `/dev/zero` and pipes without end are to be told from them.
private let mostBytes = 1 << 26

/// The bytes of the file at `path`, 64 MB at most.
package func contents(ofFile path: String) throws(Unreadable) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw Unreadable(number: errno) }
  defer { close(file) }
  return try contents(of: file)
}

/// All bytes that come from an open file, such as 0 for standard input; 64 MB at most.
package func contents(of file: Int32) throws(Unreadable) -> [UInt8] {
  var bytes: [UInt8] = []
  while true {
    let piece = try nextBytes(of: file)
    if piece.isEmpty { return bytes }
    bytes += piece
    if bytes.count > mostBytes { throw Unreadable(number: EFBIG) }
  }
}

/// What an open file has to say next, at most 64 KB of it; empty at its end.
package func nextBytes(of file: Int32) throws(Unreadable) -> [UInt8] {
  var number: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
    var count = read(file, buffer.baseAddress, buffer.count)
    while count < 0, errno == EINTR { count = read(file, buffer.baseAddress, buffer.count) }
    if count < 0 { number = errno }
    filled = max(0, count)
  }
  if number != 0 { throw Unreadable(number: number) }
  return bytes
}
