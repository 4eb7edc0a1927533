import Foundation

/// SVGs of large programs as whole processes, with nothing folded: processor seconds and the most memory
/// that a process had, beside what reading the same program alone takes.
///
/// `dot` is no reference here: it takes half a minute for a thousand nodes.
func benchmarkLarge(runs: Int = 3) -> Bool {
  inOwnFolder { tool, folder in
    var programs = Programs(seed: 3)
    let figures = [
      ("300 nodes", programs.program(nodes: 300), 0.15),
      ("1,000 nodes", programs.program(nodes: 1_000), 0.3),
      ("3,000 nodes", programs.program(nodes: 3_000), 0.8),
      ("10,000 nodes", programs.program(nodes: 10_000), 2.5),
      ("a chain of 10,000", Programs.chain(nodes: 10_000), 0.5),
      ("a network 100-100-100", programs.network([100, 100, 100]), 0.5),
    ]
    var isMet = true
    var costs: [Double] = []
    for (name, text, target) in figures {
      try Data(text.utf8).write(to: folder.appending(path: "x.grad"))
      var memory = 0
      let seconds = median(
        try rounds(runs).map { _ in
          try? FileManager.default.removeItem(at: folder.appending(path: "x.svg"))
          let usage = try usage([tool, "render", "--max-nodes", "none", "x.grad", "-o", "x.svg"])
          memory = max(memory, usage.memory)
          return usage.seconds
        })
      let reading = median(
        try rounds(runs).map { _ in try usage([tool, "eval", "x.grad", "-o", "x.json"]).seconds })
      let size = try Data(contentsOf: folder.appending(path: "x.svg")).count
      costs.append(seconds)
      isMet =
        report(
          "\(name), seconds", seconds, atMost: target,
          String(
            format: "reading %.2f s, %.1f MB of SVG, %d MB of memory", reading,
            Double(size) / 1e6, memory / 1_000_000)) && isMet
    }
    let growth = costs[3] / 10_000 / (costs[0] / 300)
    return report("a node of 10,000 / of 300", growth, atMost: 1.5, "processor time") && isMet
  }
}

/// Processor seconds of a command, in the system's too, and the most memory that it had, in bytes.
private func usage(_ command: [String]) throws -> (seconds: Double, memory: Int) {
  let usage = try run(command)
  let times = [usage.ru_utime, usage.ru_stime]
  return (
    times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }, usage.ru_maxrss * 1_024
  )
}
