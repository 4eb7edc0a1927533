import Synchronization

/// Answers that were given, for whoever asks the same again; the oldest that nobody asked for again go first.
final class AnswerCache: Sendable {
  private struct Entry {
    var answer: DrawingAnswer
    var size: Int
    /// Whether somebody has asked for it since it was last looked at.
    var isWanted = false
  }

  private struct State {
    var entries: [[UInt8]: Entry] = [:]
    /// The keys in the order in which they are looked at; those before `first` are gone.
    var order: [[UInt8]] = []
    var first = 0
    var size = 0
  }

  private let limit: Int
  private let state = Mutex(State())

  /// - Parameter limit: How many bytes are kept.
  init(limit: Int) { self.limit = limit }

  /// How many bytes are kept now.
  var size: Int { state.withLock(\.size) }

  /// What was answered to a task, by its message.
  subscript(key: [UInt8]) -> DrawingAnswer? {
    state.withLock { state in
      state.entries[key]?.isWanted = true
      return state.entries[key]?.answer
    }
  }

  /// Keeps an answer, if there is room for it at all.
  func keep(_ answer: DrawingAnswer, for key: [UInt8]) {
    let size = answer.size + 2 * key.count
    guard size <= limit / 4 else { return }
    state.withLock { state in
      guard state.entries[key] == nil else { return }
      state.entries[key] = Entry(answer: answer, size: size)
      state.order.append(key)
      state.size += size
      while state.size > limit, state.first < state.order.count {
        let oldest = state.order[state.first]
        state.order[state.first] = []
        state.first += 1
        guard let entry = state.entries[oldest] else { continue }
        if entry.isWanted {
          state.entries[oldest]?.isWanted = false
          state.order.append(oldest)
        } else {
          state.entries[oldest] = nil
          state.size -= entry.size
        }
      }
      // What is gone takes room no longer.
      if state.first > 1_000, state.first > state.order.count / 2 {
        state.order.removeFirst(state.first)
        state.first = 0
      }
    }
  }
}
