#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that could not be read.
package struct Unreadable: Error {
  /// The system's number for the reason, as in `errno`.
  package var number: Int32
}

/// The bytes of the file at `path`.
package func contents(ofFile path: String) throws(Unreadable) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw Unreadable(number: errno) }
  defer { close(file) }
  return try contents(of: file)
}

/// All bytes that come from an open file, such as 0 for standard input.
package func contents(of file: Int32) throws(Unreadable) -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    if count == 0 { return bytes }
    if count < 0 {
      if errno == EINTR { continue }
      throw Unreadable(number: errno)
    }
    bytes += buffer[..<count]
  }
}
