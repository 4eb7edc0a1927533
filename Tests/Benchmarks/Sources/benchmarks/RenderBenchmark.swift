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
  let tool = ProcessInfo.processInfo.environment["GRAPHVIZ_GRAD"] ?? "graphviz-grad"
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard FileManager.default.changeCurrentDirectoryPath(folder.path) else { return false }
    var count = 0
    func processorTime(_ command: [String]) -> Double {
      processorSeconds { try? run(command) }
    }
    func drawn(_ program: String) -> Double {
      count += 1
      return processorTime([tool, "render", program, "-o", "\(count).svg"])
    }
    var programs = Programs(seed: 1)
    let lecture = "a = 5\nb = 3\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n"
    let sizes = [6, 30, 80, 150, 300]
    var isMet = true
    for size in sizes {
      let file = "figure\(size)"
      let text = size == 6 ? lecture : programs.program(nodes: size)
      try Data(text.utf8).write(to: folder.appending(path: "\(file).grad"))
      try run([tool, "render", "\(file).grad", "-o", "\(file).dot"])
      // dot takes twenty seconds for the largest.
      let pair = Pair(runs: size == 6 ? runs : size < 300 ? 7 : 3) {
        drawn("\(file).grad")
      } reference: {
        processorTime(["dot", "-Tsvg", "\(file).dot", "-o", "y.svg"])
      }
      for name in ["\(count).svg", "y.svg"] {
        _ = try Data(contentsOf: folder.appending(path: name))
      }
      isMet = report("\(size) nodes / dot -Tsvg", pair, atMost: 0.4) && isMet
    }
    try run([tool, "render", "figure6.grad", "-o", "same.svg"])
    let nothing = [
      ("up to date", [tool, "render", "figure6.grad", "-o", "same.svg"]),
      ("--version", [tool, "--version"]), ("an empty program", ["true"]),
    ]
    for (name, command) in nothing {
      let pair = Pair(runs: runs) {
        processorTime(command)
      } reference: {
        processorTime(["dot", "-Tsvg", "figure6.dot", "-o", "y.svg"])
      }
      note("nothing drawn: \(name)", pair)
    }
    return isMet
  } catch {
    print("the tool and dot are needed on the PATH: \(error)")
    return false
  }
}

/// Why a command gave no result.
struct CommandFailure: Error {
  var command: [String]
  var status: Int32
}

/// Runs a command to its end, with no more around it than the system asks for; what it prints is
/// thrown away.
func run(_ command: [String]) throws {
  let arguments = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  var child = pid_t()
  var status: Int32 = 0
  guard posix_spawnp(&child, command[0], &actions, nil, arguments, environ) == 0,
    waitpid(child, &status, 0) == child, status == 0
  else { throw CommandFailure(command: command, status: status) }
}
