import GradBase
import GradLanguage
import GraphvizGrad

/// A program that runs: what it writes is kept, what it says goes on to standard error.
final class ScriptRun {
  /// How it ended.
  enum Ending {
    /// With an exit code, what it wrote, and the last line that it said.
    case ended(code: Int32, output: [UInt8], lastWords: String)
    case killed(signal: Int32)
    /// It was ended, as it took too long.
    case tooLong
  }

  /// Why it did not begin, as in `errno`.
  struct NotStarted: Error { var number: Int32 }

  private var process: pid_t = 0
  private let output: Int32
  private let errors: Int32

  /// Starts the program with the words behind its name.
  init(_ program: String, _ words: [String]) throws(NotStarted) {
    guard let output = ChildProcesses.pipe() else { throw NotStarted(number: errno) }
    guard let errors = ChildProcesses.pipe() else {
      let number = errno
      close(output.reading)
      close(output.writing)
      throw NotStarted(number: number)
    }
    (self.output, self.errors) = (output.reading, errors.reading)
    let number = ChildProcesses.start(
      program, words, input: 0, output: output.writing, errors: errors.writing, process: &process)
    close(output.writing)
    close(errors.writing)
    if number != 0 { throw NotStarted(number: number) }
  }

  deinit {
    close(output)
    close(errors)
  }

  /// Waits for its end, for so long.
  func result(within time: Duration) -> Ending {
    let end = ContinuousClock.now + time
    var written: [UInt8] = []
    var words = Words()
    var open = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
    open.append(pollfd(fd: errors, events: Int16(POLLIN), revents: 0))
    while open.contains(where: { $0.fd >= 0 }) {
      let left = ContinuousClock.now.duration(to: end).components
      if left.seconds < 0 || left.attoseconds < 0 {
        ChildProcesses.kill(process)
        _ = ChildProcesses.wait(for: process)
        return .tooLong
      }
      // Not longer than a second at once, so that no number is too large.
      let pause = left.seconds > 0 ? 1_000 : left.attoseconds / 1_000_000_000_000_000 + 1
      if poll(&open, 2, Int32(pause)) <= 0 { continue }
      for index in open.indices where open[index].revents != 0 {
        let piece = (try? nextBytes(of: open[index].fd)) ?? []
        // A descriptor below 0 is not asked any more.
        if piece.isEmpty { open[index].fd = -1 }
        if index == 0 {
          written += piece
        } else {
          words.add(piece)
        }
      }
    }
    words.finish()
    let status = ChildProcesses.wait(for: process)
    let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
    if signal != 0 { return .killed(signal: signal) }
    return .ended(code: code, output: written, lastWords: words.last)
  }

  /// What a program says, which is repeated line by line.
  private struct Words {
    /// The last line that is not empty.
    private(set) var last = ""
    private var line: [UInt8] = []

    mutating func add(_ piece: [UInt8]) {
      for byte in piece {
        line.append(byte)
        // Lines that show progress end with a return.
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { finish() }
      }
    }

    mutating func finish() {
      let text = String(decoding: line, as: UTF8.self)
      line.removeAll(keepingCapacity: true)
      let words = text.split { $0.isWhitespace }
      if !words.isEmpty { last = words.joined(separator: " ") }
      // Messages for another program are nothing but JSON, and what is wrong is said once.
      if Messages.style.name == "text", !text.hasPrefix(PythonScript.mark) { Messages.write(text) }
    }
  }
}
