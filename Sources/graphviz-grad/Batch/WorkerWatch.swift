import GradBase
import Synchronization

/// A thread of a worker process that ends it with the process that it works for, and when a figure takes
/// too much memory.
enum WorkerWatch {
  /// The exit code that tells that a figure took too much memory.
  static let tookTooMuch: Int32 = 71

  private static let memory = Mutex(Int.max)

  /// Starts the thread.
  ///
  /// - Parameter limits: How much a figure may take; the time is up to the other process.
  static func start(_ limits: Limits) {
    // The other process hears of Control-C as well, and ends its workers.
    signal(SIGINT, SIG_IGN)
    signal(SIGQUIT, SIG_IGN)
    Watchdog.leaveToOthers()
    memory.withLock { $0 = limits.memory }
    // Where there is no room for another thread, the limits are not watched.
    try? Thread(stackSize: Watchdog.stackSize) {
      while true { WorkerWatch.look() }
    }.detach()
  }

  private static func look() {
    // Nothing is asked of standard input but whether there is still somebody at its other end.
    var tasks = pollfd(fd: 0, events: 0, revents: 0)
    let isGone = poll(&tasks, 1, 100) > 0
    if !isGone, ResidentMemory.bytes <= memory.withLock({ $0 }) { return }
    PendingFiles.removeAll()
    _exit(isGone ? 0 : tookTooMuch)
  }
}
