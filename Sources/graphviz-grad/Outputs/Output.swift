import GradBase
import GradLanguage

/// Where a result goes.
enum Output: Equatable {
  /// Standard output.
  case standard
  /// A file, which is replaced as a whole or not touched.
  case file(String)

  /// `-` is standard output.
  init(_ path: String) { self = path == "-" ? .standard : .file(path) }

  /// Writes a text.
  func write(_ text: String) throws(Failure) { try write(Array(text.utf8)) }

  /// Writes the whole result, alone.
  ///
  /// - Throws: ``Failure`` with the code for files; a file that was there is then as before.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var change = FileChange()
    try change.add(bytes, to: self)
    try change.commit()
  }

  /// Writes to what is no plain file, byte after byte.
  ///
  /// - Returns: Whether somebody reads it; a pipe that nobody reads any more is no failure.
  func writeInPlace(_ bytes: [UInt8]) throws(Failure) -> Bool {
    guard case .file(let path) = self else {
      // A file may hold what it likes; a terminal is not to be steered by it.
      let isShown = isatty(1) == 1 && bytes.contains { $0 < 0x20 && $0 != 0x0A || $0 >= 0x7F }
      let text =
        isShown ? Array(printable(lines: String(decoding: bytes, as: UTF8.self)).utf8) : bytes
      return try Self.send(text, to: 1, "standard output")
    }
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw .file("cannot write '\(path)'", errno) }
    defer { close(file) }
    return try Self.send(bytes, to: file, "'\(path)'")
  }

  /// Makes the folders that files at `places` are to be in, where they are not there.
  ///
  /// - Returns: Those that were made, outermost first.
  /// - Throws: ``Failure`` with the code for files, for instance where a folder would be a file.
  static func makeFolders(of places: [Output]) throws(Failure) -> [String] {
    var seen: Set<Substring> = []
    var made: [String] = []
    for case .file(let path) in places {
      guard let last = path.lastIndex(of: "/"), seen.insert(path[..<last]).inserted else {
        continue
      }
      var info = stat()
      if stat(String(path[..<last]), &info) == 0, info.st_mode & S_IFMT == S_IFDIR { continue }
      for slash in path.indices where path[slash] == "/" && slash > path.startIndex {
        let folder = String(path[..<slash])
        if mkdir(folder, 0o777) == 0 {
          made.append(folder)
          continue
        }
        let number = errno
        if stat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR { continue }
        for folder in made.reversed() { rmdir(folder) }
        let isFile = number == EEXIST || number == ENOTDIR
        throw .file(
          "cannot make the folder '\(folder)'", isFile ? ENOTDIR : number,
          help: isFile ? "a file has that name: name another folder, or move the file away" : nil)
      }
    }
    return made
  }

  /// Sends bytes to an open file; whether somebody reads them.
  @discardableResult
  static func send(_ bytes: [UInt8], to file: Int32, _ name: String) throws(Failure) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(file, $0[sent...]) }
      if count >= 0 {
        sent += count
      } else if errno == EPIPE {
        return false
      } else if errno != EINTR {
        throw .file("cannot write \(name)", errno)
      }
    }
    return true
  }
}

private func systemWrite(_ file: Int32, _ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
  let rest = UnsafeRawBufferPointer(rebasing: bytes)
  return write(file, rest.baseAddress, rest.count)
}
