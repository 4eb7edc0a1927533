import Foundation

/// Seconds that `body` takes.
func seconds(_ body: () -> Void) -> Double {
  let time = ContinuousClock().measure(body)
  return Double(time.components.seconds) + 1e-18 * Double(time.components.attoseconds)
}

/// Seconds of processor time, in the system's too, that the commands of `body` take.
///
/// On a busy machine a command waits, but its own work stays nearly the same. The time of one that fails is
/// none.
func processorSeconds(_ body: () throws -> Void) -> Double {
  func used() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }
  let before = used()
  do { try body() } catch { _ = isNotMeasured("\(error)") }
  return used() - before
}

/// Whether everything is measured once, to see that all benchmarks run; a figure to quote is a median of several.
nonisolated(unsafe) var measuresOnce = false

/// As many rounds as a benchmark wants, or one.
func rounds(_ count: Int) -> Range<Int> { 0..<(measuresOnce ? 1 : count) }

/// Whether something could not be measured, which is no missed target but a fault.
nonisolated(unsafe) private(set) var somethingIsNotMeasured = false

/// Says why something was not measured.
///
/// - Returns: False, for its target is not met.
func isNotMeasured(_ why: String) -> Bool {
  print(why)
  somethingIsNotMeasured = true
  return false
}

/// Runs a benchmark with the tool, that of the PATH or the one that `GRAPHVIZ_GRAD` names, in a folder that
/// goes with it.
///
/// - Parameter body: Gets the tool and the folder, which it is called in; whether targets are met.
/// - Returns: What `body` returns; false where a command that it needs is missing or fails.
func inOwnFolder(_ body: (_ tool: String, _ folder: URL) throws -> Bool) -> Bool {
  let tool = ProcessInfo.processInfo.environment["GRAPHVIZ_GRAD"] ?? "graphviz-grad"
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  let before = FileManager.default.currentDirectoryPath
  defer {
    // PyTorch does not start in a folder that is gone.
    _ = FileManager.default.changeCurrentDirectoryPath(before)
    try? FileManager.default.removeItem(at: folder)
  }
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard FileManager.default.changeCurrentDirectoryPath(folder.path) else {
      return isNotMeasured("\(folder.path) cannot be entered")
    }
    return try body(tool, folder)
  } catch {
    return isNotMeasured("the tool, and dot beside it, are needed on the PATH: \(error)")
  }
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
    for run in rounds(runs) {
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

  /// The two medians in words.
  var milliseconds: String {
    String(format: "medians %.1f against %.1f ms", ours * 1_000, reference * 1_000)
  }
}

/// One line of a report, with its target, about the median of ratios.
func report(_ name: String, _ pair: Pair, atMost target: Double) -> Bool {
  report(name, pair.ratio, atMost: target, pair.milliseconds)
}

/// One line of a report about what has no target: what the others would be if nothing were done.
func note(_ name: String, _ pair: Pair) {
  print(
    "\(padded(name)) \(String(format: "%.2f", pair.ratio))                  \(pair.milliseconds)")
}

private func padded(_ name: String) -> String {
  name.padding(toLength: 34, withPad: " ", startingAt: 0)
}

/// One line of a report, with its target.
func report(_ name: String, _ number: Double, atMost target: Double, _ detail: String) -> Bool {
  let met = number <= target
  func text(_ number: Double) -> String { String(format: "%.2f", number) }
  print(
    "\(padded(name)) \(text(number))"
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
