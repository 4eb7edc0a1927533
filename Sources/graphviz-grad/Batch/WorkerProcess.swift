import GradBase
import GraphvizGrad
import Synchronization

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
    Watchdog.start()
    let number = Self.running.withLock { running in
      // Signals that this process waits for in a thread are none of the worker's.
      let number = spawn(
        runningProgram, arguments, input: down.reading, output: up.writing, process: &process)
      if number == 0 { running.insert(process) }
      return number
    }
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
    var ends: [Int32] = [0, 0]
    if systemPipe(&ends) != 0 { throw .file("cannot start a worker process", errno) }
    // No other worker is to hold the end that tells this one to stop.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
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
    if process > 0 { _ = systemKill(process) }
    reap()
  }

  /// Waits for its end, and says how it came.
  @discardableResult
  private func reap() -> Ending {
    if process <= 0 { return .died("ended") }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    Self.running.withLock { _ = $0.remove(process) }
    process = 0
    let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
    if signal == 0 {
      return code == WorkerWatch.tookTooMuch ? .tookTooMuch : .died("ended with exit code \(code)")
    }
    return .died("was ended by signal \(signal) (\(String(cString: strsignal(signal))))")
  }

  // MARK: All of them

  private static let running = Mutex<Set<pid_t>>([])

  /// Ends all workers of this process, waits until they are gone, and ends the process.
  ///
  /// Other threads may hear of the dead workers, and wait here for the end: none tells of them, or starts
  /// another.
  static func killAll(before end: () -> Never) -> Never {
    running.withLock { running in
      for process in running { _ = systemKill(process) }
      var status: Int32 = 0
      for process in running { waitpid(process, &status, 0) }
      end()
    }
  }
}

private func systemPipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }

private func systemKill(_ process: pid_t) -> Int32 { kill(process, SIGKILL) }
