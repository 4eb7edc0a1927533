import Foundation
import GradBase
import GradDocuments
import GraphvizGrad
import Testing

/// Every public error, printed, is its message as the command prints it.
@Suite struct PublicErrorTests {
  private static let program = """
    lecture.grad:1:5: error: 'q' is not defined [undefined-name]
      |
    1 | a = q
      |     ^ no statement above assigns 'q'
      = help: give it a value above, 'q = 1', or on the command line, '--set q=1'
    """

  private static func thrown(_ action: () throws -> Void) -> any Error {
    do {
      try action()
    } catch {
      return error
    }
    Issue.record("nothing was thrown")
    return CancellationError()
  }

  /// One error of each public type, and its message.
  private static let errors: [(error: any Error, message: String)] = [
    (
      thrown { _ = try Program(Source("lecture.grad", text: "a = q")).trace() }, program
    ),
    (
      thrown { _ = try Files.none.contents("theme.json") }, "the file cannot be read: "
    ),
    (
      FigureError.request(
        Program(Source("lecture.grad", text: "a = q")).diagnostics()), program
    ),
    (
      thrown {
        var options = PictureOptions()
        options.resolution = .scale(100_000)
        _ = try Program(Source("large.grad", text: "x = 1\ny = x + 1")).trace().trace
          .picture(.png, options)
      }, "the picture would be "
    ),
    (thrown { _ = try Trace(json: "{}") }, "$.nodes: there is no node"),
    (
      thrown {
        let tape = Tape()
        let x = tape.input([[1, 2]])
        _ = try Variable.applying(.matrixProduct, to: [x, x])
      }, "(1, 2) @ (1, 2): 2 columns meet 1 row\n  = help: the left one transposed would fit: .T"
    ),
    (
      thrown {
        _ = try Program(Source("p.grad", text: "x = 1\ny = x * x")).trace().trace
          .differentiated(order: 4)
      }, "derivatives of order 4 are not recorded\n  = help: orders are 1, 2 and 3"
    ),
    (
      thrown {
        _ = try Program(Source("p.grad", text: "x = 1\ny = x * x")).trace().trace
          .hessian(by: ["y"])
      }, "'y' is computed, and no input\n  = help: the inputs are x"
    ),
    (
      thrown { _ = try ThemeFile(json: Array("{\"base\": \"drak\"}".utf8), named: "t.json") },
      "in the theme 't.json': unknown base 'drak'\n  = help: "
    ),
    (
      thrown { _ = try ArrayFile(Array("a,b".utf8), named: "d.csv") },
      "'d.csv', line 1, field 1: 'a' is no number\n  = help: leave the line of names out"
    ),
    (
      thrown { _ = try ProgramFiles.none.contents("d.npy") },
      "'d.npy' is a file, and this program may read none\n  = help: "
    ),
    (
      thrown { _ = try AnswerFile(json: Array("[1]".utf8), named: "a.json") },
      "'a.json' holds no answers\n  = help: one JSON object such as {\"db\": 6, \"dc\": 9, "
        + "\"dW\": [[1, 2], [3, 4]]}"
    ),
    (
      thrown {
        var options = PictureOptions()
        try FigureOption.all.first { $0.name == "style" }?.apply("lectur", &options, .none)
      }, "unknown style 'lectur'\n  = help: "
    ),
  ]

  @Test(arguments: errors.indices) func isItsMessage(_ index: Int) {
    let (error, message) = Self.errors[index]
    let printed = "\(error)"
    #expect(printed.hasPrefix(message), "\(printed)")
    #expect(error.localizedDescription == printed)
    #expect(error is any ReadableError)
  }

  /// So that a new public error is one too, and stands above.
  @Test func allPublicErrorsAreAbove() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources")
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
      .filter { $0.hasSuffix(".swift") && !$0.hasPrefix("graphviz-grad/") }
    var found: [String] = []
    for file in files {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /public (?:struct|enum|final class) (\w+)\s*:\s*([^{]*)\{/) {
        let protocols = match.2.split { !$0.isLetter }
        if protocols.contains("Error") {
          Issue.record("\(file): \(match.1) is an error, but no ReadableError")
        }
        if protocols.contains("ReadableError") { found.append(String(match.1)) }
      }
      for match in text.matches(of: /extension (\w+)\s*:\s*([^{]*)\{/)
      where match.2.split(whereSeparator: { !$0.isLetter }).contains("Error") {
        Issue.record("\(file): \(match.1) is an error, but no ReadableError")
      }
    }
    let listed = Set(Self.errors.map { String(reflecting: type(of: $0.error)) })
    #expect(
      found.count == listed.count, "\(found.sorted()) in the sources, \(listed.sorted()) above")
  }
}
