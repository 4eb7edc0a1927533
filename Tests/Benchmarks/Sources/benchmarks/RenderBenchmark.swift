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
    try Data(lecture.utf8).write(to: folder.appending(path: "lecture.grad"))
    try run([tool, "render", "lecture.grad", "-o", "lecture.dot"], in: folder)
    let pair = Pair(runs: runs) {
      seconds { try? run([tool, "render", "lecture.grad", "-o", "x.svg"], in: folder) }
    } reference: {
      seconds { try? run(["dot", "-Tsvg", "lecture.dot", "-o", "y.svg"], in: folder) }
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
private struct CommandFailure: Error {
  var command: [String]
  var status: Int32
}

/// Runs a command to its end.
private func run(_ command: [String], in folder: URL) throws {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command
  process.currentDirectoryURL = folder
  try process.run()
  process.waitUntilExit()
  if process.terminationStatus != 0 {
    throw CommandFailure(command: command, status: process.terminationStatus)
  }
}
