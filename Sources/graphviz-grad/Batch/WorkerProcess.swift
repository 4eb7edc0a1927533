import GradBase
import GraphvizGrad

/// Another process of this tool, which draws one figure after another.
///
/// Graphviz is not safe from two threads, and a figure that makes it crash or run for ever is to cost no
/// more than itself: so figures are drawn by processes, which are told one task at a time.
final class WorkerProcess {
  /// How a task ended.
  enum Ending: Equatable {
    /// With an exit code, 0 for done, and the messages as they are to be printed.
    case answered(code: Int32, messages: String)
    /// The process ended, for the figure took too much memory.
    case tookTooMuch
    /// The process died before it answered.
    case died(String)
  }

  private(set) var process: pid_t = 0
  /// Where its answers come from.
  private(set) var answers: Int32 = -1
  private var tasks: Int32 = -1
  private var buffer: [UInt8] = []

  /// Starts a process with the arguments `arguments` after the name of the tool.
  ///
  /// - Throws: ``Failure`` if the system has no room for another one.
  init(_ arguments: [String]) throws(Failure) {
    let (down, up) = (try Self.pipe(), try Self.pipe())
    let number = ChildProcesses.start(
      runningProgram, arguments, input: down.reading, output: up.writing, process: &process)
    close(down.reading)
    close(up.writing)
    (tasks, answers) = (down.writing, up.reading)
    if number != 0 { throw .file("cannot start a worker process", number) }
  }

  deinit {
    // It has nothing to do any more, and may have been stopped. It ends before it could take this process
    // for gone and remove what it wrote.
    kill()
    close(tasks)
    close(answers)
  }

  private static func pipe() throws(Failure) -> (reading: Int32, writing: Int32) {
    // No other worker is to hold the end that tells this one to stop.
    guard let ends = ChildProcesses.pipe() else {
      throw .file("cannot start a worker process", errno)
    }
    return ends
  }

  /// Gives it a task; whether it took it.
  func send(_ task: [UInt8]) -> Bool {
    let bytes = Array("\(task.count)\n".utf8) + task
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(tasks, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return false }
      sent += max(0, count)
    }
    return true
  }

  /// Reads what has come of its answer; to be called when ``answers`` can be read.
  ///
  /// - Returns: How the task ended; `nil` if the answer is not complete yet.
  func receive() -> Ending? {
    guard let piece = try? nextBytes(of: answers), !piece.isEmpty else { return reap() }
    buffer += piece
    guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let head = String(decoding: buffer[..<end], as: UTF8.self).split(separator: " ")
    guard head.count == 2, let code = Int32(head[0]), let length = Int(head[1]) else {
      return .died("answered in no known words")
    }
    guard buffer.count >= end + 1 + length else { return nil }
    let messages = String(decoding: buffer[(end + 1)..<(end + 1 + length)], as: UTF8.self)
    buffer.removeAll(keepingCapacity: true)
    return .answered(code: code, messages: messages)
  }

  /// Ends it at once.
  func kill() {
    if process > 0 { ChildProcesses.kill(process) }
    reap()
  }

  /// Waits for its end, and says how it came.
  @discardableResult
  private func reap() -> Ending {
    if process <= 0 { return .died("ended") }
    let status = ChildProcesses.wait(for: process)
    process = 0
    let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
    if signal == 0 {
      return code == WorkerWatch.tookTooMuch ? .tookTooMuch : .died("ended with exit code \(code)")
    }
    return .died("was ended by signal \(signal) (\(String(cString: strsignal(signal))))")
  }
}
