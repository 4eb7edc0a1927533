import Foundation

/// 1,000 small figures in one call, beside `dot -Tsvg` started once a figure and one `dot` over all of
/// them, and a second call that finds everything up to date.
///
/// Takes `graphviz-grad` and `dot` from the PATH, or the tool that `GRAPHVIZ_GRAD` names; the tool is
/// to be the release build with the static runtime.
func benchmarkBatch(figures: Int = 1_000, runs: Int = 5) -> Bool {
  let tool = ProcessInfo.processInfo.environment["GRAPHVIZ_GRAD"] ?? "graphviz-grad"
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    let programs = folder.appending(path: "programs")
    try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    guard FileManager.default.changeCurrentDirectoryPath(folder.path) else { return false }
    for number in 0..<figures {
      let text = "a = \(number)\nb = 3\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n"
      try Data(text.utf8).write(to: programs.appending(path: "f\(number).grad"))
    }
    try run([tool, "render", "programs", "--out-dir", "graphs", "-T", "dot"])
    var all = Data()
    for number in 0..<figures {
      all += try Data(contentsOf: folder.appending(path: "graphs/f\(number).dot"))
    }
    try all.write(to: folder.appending(path: "all.dot"))
    // Each first run has a folder of its own: making names that were just removed is slower.
    var count = 0
    func first() -> Double {
      count += 1
      return seconds { try? shell("\(tool) render programs --out-dir out\(count) 2>/dev/null") }
    }
    let single = Pair(runs: runs, ours: first) {
      seconds { try? shell("dot -Tsvg all.dot > all.svg") }
    }
    let second = Pair(runs: runs, ours: first) {
      seconds { try? shell("\(tool) render programs --out-dir out1 2>/dev/null") }
    }
    let each = Pair(runs: 3, ours: first) {
      seconds {
        for number in 0..<figures {
          try? run(["dot", "-Tsvg", "graphs/f\(number).dot", "-o", "y.svg"])
        }
      }
    }
    for name in ["out\(count)/f\(figures - 1).svg", "all.svg", "y.svg"] {
      _ = try Data(contentsOf: folder.appending(path: name))
    }
    let met = [
      report("a batch / one dot over all", single.ratio, atMost: 1, "medians of \(runs)"),
      report("a batch / dot started each time", each.ratio, atMost: 0.05, "medians of 3"),
      report("a second run / the first", 1 / second.ratio, atMost: 0.1, "medians of \(runs)"),
    ]
    return met.allSatisfy { $0 }
  } catch {
    print("the tool and dot are needed on the PATH: \(error)")
    return false
  }
}

/// Runs a line of shell, which sends what a command says elsewhere.
private func shell(_ line: String) throws { try run(["sh", "-c", line]) }
