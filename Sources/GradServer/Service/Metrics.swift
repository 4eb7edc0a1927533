import GradBase
import Synchronization

/// What was asked for and how it went, as Prometheus reads it.
final class Metrics: Sendable {
  private struct State {
    /// Answers by what was asked for and the code.
    var answers: [Key: Int] = [:]
    var kept = 0
    /// How many figures took as long as each of ``bounds`` at most, and longer.
    var times = [Int](repeating: 0, count: Metrics.bounds.count + 1)
    var seconds = 0.0
  }

  private struct Key: Hashable, Comparable {
    var kind: String
    var code: Int

    static func < (one: Key, other: Key) -> Bool {
      (one.kind, one.code) < (other.kind, other.code)
    }
  }

  /// In seconds.
  private static let bounds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  private let state = Mutex(State())

  /// Counts an answer.
  func count(_ kind: String, _ status: HTTPStatus) {
    state.withLock { $0.answers[Key(kind: kind, code: status.rawValue), default: 0] += 1 }
  }

  /// Counts a figure that was drawn, or kept.
  func count(_ time: Duration, wasKept: Bool) {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    state.withLock { state in
      if wasKept {
        state.kept += 1
        return
      }
      state.times[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
      state.seconds += seconds
    }
  }

  /// The text of Prometheus.
  func text(_ load: DrawingPool.Load, connections: Int, cacheSize: Int) -> String {
    let state = state.withLock { $0 }
    var text = ""
    func head(_ name: String, _ type: String, _ help: String) {
      text += "# HELP graphviz_grad_\(name) \(help)\n# TYPE graphviz_grad_\(name) \(type)\n"
    }
    func gauge(_ name: String, _ help: String, _ value: Int, _ type: String = "gauge") {
      head(name, type, help)
      text += "graphviz_grad_\(name) \(value)\n"
    }
    head("requests_total", "counter", "Answers by what was asked for and their code.")
    for (key, count) in state.answers.sorted(by: { $0.key < $1.key }) {
      text += "graphviz_grad_requests_total{kind=\"\(key.kind)\",code=\"\(key.code)\"} \(count)\n"
    }
    gauge("cache_hits_total", "Figures that were kept from before.", state.kept, "counter")
    head("drawing_seconds", "histogram", "How long figures took, with the time they waited.")
    var sum = 0
    for (bound, count) in zip(Self.bounds, state.times) {
      sum += count
      text += "graphviz_grad_drawing_seconds_bucket{le=\"\(bound)\"} \(sum)\n"
    }
    sum += state.times[Self.bounds.count]
    text += "graphviz_grad_drawing_seconds_bucket{le=\"+Inf\"} \(sum)\n"
    text += "graphviz_grad_drawing_seconds_sum \(state.seconds)\n"
    text += "graphviz_grad_drawing_seconds_count \(sum)\n"
    gauge("workers", "Processes that draw.", load.workers)
    gauge("workers_busy", "Those that are drawing.", load.busy)
    gauge("queue_length", "Figures that wait for a process.", load.waiting)
    gauge("worker_losses_total", "Processes that died or took too long.", load.losses, "counter")
    gauge("connections", "Clients that are connected.", connections)
    gauge("cache_bytes", "What is kept of answers.", cacheSize)
    head("resident_memory_bytes", "gauge", "What the server holds in memory, its workers aside.")
    text += "graphviz_grad_resident_memory_bytes \(ResidentMemory.bytes)\n"
    return text
  }
}
