import Foundation
import GradCore

/// The second derivative by one input beside the first one, as computations that are recorded: nodes, and
/// processor time.
func benchmarkHigher(runs: Int = 15) -> Bool {
  var isMet = true
  for count in [30, 300, 3_000] {
    let trace = computation(nodes: count)
    func made(_ order: Int) -> Trace {
      guard let made = try? trace.differentiated(by: [0], order: order) else {
        preconditionFailure("every operator has a rule")
      }
      return made
    }
    let repeats = 6_000 / count
    func time(_ order: Int) -> Double {
      threadSeconds { for _ in 0..<repeats { _ = made(order) } } / Double(repeats)
    }
    let pair = Pair(runs: runs) {
      time(2)
    } reference: {
      time(1)
    }
    let nodes = (first: made(1).nodes.count, second: made(2).nodes.count)
    isMet = report("order 2 / order 1, \(count) nodes", pair, atMost: 5) && isMet
    isMet =
      report(
        "its nodes", Double(nodes.second) / Double(nodes.first), atMost: 5,
        "\(nodes.second) against \(nodes.first)") && isMet
  }
  return isMet
}

/// A computation by chance, the same one at every run, whose nodes all come from its first input.
private func computation(nodes count: Int) -> Trace {
  let tape = Tape(capacity: count + 8)
  var state: UInt64 = 7
  func number(below limit: Int) -> Int {
    // Knuth's linear congruential generator of MMIX.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
  var nodes = [tape.input(0.7, "x"), tape.input(0.4, "y"), tape.input(-0.3, "z")]
  while nodes.count < count {
    let a = nodes[nodes.count - 1 - number(below: min(6, nodes.count))]
    let b = nodes[nodes.count - 1 - number(below: min(12, nodes.count))]
    switch number(below: 8) {
    case 0: nodes.append(a + b)
    case 1: nodes.append(a - b)
    case 2, 3: nodes.append(tanh(a) * b)
    case 4: nodes.append(sin(a))
    case 5: nodes.append(sigmoid(a * b))
    case 6: nodes.append(tanh(a))
    default: nodes.append(a * 0.5 + b)
    }
  }
  let output = nodes.suffix(8).dropFirst().reduce(nodes[nodes.count - 8]) { $0 + $1 }
  return tape.trace(of: output.named("J"))
}

/// Seconds of processor time of this thread that `body` takes.
private func threadSeconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
  let start = now()
  body()
  return now() - start
}
