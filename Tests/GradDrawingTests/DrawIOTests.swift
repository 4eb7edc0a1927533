import GradFigure
import Testing

@testable import GradDrawing

/// Diagrams of draw.io; `Tests/Scripts/formats.py` has draw.io show them.
@Suite struct DrawIOTests {
  private func cells(_ text: String) throws -> [Element] {
    let reader = XMLReader(text)
    try #require(reader.error == nil, "\(reader.error ?? "")")
    return reader.elements.filter { ["mxCell", "UserObject"].contains($0.name) }
  }

  @Test func edgesAreTiedToBoxes() throws {
    let all = try cells(drawing(lecture).drawio)
    let ids = all.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for index in 1...6 { #expect(ids.contains("n\(index)")) }
    for index in 1...5 { #expect(ids.contains("e\(index)") && ids.contains("e\(index)-partial")) }
    let tied = all.filter { $0.attributes["source"] != nil }
    #expect(tied.count == 10)
    // Derivatives go back: as many lines lead from J as to it.
    #expect(tied.count { $0.attributes["source"] == "n6" } == 1)
    #expect(tied.count { $0.attributes["target"] == "n6" } == 1)
    for cell in all {
      for end in ["parent", "source", "target"] {
        if let other = cell.attributes[end] { #expect(ids.contains(other)) }
      }
    }
  }

  @Test(arguments: ["a\"b\\", "<u>&", "&amp;", "a;b", "שלום"])
  func anyNameIsEscapedTwice(_ name: String) throws {
    let values = try cells(Drawing(named: name).drawio).compactMap { $0.attributes["value"] }
    // An attribute holds HTML.
    let html = name.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    #expect(values.contains(html), "\(values)")
  }

  @Test func arraysAreNumbersOrShades() throws {
    let program = "W = np.array([[1.0, 2.0], [3.0, 4.0]])\nJ = np.sum(W * W)\n"
    let values = try cells(drawing(program).drawio).compactMap { $0.attributes["value"] }
    #expect(["1", "2", "3", "4", "6", "8"].allSatisfy(values.contains))
    let heat = try cells(drawing(program) { $0.arrays = .heat }.drawio)
    #expect(heat.count { $0.attributes["style"]?.hasPrefix("fillColor=#") == true } >= 4)
  }
}
