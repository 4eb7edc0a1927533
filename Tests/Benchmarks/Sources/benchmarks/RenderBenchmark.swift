import Foundation

/// One SVG as a whole process, beside `dot -Tsvg` on the DOT text of the same graph, for figures of
/// several sizes; in processor time.
///
/// Each run writes a file that is not there, for what is up to date is not drawn again; and what that
/// would give, and the tool when it does nothing, stand below for comparison.
///
/// Takes `graphviz-grad` and `dot` from the PATH, or the tool that `GRAPHVIZ_GRAD` names; the tool is
/// to be the release build with the static runtime.
func benchmarkRender(runs: Int = 31) -> Bool {
  inOwnFolder { tool, folder in
    var number = 0
    func processorTime(_ command: [String]) -> Double {
      processorSeconds { try run(command) }
    }
    func drawn(_ program: String, _ options: [String], _ format: String = "svg") -> Double {
      number += 1
      return processorTime([tool, "render", program, "-o", "\(number).\(format)"] + options)
    }
    var programs = Programs(seed: 1)
    let figures = [
      ("6 nodes", "a = 5\nb = 3\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n", 0.4),
      ("30 nodes", programs.program(nodes: 30), 0.5),
      ("60 nodes", programs.program(nodes: 60), 0.5),
      ("100 nodes", programs.program(nodes: 100), 0.5),
      ("150 nodes", programs.program(nodes: 150), 0.5),
      ("300 nodes", programs.program(nodes: 300), 0.5),
      ("a fan of 80", Programs.fan(points: 80), 0.5),
      ("a network 10-10-10", programs.network([10, 10, 10]), 0.5),
    ]
    var isMet = true
    for (place, (name, text, target)) in figures.enumerated() {
      let file = "figure\(place)"
      try Data(text.utf8).write(to: folder.appending(path: "\(file).grad"))
      let all = ["--max-nodes", "none"]
      try run([tool, "render", "\(file).grad", "-o", "\(file).dot"] + all)
      // dot takes twenty seconds for the largest.
      let count = place == 0 ? runs : name == "300 nodes" ? 1 : 7
      let pair = Pair(runs: count) {
        drawn("\(file).grad", all)
      } reference: {
        processorTime(["dot", "-Tsvg", "\(file).dot", "-o", "y.svg"])
      }
      isMet = report("\(name) / dot -Tsvg", pair, atMost: target) && isMet
      if place < 2 {
        let pair = Pair(runs: count) {
          drawn("\(file).grad", all, "png")
        } reference: {
          processorTime(["dot", "-Tpng", "\(file).dot", "-o", "y.png"])
        }
        isMet = report("\(name) / dot -Tpng", pair, atMost: 0.9) && isMet
      }
      for name in ["\(number).svg", "y.svg"] where place >= 2 {
        _ = try Data(contentsOf: folder.appending(path: name))
      }
    }
    try run([tool, "render", "figure0.grad", "-o", "same.svg"])
    let nothing = [
      ("up to date", [tool, "render", "figure0.grad", "-o", "same.svg"]),
      ("--version", [tool, "--version"]), ("an empty program", ["true"]),
    ]
    for (name, command) in nothing {
      let pair = Pair(runs: runs) {
        processorTime(command)
      } reference: {
        processorTime(["dot", "-Tsvg", "figure0.dot", "-o", "y.svg"])
      }
      note("nothing drawn: \(name)", pair)
    }
    return isMet
  }
}

/// Why a command gave no result.
struct CommandFailure: Error {
  var command: [String]
  var status: Int32
}

/// Runs a command to its end, with no more around it than the system asks for; what it prints is
/// thrown away.
///
/// - Returns: What it used.
@discardableResult
func run(_ command: [String]) throws -> rusage {
  let arguments = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  var child = pid_t()
  var status: Int32 = 0
  var usage = rusage()
  guard posix_spawnp(&child, command[0], &actions, nil, arguments, environ) == 0,
    wait4(child, &status, 0, &usage) == child, status == 0
  else { throw CommandFailure(command: command, status: status) }
  return usage
}
