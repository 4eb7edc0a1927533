/// A result that is written while it is made, so that a long one is never held as a whole.
///
/// Standard output gets every piece at once. A file gets them under another name, and its own when all
/// are there; what has no other name, as a pipe, gets them together at the end.
final class ResultInPieces {
  private let outputs: Outputs
  private let output: Output
  /// What is changed, from the first piece on.
  private var change: FileChange?
  /// The file under its other name, while it is open.
  private var file: (staged: StagedFile, number: Int32)?
  /// The pieces for what has no other name.
  private var held: [UInt8] = []
  private var failure: Failure?

  /// - Parameter outputs: The one place where the result goes.
  init(to outputs: Outputs) {
    self.outputs = outputs
    output = outputs.places[0].output
  }

  /// A result that was not finished leaves everything as it was.
  deinit {
    if let file { file.staged.abandon(file.number) }
    change?.cancel()
  }

  /// Takes the next piece; ``finish()`` throws what goes wrong.
  func add(_ piece: [UInt8]) {
    if failure != nil { return }
    do throws(Failure) {
      try write(piece)
    } catch {
      failure = error
    }
  }

  private func write(_ piece: [UInt8]) throws(Failure) {
    guard case .file(let path) = output else { return try output.write(piece) }
    if change == nil { try begin(path) }
    guard let file else {
      held += piece
      return
    }
    do throws(Failure) {
      try file.staged.send(piece, to: file.number)
    } catch {
      self.file = nil
      throw error
    }
  }

  private func begin(_ path: String) throws(Failure) {
    change = try outputs.begin()
    let staged = try StagedFile(path)
    if let temporary = staged.temporary { file = (staged, try staged.begin(as: temporary)) }
  }

  /// Lets the whole result take its place.
  ///
  /// - Throws: ``Failure`` with the code for files; a file that was there is then as before.
  func finish() throws(Failure) {
    if let failure { throw failure }
    guard case .file(let path) = output else { return }
    if change == nil { try begin(path) }
    if let (staged, number) = file {
      file = nil
      try staged.end(number)
      change?.adopt(staged)
    } else {
      try change?.add(held, to: output)
    }
    try change?.commit()
  }
}
