import GradBase
import GradLanguage

/// One line on a terminal that says how far a batch is.
struct Progress {
  private let isShown: Bool
  private var total = 0
  private var done = 0
  private var last = ContinuousClock.now

  init(isShown: Bool) { self.isShown = isShown && isatty(2) == 1 && Messages.style.name == "text" }

  mutating func begin(_ total: Int) { self.total = total }

  /// One figure more is done.
  mutating func advance(_ name: String) {
    done += 1
    // More often nobody can read it.
    guard isShown, last.duration(to: .now) > .milliseconds(50) || done == total else { return }
    last = .now
    let shown = printable(name)
    let tail = shown.count > 50 ? "…" + shown.suffix(49) : shown
    Messages.write("\r\u{1B}[K\(done)/\(total)  \(tail)")
  }

  /// The line makes room for what follows.
  func end() {
    if isShown, done > 0 { Messages.write("\r\u{1B}[K") }
  }
}
