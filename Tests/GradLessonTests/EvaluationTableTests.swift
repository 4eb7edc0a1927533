import GradCore
import GradFigure
import Testing

@testable import GradLesson

/// Tables 2 and 3 of Baydin et al., JMLR 18 (2018), at their precision.
@Suite struct EvaluationTableTests {
  private func table(forward: Bool, adjoints: Bool, decimals: Int? = 3) throws -> EvaluationTable {
    let options = FigureOptions.with {
      $0.notation = .bar
      $0.numbers.decimals = decimals
    }
    return try EvaluationTable(
      trace(baydin), options, wrt: forward ? Trace.Place(node: 0) : nil, hasAdjoints: adjoints)
  }

  private func column(_ index: Int, _ table: EvaluationTable) -> [String] {
    table.rows.map { row in "\(row.cells[index][0].plain) \(row.cells[index].last?.plain ?? "")" }
  }

  @Test func forwardMode() throws {
    let table = try table(forward: true, adjoints: false)
    #expect(
      column(0, table) == [
        "x₁ 2.000", "x₂ 5.000", "v₁ 0.693", "v₂ 10.000", "v₃ −0.959", "v₄ 10.693", "v₅ 11.652",
      ])
    #expect(
      column(1, table) == [
        "ẋ₁ 1.000", "ẋ₂ 0.000", "v̇₁ 0.500", "v̇₂ 5.000", "v̇₃ 0.000", "v̇₄ 5.500", "v̇₅ 5.500",
      ])
    #expect(table.heads.count == 2)
  }

  @Test func reverseMode() throws {
    let table = try table(forward: false, adjoints: true)
    #expect(
      column(1, table) == [
        "x̄₁ 5.500", "x̄₂ 1.716", "v̄₁ 1.000", "v̄₂ 1.000", "v̄₃ −1.000", "v̄₄ 1.000", "v̄₅ 1.000",
      ])
  }

  @Test func formulas() throws {
    let table = try table(forward: true, adjoints: true, decimals: nil)
    func cell(_ row: Int, _ column: Int) -> String {
      table.rows[row].cells[column].map(\.plain).joined(separator: " = ")
    }
    #expect(cell(2, 0) == "v₁ = log(x₁) = log(2) = 0.6931")
    #expect(cell(6, 0) == "v₅ = v₄ − v₃ = 10.69 − (−0.9589) = 11.65")
    #expect(cell(2, 1) == "v̇₁ = ẋ₁ · (1/x₁) = 1 · 0.5 = 0.5")
    #expect(cell(3, 1) == "v̇₂ = ẋ₁ · x₂ + ẋ₂ · x₁ = 1 · 5 + 0 · 2 = 5 + 0 = 5")
    #expect(cell(0, 2) == "x̄₁ = v̄₁ · (1/x₁) + v̄₂ · x₂ = 1 · 0.5 + 1 · 5 = 0.5 + 5 = 5.5")
    #expect(cell(4, 2) == "v̄₃ = v̄₅ · (−1) = 1 · (−1) = −1")
  }

  @Test func csvHoldsTheNumbersInFull() throws {
    let csv = EvaluationTableFormat.csv.write(try table(forward: true, adjoints: true))
    #expect(csv.hasPrefix("name,expression,value,tangent,adjoint\r\nx1,2,2,1,5.5\r\n"))
    #expect(csv.contains("v1,log(x1),0.6931471805599453,0.5,1\r\n"))
    let forward = EvaluationTableFormat.csv.write(try table(forward: true, adjoints: false))
    #expect(forward.hasPrefix("name,expression,value,tangent\r\n"))
  }

  @Test func textStandsInColumns() throws {
    let text = EvaluationTableFormat.text.write(try table(forward: false, adjoints: true))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[2].hasPrefix("Forward primal trace ↓"))
    let place = try #require(lines[2].firstIndex(of: "R"))
    let column = lines[2].distance(from: lines[2].startIndex, to: place)
    #expect(
      lines.dropFirst(3).allSatisfy { Array($0)[column - 1] == " " && Array($0)[column] != " " })
  }
}
