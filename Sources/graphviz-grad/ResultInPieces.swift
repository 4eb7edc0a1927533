/// A result that is written while it is made.
///
/// Standard output gets every piece at once, so that a long result is never held as a whole. A file is
/// replaced as a whole, and gets all of them at the end.
final class ResultInPieces {
  private let outputs: Outputs
  private let output: Output
  private var held: [UInt8] = []
  private var failure: Failure?

  /// - Parameter outputs: The one place where the result goes.
  init(to outputs: Outputs) {
    self.outputs = outputs
    output = outputs.places[0].output
  }

  /// Takes the next piece.
  func add(_ piece: [UInt8]) {
    guard output == .standard else {
      held += piece
      return
    }
    if failure != nil { return }
    do throws(Failure) {
      try output.write(piece)
    } catch {
      failure = error
    }
  }

  /// Writes what has not been written.
  ///
  /// - Throws: ``Failure`` with the code for files.
  func finish() throws(Failure) {
    if let failure { throw failure }
    if output != .standard { try outputs.write([held]) }
  }
}
