import Foundation

/// One SVG as a whole process, beside `dot -Tsvg` on the DOT text of the same graph.
///
/// Takes `graphviz-grad` and `dot` from the PATH, or the tool that `GRAPHVIZ_GRAD` names; the tool is
/// to be the release build with the static runtime.
func benchmarkRender(runs: Int = 31) -> Bool {
  let tool = ProcessInfo.processInfo.environment["GRAPHVIZ_GRAD"] ?? "graphviz-grad"
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lecture = "a = 5\nb = 3\nc = 2\nu = b * c\nv = a + u\nJ = 3 * v\n"
    guard FileManager.default.changeCurrentDirectoryPath(folder.path) else { return false }
    try Data(lecture.utf8).write(to: folder.appending(path: "lecture.grad"))
    try run([tool, "render", "lecture.grad", "-o", "lecture.dot"])
    let pair = Pair(runs: runs) {
      seconds { try? run([tool, "render", "lecture.grad", "-o", "x.svg"]) }
    } reference: {
      seconds { try? run(["dot", "-Tsvg", "lecture.dot", "-o", "y.svg"]) }
    }
    for name in ["x.svg", "y.svg"] { _ = try Data(contentsOf: folder.appending(path: name)) }
    let milliseconds = [pair.ours, pair.reference].map { ($0 * 10_000).rounded() / 10 }
    return report(
      "one SVG / dot -Tsvg", pair.ours / pair.reference, atMost: 0.6,
      "medians \(milliseconds[0]) against \(milliseconds[1]) ms")
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

/// Runs a command to its end, with no more around it than the system asks for.
func run(_ command: [String]) throws {
  let arguments = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  var status: Int32 = 0
  guard posix_spawnp(&child, command[0], nil, nil, arguments, environ) == 0,
    waitpid(child, &status, 0) == child, status == 0
  else { throw CommandFailure(command: command, status: status) }
}
