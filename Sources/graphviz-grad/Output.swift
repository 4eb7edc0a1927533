#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

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

  /// Writes the whole result.
  ///
  /// A pipe that nobody reads any more ends the process quietly. A file gets its bytes under another
  /// name in the same folder and then its own name; what is no plain file, as `/dev/null`, is written
  /// in place.
  ///
  /// - Throws: ``Failure`` with the code for files; a file that was there is then as before.
  func write(_ bytes: [UInt8]) throws(Failure) {
    switch self {
    case .standard: try send(bytes, to: 1, "standard output")
    case .file(let path): try replace(path, bytes)
    }
  }

  /// Makes the folders that files at `places` are to be in, where they are not there.
  ///
  /// - Throws: ``Failure`` with the code for files, for instance where a folder would be a file.
  static func makeFolders(of places: [Output]) throws(Failure) {
    var made: Set<Substring> = []
    for case .file(let path) in places {
      guard let last = path.lastIndex(of: "/"), made.insert(path[..<last]).inserted else {
        continue
      }
      var info = stat()
      if stat(String(path[..<last]), &info) == 0, info.st_mode & S_IFMT == S_IFDIR { continue }
      for slash in path.indices where path[slash] == "/" && slash > path.startIndex {
        let folder = String(path[..<slash])
        if mkdir(folder, 0o777) == 0 { continue }
        let number = errno
        if stat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR { continue }
        let isFile = number == EEXIST || number == ENOTDIR
        throw .file(
          "cannot make the folder '\(folder)'", isFile ? ENOTDIR : number,
          help: isFile ? "a file has that name: name another folder, or move the file away" : nil)
      }
    }
  }

  /// Whether writing here would overwrite the file at `path`.
  func isSameFile(as path: String) -> Bool {
    guard case .file(let own) = self else { return false }
    var (first, second) = (stat(), stat())
    return stat(own, &first) == 0 && stat(path, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  private func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    var old = stat()
    let exists = stat(path, &old) == 0
    if exists, old.st_mode & S_IFMT == S_IFDIR { throw .file("cannot write '\(path)'", EISDIR) }
    if exists, old.st_mode & S_IFMT != S_IFREG {
      let file = open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw .file("cannot write '\(path)'", errno) }
      defer { close(file) }
      return try send(bytes, to: file, "'\(path)'")
    }
    // A link stays a link: the file that it leads to is replaced.
    let target = exists ? realPath(path) ?? path : path
    let temporary = Self.temporaryName(target, of: getpid())
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .file("cannot write '\(path)'", errno) }
    do {
      if exists { _ = fchmod(file, old.st_mode & 0o7777) }
      try send(bytes, to: file, "'\(path)'")
    } catch {
      close(file)
      unlink(temporary)
      throw error
    }
    guard close(file) == 0, rename(temporary, target) == 0 else {
      let number = errno
      unlink(temporary)
      throw .file("cannot write '\(path)'", number)
    }
  }

  private func send(_ bytes: [UInt8], to file: Int32, _ name: String) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(file, $0[sent...]) }
      if count >= 0 {
        sent += count
      } else if errno == EPIPE {
        exit(0)
      } else if errno != EINTR {
        throw .file("cannot write \(name)", errno)
      }
    }
  }

  private func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// What the file at `path` is called while `process` writes it.
  static func temporaryName(_ path: String, of process: pid_t) -> String {
    let slash = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    return "\(path[..<slash]).\(path[slash...].prefix(200)).\(process).tmp"
  }
}

private func systemWrite(_ file: Int32, _ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
  let rest = UnsafeRawBufferPointer(rebasing: bytes)
  return write(file, rest.baseAddress, rest.count)
}
