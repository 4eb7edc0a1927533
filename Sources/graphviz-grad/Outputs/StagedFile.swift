import GradBase

/// A file that is to be replaced: it is written under another name in the same folder first.
///
/// What is no plain file, as `/dev/null` or a pipe, has no other name and is written in place.
struct StagedFile {
  /// What the user calls it.
  let path: String
  /// The file that is replaced: a link stays a link.
  let target: String
  /// The name until it is whole; `nil` for what is written in place.
  let temporary: String?
  private let mode: mode_t?

  /// Looks at what is there; changes nothing.
  ///
  /// - Throws: ``Failure`` with the code for files, for a folder.
  init(_ path: String) throws(Failure) {
    var old = stat()
    let exists = stat(path, &old) == 0
    let kind = old.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .file("cannot write '\(path)'", EISDIR) }
    self.path = path
    mode = exists ? old.st_mode & 0o7777 : nil
    if exists, kind != S_IFREG {
      (target, temporary) = (path, nil)
      return
    }
    target = exists ? Self.realPath(path) ?? path : path
    temporary = Self.temporaryName(beside: target)
  }

  /// A file that another process writes under the name `temporary`.
  init(_ path: String, as temporary: String?) {
    (self.path, target, self.temporary) = (path, path, temporary)
    var old = stat()
    mode = stat(path, &old) == 0 ? old.st_mode & 0o7777 : nil
  }

  /// Writes all bytes under the other name.
  ///
  /// - Throws: ``Failure`` with the code for files; nothing is left behind then.
  func fill(_ bytes: [UInt8]) throws(Failure) {
    guard let temporary else {
      _ = try Output.file(path).writeInPlace(bytes)
      return
    }
    let file = try begin(as: temporary)
    try send(bytes, to: file)
    try end(file)
  }

  /// Makes the file under the other name, for pieces that ``send(_:to:)`` writes.
  ///
  /// - Returns: The open file, until ``end(_:)`` or ``abandon(_:)``.
  /// - Throws: ``Failure`` with the code for files; nothing is left behind then.
  func begin(as temporary: String) throws(Failure) -> Int32 {
    PendingFiles.add(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else {
      let number = errno
      PendingFiles.forget(temporary)
      throw .file("cannot write '\(path)'", number)
    }
    if let mode { _ = fchmod(file, mode) }
    return file
  }

  /// Writes the next piece.
  ///
  /// - Throws: ``Failure`` with the code for files; the file is closed and gone then.
  func send(_ piece: [UInt8], to file: Int32) throws(Failure) {
    do throws(Failure) {
      try Output.send(piece, to: file, "'\(path)'")
    } catch {
      abandon(file)
      throw error
    }
  }

  /// Ends the file, which is whole.
  ///
  /// - Throws: ``Failure`` with the code for files; nothing is left behind then.
  func end(_ file: Int32) throws(Failure) {
    guard close(file) == 0 else {
      let number = errno
      discard()
      throw .file("cannot write '\(path)'", number)
    }
  }

  /// Ends the file, which is not whole, and takes it back.
  func abandon(_ file: Int32) {
    close(file)
    discard()
  }

  /// Whether its folder takes new files.
  var canBeWritten: Bool {
    let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
    return access(folder, W_OK) == 0 && (mode == nil || access(target, W_OK) == 0)
  }

  /// Whether somebody else wrote it under its other name; it then gets the rights of the old file.
  var isWritten: Bool {
    guard let temporary, access(temporary, F_OK) == 0 else { return false }
    if let mode { chmod(temporary, mode) }
    return true
  }

  /// Takes back what ``fill(_:)`` wrote.
  func discard() {
    if let temporary { PendingFiles.remove(temporary) }
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A name that no other file has, not even one that an earlier run left behind.
  static func temporaryName(beside path: String) -> String {
    let slash = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    // A name may have 255 bytes, and on some systems of files 143.
    let name = path[slash...].cut(toBytes: 100)
    let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    return "\(path[..<slash]).\(name).\(number).tmp"
  }
}

extension StringProtocol {
  /// The first letters, as many as `count` bytes can hold.
  func cut(toBytes count: Int) -> String {
    if utf8.count <= count { return String(self) }
    var scalars = String.UnicodeScalarView()
    var left = count
    for scalar in unicodeScalars {
      left -= UTF8.width(scalar)
      if left < 0 { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
