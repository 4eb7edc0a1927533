import GradBase
import GradLanguage
import Synchronization

/// A thread that ends the process in good order: on a signal, and when a figure takes too much.
///
/// Drawing happens in C, which cannot be stopped from within; so another thread waits for signals, one of
/// which comes ten times a second while something is drawn. What ends the process removes what has no name
/// yet, and the processes that draw for this one.
enum Watchdog {
  private struct State {
    var isRunning = false
    var work: Work?
  }

  /// What is done now.
  private struct Work {
    var file: String
    var start: ContinuousClock.Instant
    var limits: Limits
    /// Whether somebody who waits was told what for.
    var isTold = false
  }

  private static let state = Mutex(State())

  /// How often the work is looked at, in microseconds.
  private static let tick: UInt32 = 100_000

  /// After so long people ask themselves what is going on.
  private static let patience = Duration.seconds(2)

  /// Starts the thread, once; where none can be had, signals end the process as they always do.
  static func start() {
    let isFirst = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning
    }
    guard isFirst else { return }
    let signals = UnsafeMutablePointer<sigset_t>.allocate(capacity: 1)
    sigemptyset(signals)
    sigaddset(signals, SIGALRM)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      // What whoever started us wants to be ignored stays so.
      let old = signal(number, SIG_DFL)
      if unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      } else {
        sigaddset(signals, number)
      }
    }
    pthread_sigmask(SIG_BLOCK, signals, nil)
    do {
      try Thread(stackSize: WorkerWatch.stackSize) { Watchdog.wait(for: signals) }.detach()
    } catch {
      pthread_sigmask(SIG_UNBLOCK, signals, nil)
    }
  }

  /// Other threads than this one end the process, as in a worker.
  static func leaveToOthers() { state.withLock { $0.isRunning = true } }

  /// The figure of a program is drawn now, within limits.
  static func begin(_ file: String, _ limits: Limits) {
    start()
    let isFirst = state.withLock { state in
      defer { state.work = Work(file: file, start: .now, limits: limits) }
      return state.work == nil
    }
    guard isFirst else { return }
    let time = limits.time.components
    let microseconds =
      time.seconds > 0 ? tick : min(tick, UInt32(time.attoseconds / 1_000_000_000_000))
    ualarm(max(1, microseconds), tick)
  }

  /// Nothing is drawn any more: what follows may take as long as others want.
  static func end() {
    state.withLock { $0.work = nil }
    ualarm(0, 0)
  }

  /// Draws within limits.
  static func watching<Result, Trouble: Error>(
    _ file: String, _ limits: Limits, _ body: () throws(Trouble) -> Result
  ) throws(Trouble) -> Result {
    begin(file, limits)
    defer { end() }
    return try body()
  }

  // MARK: The thread

  private static func wait(for signals: UnsafePointer<sigset_t>) -> Never {
    while true {
      var number: Int32 = 0
      guard sigwait(signals, &number) == 0 else { continue }
      if number == SIGALRM { look() } else { end(by: number) }
    }
  }

  /// Compares what is done with its limits.
  private static func look() {
    // As long as this lasts, the work cannot end and be written.
    state.withLock { state in
      guard let work = state.work else { return }
      let time = work.start.duration(to: .now)
      if time >= work.limits.time { end(saying: work.limits.tookTooLong(work.file)) }
      if ResidentMemory.bytes > work.limits.memory {
        end(saying: work.limits.tookTooMuch(work.file))
      }
      if time > patience, !work.isTold {
        state.work?.isTold = true
        guard isatty(2) == 1, Messages.style.name == "text" else { return }
        Messages.write(
          "still drawing \(printable(work.file)), for at most \(work.limits.time.text) (--timeout); "
            + "Control-C ends it\n")
      }
    }
  }

  private static func end(saying diagnostic: Diagnostic) -> Never {
    ChildProcesses.killAll {
      PendingFiles.removeAll()
      Messages.write([diagnostic])
      _exit(Failure.Code.software.rawValue)
    }
  }

  private static func end(by number: Int32) -> Never {
    ChildProcesses.killAll {
      PendingFiles.removeAll()
      // Whoever waits for this process learns that it was the signal.
      signal(number, SIG_DFL)
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, number)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      kill(getpid(), number)
      _exit(128 + number)
    }
  }
}
