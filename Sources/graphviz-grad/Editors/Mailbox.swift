import GradBase
import GradEditor

/// What the threads of a session put down for the one that answers.
///
/// Its lock is one of the C library: whoever waits for something also waits for no longer than a time.
final class Mailbox: @unchecked Sendable {
  /// What comes.
  enum Item {
    /// A message of the editor.
    case frame(FrameReader.Frame)
    /// The editor says no more.
    case end
    /// The numbers of a text.
    case evaluated(Evaluated)
  }

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var items: [Item] = []

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(change)
    lock.deallocate()
    change.deallocate()
  }

  /// Puts something down.
  func put(_ new: [Item]) {
    pthread_mutex_lock(lock)
    items += new
    pthread_cond_signal(change)
    pthread_mutex_unlock(lock)
  }

  /// Takes all that has come, once something has, or nothing after `limit`.
  func take(within limit: Duration?) -> [Item] {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    if items.isEmpty, let limit {
      var end = timespec()
      clock_gettime(CLOCK_REALTIME, &end)
      let nanoseconds = limit.components.attoseconds / 1_000_000_000 + Int64(end.tv_nsec)
      end.tv_sec += Int(limit.components.seconds + nanoseconds / 1_000_000_000)
      end.tv_nsec = Int(nanoseconds % 1_000_000_000)
      while items.isEmpty, pthread_cond_timedwait(change, lock, &end) == 0 {}
    } else {
      while items.isEmpty { pthread_cond_wait(change, lock) }
    }
    defer { items = [] }
    return items
  }
}
