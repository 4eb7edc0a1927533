import GradBase

/// Files that change together: all of them, or none.
///
/// Each is written under another name in its own folder; when all are whole they get their names. What
/// has no other name, as standard output, is written before that, for it is what may still fail.
struct FileChange {
  private var staged: [StagedFile] = []
  private var inPlace: [(bytes: [UInt8], output: Output)] = []
  private var folders: [String] = []

  /// Makes the folders that files are to be in, where they are not there.
  ///
  /// - Throws: ``Failure`` with the code for files, for instance where a folder would be a file.
  mutating func makeFolders(of places: [Output]) throws(Failure) {
    folders += try Output.makeFolders(of: places)
  }

  /// Takes a result; a file gets its bytes under another name.
  mutating func add(_ bytes: [UInt8], to output: Output) throws(Failure) {
    guard case .file(let path) = output else { return inPlace.append((bytes, output)) }
    let file = try StagedFile(path)
    if file.temporary == nil { return inPlace.append((bytes, output)) }
    try file.fill(bytes)
    staged.append(file)
  }

  /// Takes a file that stands whole under its other name.
  mutating func adopt(_ file: StagedFile) { staged.append(file) }

  /// Lets everything change; ends the process quietly if nobody reads its output any more.
  ///
  /// - Throws: ``Failure`` with the code for files; everything is as before then.
  mutating func commit() throws(Failure) {
    var isRead = true
    do throws(Failure) {
      for (bytes, output) in inPlace where try !output.writeInPlace(bytes) { isRead = false }
      // Who ends the process meanwhile waits until all files have their names.
      try PendingFiles.whileTheyStay { () throws(Failure) in try rename() }
      folders.removeAll()
    } catch {
      cancel()
      throw error
    }
    if !isRead { exit(0) }
  }

  /// Takes everything back.
  mutating func cancel() {
    for file in staged { file.discard() }
    for folder in folders.reversed() { rmdir(folder) }
    (staged, inPlace, folders) = ([], [], [])
  }

  /// Gives all files their names.
  private mutating func rename() throws(Failure) {
    var done: [Renaming] = []
    for file in staged {
      guard let temporary = file.temporary else { continue }
      // Until the last file has its name, the old ones keep another one to come back by.
      let step = Renaming(file.target, isAlone: staged.count == 1)
      if moveFile(temporary, file.target) == 0 {
        PendingFiles.forget(temporary)
        done.append(step)
        continue
      }
      let number = errno
      step.finish()
      for step in done.reversed() { step.undo() }
      throw .file("cannot write '\(file.path)'", number)
    }
    for step in done { step.finish() }
    staged.removeAll()
  }
}

/// What a file was before another one took its name.
private struct Renaming {
  private let target: String
  private let existed: Bool
  /// Another name of the old file; `nil` for none, and where files cannot have two names.
  private let old: String?

  init(_ target: String, isAlone: Bool) {
    self.target = target
    existed = !isAlone && access(target, F_OK) == 0
    guard existed else {
      old = nil
      return
    }
    let name = StagedFile.temporaryName(beside: target)
    old = link(target, name) == 0 ? name : nil
    if old != nil { PendingFiles.add(name) }
  }

  /// The new file stays.
  func finish() {
    if let old { PendingFiles.remove(old) }
  }

  /// The old file comes back.
  func undo() {
    if let old {
      _ = moveFile(old, target)
      PendingFiles.forget(old)
    } else if !existed {
      unlink(target)
    }
  }
}

private func moveFile(_ old: String, _ new: String) -> Int32 { rename(old, new) }
