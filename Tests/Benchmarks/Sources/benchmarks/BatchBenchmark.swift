import Foundation

/// 1,000 different small figures in one call, beside one `dot -Tsvg` over all of them and `dot` started
/// once a figure, and a second call that finds everything up to date; in processor time.
///
/// Takes `graphviz-grad` and `dot` from the PATH, or the tool that `GRAPHVIZ_GRAD` names; the tool is
/// to be the release build with the static runtime.
func benchmarkBatch(figures: Int = 1_000, runs: Int = 5) -> Bool {
  inOwnFolder { tool, folder in
    try FileManager.default.createDirectory(
      at: folder.appending(path: "programs"), withIntermediateDirectories: false)
    var programs = Programs(seed: 2)
    for number in 0..<figures {
      let text = programs.program(nodes: 4 + number % 9)
      try Data(text.utf8).write(to: folder.appending(path: "programs/f\(number).grad"))
    }
    try run([tool, "render", "programs", "--out-dir", "graphs", "-T", "dot"])
    var all = Data()
    for number in 0..<figures {
      all += try Data(contentsOf: folder.appending(path: "graphs/f\(number).dot"))
    }
    try all.write(to: folder.appending(path: "all.dot"))
    // Each first run has a folder of its own: what is up to date is not drawn again.
    var count = 0
    func call(_ programs: String, _ output: String) -> Double {
      processorSeconds {
        try shell("\(tool) render \(programs) --out-dir \(output) 2>/dev/null")
      }
    }
    func first() -> Double {
      count += 1
      return call("programs", "out\(count)")
    }
    let one = { processorSeconds { try shell("dot -Tsvg all.dot > all.svg") } }
    let single = Pair(runs: runs, ours: first, reference: one)
    let second = Pair(runs: runs, ours: { call("programs", "out1") }, reference: first)
    let each = Pair(runs: 3, ours: first) {
      processorSeconds {
        for number in 0..<figures {
          try run(["dot", "-Tsvg", "graphs/f\(number).dot", "-o", "y.svg"])
        }
      }
    }
    for name in ["out\(count)/f\(figures - 1).svg", "all.svg", "y.svg"] {
      _ = try Data(contentsOf: folder.appending(path: name))
    }
    let met = [
      report("a batch / one dot over all", single, atMost: 0.6),
      report("a batch / dot started each time", each, atMost: 0.05),
      report("a second run / the first", second, atMost: 0.1),
    ]
    note(
      "nothing drawn: up to date",
      Pair(runs: runs, ours: { call("programs", "out1") }, reference: one))
    note(
      "nothing drawn: an empty program",
      Pair(runs: runs, ours: { processorSeconds { try run(["true"]) } }, reference: one))
    return met.allSatisfy { $0 }
  }
}

/// Runs a line of shell, which sends what a command says elsewhere.
private func shell(_ line: String) throws { try run(["sh", "-c", line]) }
