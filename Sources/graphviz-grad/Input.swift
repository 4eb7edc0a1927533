import GradLanguage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where a program comes from.
enum Input: Equatable {
  /// A file.
  case file(String)
  /// Standard input.
  case standard
  /// The command line itself.
  case expression(String)

  /// Reads the program.
  ///
  /// - Throws: ``Failure`` with the code for files.
  func source() throws(Failure) -> Source {
    switch self {
    case .expression(let text): Source("<expression>", text: text)
    case .standard: Source("<stdin>", bytes: try Self.read(0, "standard input"))
    case .file(let path): Source(path, bytes: try Self.read(path))
    }
  }

  private static func read(_ path: String) throws(Failure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .file("cannot read '\(path)'", errno) }
    defer { close(file) }
    return try read(file, "'\(path)'")
  }

  private static func read(_ file: Int32, _ name: String) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readSome(file, &buffer)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw .file("cannot read \(name)", errno)
      }
      bytes += buffer[..<count]
    }
  }

  private static func readSome(_ file: Int32, _ buffer: inout [UInt8]) -> Int {
    buffer.withUnsafeMutableBytes { systemRead(file, $0.baseAddress, $0.count) }
  }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, bytes, count)
}
