import Foundation

/// Seconds that `body` takes.
func seconds(_ body: () -> Void) -> Double {
  let time = ContinuousClock().measure(body)
  return Double(time.components.seconds) + 1e-18 * Double(time.components.attoseconds)
}

/// The middle one of `numbers`.
func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

/// Two ways to do the same, run in turn, so that a busy machine slows both.
struct Pair {
  /// Median seconds of one run of each.
  var ours: Double
  var reference: Double
  /// The median of the ratios of neighbouring runs.
  var ratio: Double

  init(runs: Int, ours: () -> Double, reference: () -> Double) {
    _ = (ours(), reference())
    var times: [(ours: Double, reference: Double)] = []
    for run in 0..<runs {
      if run.isMultiple(of: 2) {
        let first = ours()
        times.append((first, reference()))
      } else {
        let first = reference()
        times.append((ours(), first))
      }
    }
    self.ours = median(times.map(\.ours))
    self.reference = median(times.map(\.reference))
    ratio = median(times.map { $0.ours / $0.reference })
  }
}

/// One line of a report, with its target.
func report(_ name: String, _ number: Double, atMost target: Double, _ detail: String) -> Bool {
  let met = number <= target
  func text(_ number: Double) -> String { String(format: "%.2f", number) }
  print(
    "\(name.padding(toLength: 34, withPad: " ", startingAt: 0)) \(text(number))"
      + "  (at most \(text(target))\(met ? "" : ", MISSED"))  \(detail)")
  return met
}

/// The memory that this process holds at present, in bytes, as the system counts it.
func residentBytes() -> Int {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
    let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
  else { return 0 }
  return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
