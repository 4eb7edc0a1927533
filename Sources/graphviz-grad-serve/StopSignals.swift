import GradBase

/// The signals that end the server in good order.
enum StopSignals {
  private static var all: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    return signals
  }

  /// Lets no thread take them but the one that waits.
  ///
  /// To be called before there is another thread: those that begin later do the same.
  static func block() {
    var signals = all
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Calls `stop` when the first of them comes; the second ends the process at once.
  static func wait(_ stop: @escaping @Sendable () -> Void) {
    try? Thread(stackSize: 512 << 10) {
      var (signals, number) = (all, Int32(0))
      while sigwait(&signals, &number) != 0 {}
      stop()
      while sigwait(&signals, &number) != 0 {}
      _exit(128 + number)
    }.detach()
  }
}
