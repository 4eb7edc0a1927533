/// A thread of a worker process that ends it with the process that it works for, and when a figure takes
/// too much memory.
package enum WorkerWatch {
  /// The exit code that tells that a figure took too much memory.
  package static let tookTooMuch: Int32 = 71

  /// What a thread needs that only looks and waits.
  package static let stackSize = 512 << 10

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - memory: How much a figure may take, in bytes; the time is up to the other process.
  ///   - end: What is done before the process ends.
  package static func start(memory: Int, beforeEnd end: @escaping @Sendable () -> Void = {}) {
    // The other process hears of Control-C as well, and ends its workers.
    signal(SIGINT, SIG_IGN)
    signal(SIGQUIT, SIG_IGN)
    // Where there is no room for another thread, the limits are not watched.
    try? Thread(stackSize: stackSize) {
      while true { look(memory, end) }
    }.detach()
  }

  private static func look(_ memory: Int, _ end: () -> Void) {
    // Nothing is asked of standard input but whether there is still somebody at its other end.
    var tasks = pollfd(fd: 0, events: 0, revents: 0)
    let isGone = poll(&tasks, 1, 100) > 0
    if !isGone, ResidentMemory.bytes <= memory { return }
    end()
    _exit(isGone ? 0 : tookTooMuch)
  }
}
