import Foundation
import GradCore
import GradFigure
import Testing

@testable import GradDrawing

/// Flow charts of Mermaid; `Tests/Scripts/formats.py` has Mermaid draw them.
@Suite struct MermaidTests {
  private func mermaid(_ drawing: Drawing) -> String { drawing.figure.mermaid(drawing.theme) }

  @Test func nodesHoldNumbersAndBothFlowsLead() throws {
    let text = try mermaid(drawing(lecture))
    #expect(text.hasPrefix("---\nconfig:") && text.contains("\nflowchart LR\n"))
    #expect(text.contains("  n2(\"b<br/>3<br/>db = 6\"):::input\n"))
    #expect(text.contains("  n2 --> n4\n  n2 <-.->|\"×2\"| n4\n"))
    let red = Theme.light[.backward]
    #expect(text.contains("  linkStyle 1,3,5,7,9 stroke:\(red),color:\(red),marker-end:none\n"))
    #expect(try mermaid(drawing(lecture) { $0.direction = .down }).contains("flowchart TD"))
  }

  /// Beside each other a value and a derivative would read as a product, and so would a shape.
  @Test func everyTextHasALineOfItsOwn() throws {
    let down = try mermaid(drawing(lecture) { $0.direction = .down })
    #expect(down.contains("  n2(\"b<br/>3<br/>db = 6\"):::input\n"))
    let text = try mermaid(drawing("A = [[1, 2], [3, 4]]; x = [1, 2]; y = sum(A @ x)"))
    #expect(text.contains("(\"A<br/>(2×2)<br/>") && text.contains("(\"x<br/>(2)<br/>"))
  }

  @Test func oneFlowAlone() throws {
    #expect(try !mermaid(drawing(lecture) { $0.show = .forward }).contains("-.-"))
    let backward = try mermaid(drawing(lecture) { $0.show = .backward })
    #expect(!backward.contains(" --> ") && backward.contains("linkStyle 0,1,2,3,4 "))
  }

  @Test func tangentsLeadForward() throws {
    let text = try mermaid(
      drawing(lecture) {
        $0.mode = .forward
        $0.wrt = ["b"]
      })
    #expect(text.contains(" -.->") && !text.contains("<-.->"))
  }

  @Test(arguments: [
    "a\"b\\", "<u>&", "#quot;", "end", "`a`", "a;b", "[x](y)", "$$x$$", "%%{a}%%", "*a* _b_",
    "שלום",
  ])
  func anyNameStandsForItself(_ name: String) {
    let text = mermaid(Drawing(named: name))
    let label = text.components(separatedBy: "n1(\"").dropFirst().first ?? ""
    let signs = CharacterSet(charactersIn: "\"<>&`[]{}$%*_\\|")
    let words = label.components(separatedBy: "<br/>")[0]
    #expect(words.rangeOfCharacter(from: signs) == nil, "\(words)")
    // It reads as the name again.
    let parts = words.replacing(/#(\d+);/) { match in
      String(UInt32(match.1).flatMap(Unicode.Scalar.init).map(Character.init) ?? "?")
    }
    #expect(parts == name)
  }

  @Test func openCallsAreFrames() throws {
    let program = "def f(x):\n  y = x * x\n  return y + 1\na = 2\nJ = f(a) * 3\n"
    let text = try mermaid(drawing(program) { $0.detail = .calls })
    #expect(text.contains("  subgraph c1[\"f\"]\n    n") && text.contains("\n  end\n"))
    #expect(text.contains("  style c1 fill:"))
  }
}

extension Drawing {
  /// The drawing of a program whose input has a name.
  init(named name: String) {
    let figure = Figure(Reading(record(named: name)))
    self.init(figure, Layout(inOwnOrder: figure), theme: .light)
  }
}
