import GradBase
import Synchronization

/// Files of this process that have no name of their own yet, and go when it is ended early.
enum PendingFiles {
  private static let paths = Mutex<Set<String>>([])
  private static let change = Mutex(())

  /// Lets `body` give files their names without their being removed meanwhile.
  static func whileTheyStay(_ body: () throws(Failure) -> Void) throws(Failure) {
    try change.withLock { _ throws(Failure) in try body() }
  }

  static func add(_ path: String) {
    Watchdog.start()
    paths.withLock { _ = $0.insert(path) }
  }

  static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes one.
  static func remove(_ path: String) {
    unlink(path)
    forget(path)
  }

  /// Removes all of them.
  static func removeAll() {
    change.withLock { _ in
      paths.withLock { paths in
        for path in paths { unlink(path) }
        paths.removeAll()
      }
    }
  }
}
