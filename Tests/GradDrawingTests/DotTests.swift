import Foundation
import GradCore
import GradFigure
import Testing

@testable import GradDrawing

@Suite struct DotTests {
  private func dot(_ drawing: Drawing) -> String { drawing.figure.dot(drawing.theme) }

  @Test func nodesAndBothFlowsWithoutPlaces() throws {
    let text = try dot(drawing(lecture))
    #expect(text.hasPrefix("digraph {\n"))
    #expect(text.hasSuffix("}\n"))
    for index in 1...6 { #expect(text.contains("\n  n\(index) [label=<")) }
    #expect(text.contains("n2:value:e -> n4:value:w"))
    #expect(text.contains("n4:derivative:w -> n2:derivative:e"))
    #expect(text.contains("label=\"×2\""))
    #expect(text.contains("rankdir=LR"))
    #expect(!text.contains("pos="))
    #expect(try dot(drawing(lecture) { $0.direction = .down }).contains("rankdir=TB"))
  }

  @Test func oneFlowAlone() throws {
    let forward = try dot(drawing(lecture) { $0.show = .forward })
    #expect(!forward.contains("constraint=false"))
    #expect(forward.components(separatedBy: " -> ").count == 6)
    let backward = try dot(drawing(lecture) { $0.show = .backward })
    #expect(backward.components(separatedBy: " -> ").count == 6)
    #expect(backward.contains("n4:derivative:w -> n2:derivative:e"))
  }

  @Test func dataHasOneLine() throws {
    let text = try dot(drawing(lecture) { $0.wrt = ["b"] })
    #expect(text.components(separatedBy: "constraint=false").count == 4)
    #expect(!text.contains("n1:derivative") && !text.contains("n3:derivative"))
  }

  @Test(arguments: ["a\"b\\", "<u>&", "line\nbreak", "\u{1}\u{9B}", "שלום", "損失"])
  func anyNameIsEscaped(_ name: String) throws {
    let figure = Figure(Reading(record(named: name)))
    let text = dot(Drawing(figure, Layout(inOwnOrder: figure), theme: .light))
    #expect(
      !text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    // Between the marks of a label are tags of its own and escaped text.
    let label = try #require(text.components(separatedBy: "n1 [label=<").last)
      .components(separatedBy: ">, tooltip=\"")
    #expect(label[0].hasPrefix("<table") && label[0].hasSuffix("</table>"))
    #expect(label[0].count { $0 == "<" } == label[0].count { $0 == ">" })
    #expect(!label[0].contains("<u>&"))
    // Quotes end where they should once escapes are set aside.
    let plain = label[1].replacing("\\\\", with: "").replacing("\\\"", with: "")
    let end = try #require(plain.firstIndex(of: "\""))
    #expect(plain[end...].hasPrefix("\"];\n"))
  }

  @Test func framesAreClusters() throws {
    let program = "def f(x):\n  y = x * x\n  return y + 1\na = 2\nJ = f(a) * 3\n"
    #expect(try dot(drawing(program) { $0.detail = .calls }).contains("subgraph cluster_1"))
  }
}
