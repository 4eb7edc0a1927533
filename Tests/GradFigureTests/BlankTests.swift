import GradCore
import Testing

@testable import GradFigure

/// Numbers that are left out for the reader to fill in.
@Suite struct BlankTests {
  @Test(arguments: Style.all.map(\.name)) func sizesAreThoseOfTheSolution(_ name: String) throws {
    let style = try #require(Style.all.first { $0.name == name })
    let solution = try figure(lecture) { $0.style = style }
    let sheet = try figure(lecture) {
      $0.style = style
      $0.blanks.kinds = Set(Blanks.Kind.allCases)
    }
    #expect(sheet.nodes.map(\.size) == solution.nodes.map(\.size))
    #expect(
      sheet.edges.map { $0.labels.map(\.size) } == solution.edges.map { $0.labels.map(\.size) })
    let blank = sheet.nodes.flatMap { $0.rows.joined() }.filter(\.content.isBlank).count
    let labels = sheet.edges.flatMap(\.labels).filter(\.content.isBlank).count
    #expect(blank + labels > 0)
    #expect(solution.nodes.flatMap { $0.rows.joined() }.allSatisfy { !$0.content.isBlank })
  }

  @Test func nothingTellsTheAnswers() throws {
    let sheet = try figure(lecture) { $0.blanks.kinds = Set(Blanks.Kind.allCases) }
    #expect(
      sheet.summary
        == "To fill in: u, v, J, ∂u/∂b, ∂u/∂c, ∂v/∂a, ∂v/∂u, ∂J/∂v, dJ, dv, du, dc, db, da.")
    for node in sheet.nodes {
      #expect(!node.tooltip.contains("= 33") && !node.tooltip.contains("9"))
      #expect(node.data.map(\.key) == [.name])
    }
    #expect(sheet.edges.allSatisfy { $0.partial.isEmpty && !$0.tooltip.contains("=") })
  }

  @Test(arguments: ["db", "dJ/db", "∂J/∂b", "b.grad", "b̄"])
  func aDerivativeHasItsNamesInAllNotations(_ name: String) throws {
    let sheet = try figure(lecture) { $0.blanks.names = [name] }
    let blank = sheet.nodes.flatMap { $0.rows.joined() }.filter(\.content.isBlank)
    #expect(blank.map(\.content.line.plain) == ["db = □"])
  }

  @Test func answersComeInTheOrderOfTheComputation() throws {
    let answers = Reading(try trace("x=3; y=x**x")).answers
    #expect(answers.map(\.key) == ["y", "∂y/∂x", "∂y/∂x@2", "dy", "dx"])
    #expect(answers.map(\.number)[0] == 27)
  }

  @Test func aNameThatLooksLikeADerivativeIsItself() throws {
    let answers = Reading(try trace("b=3; db=2*b; J=db*b")).answers
    #expect(answers.first { $0.key == "db" }?.kind == .values)
    #expect(answers.first { $0.key == "db@2" }?.name.plain == "db")
  }
}
