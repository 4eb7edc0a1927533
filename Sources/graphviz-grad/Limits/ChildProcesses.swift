import GradBase
import Synchronization

/// The processes that work for this one, so that none of them outlives it.
enum ChildProcesses {
  private static let running = Mutex<Set<pid_t>>([])

  /// Starts a program; what it reads and writes is as ``spawn(_:_:input:output:errors:process:)`` says.
  ///
  /// Signals end it together with this process from now on.
  ///
  /// - Returns: 0, or why there is no process, as in `errno`.
  static func start(
    _ program: String, _ arguments: [String], input: Int32, output: Int32, errors: Int32 = 2,
    process: inout pid_t
  ) -> Int32 {
    Watchdog.start()
    return running.withLock { running in
      let number = spawn(
        program, arguments, input: input, output: output, errors: errors, process: &process)
      if number == 0 { running.insert(process) }
      return number
    }
  }

  /// Ends a process at once; to be waited for all the same.
  static func kill(_ process: pid_t) { _ = systemKill(process) }

  /// Waits for the end of a process, and returns its status.
  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    running.withLock { _ = $0.remove(process) }
    return status
  }

  /// Two ends of a pipe, which no other process is to hold.
  ///
  /// - Returns: `nil` where the system has no more of them; `errno` says why.
  static func pipe() -> (reading: Int32, writing: Int32)? {
    var ends: [Int32] = [0, 0]
    if systemPipe(&ends) != 0 { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Ends all of them, waits until they are gone, and ends this process.
  ///
  /// Other threads may hear of the dead processes, and wait here for the end: none tells of them, or starts
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
