import Synchronization

/// The memory for long bodies and long answers, of all clients together.
///
/// Each may be long, and clients may be many and slow: without a bound on the sum they could take all there is.
final class Room: Sendable {
  private let limit: Int
  private let taken = Mutex(0)

  /// So many bytes are nobody's concern.
  static let small = 65_536

  init(limit: Int) { self.limit = limit }

  /// Takes room for `count` bytes; whether there is some.
  func take(_ count: Int) -> Bool {
    if count <= Self.small { return true }
    return taken.withLock { taken in
      if taken + count > limit { return false }
      taken += count
      return true
    }
  }

  /// Gives back what was taken.
  func give(_ count: Int) {
    if count > Self.small { taken.withLock { $0 -= count } }
  }
}
