import Foundation
import GradCore
import GradFigure
import Testing

@testable import GradDrawing

@Suite struct JSONTests {
  private func object(_ drawing: Drawing) throws -> [String: Any] {
    let text = drawing.json
    #expect(text.hasSuffix("}\n"))
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
  }

  private func numbers(_ value: Any?) -> [Double] {
    (value as? [Any])?.compactMap { ($0 as? NSNumber)?.doubleValue } ?? []
  }

  @Test func theSchemaOfAFigure() throws {
    let drawing = try drawing(lecture)
    let json = try object(drawing)
    #expect(json["schema"] as? String == "graphviz-grad/figure/1")
    #expect(json["heading"] as? String == drawing.heading)
    #expect(json["summary"] as? String == drawing.summary)
    #expect(json["direction"] as? String == "right")
    #expect(json["theme"] as? String == "light")
    #expect(json["output"] as? String == "J")
    #expect(numbers(json["size"]) == [drawing.size.width, drawing.size.height])
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["id"] as? String } == ["a", "b", "c", "u", "v", "J"])
    #expect(nodes.map { ($0["value"] as? NSNumber)?.doubleValue } == [5, 3, 2, 6, 11, 33])
    #expect(nodes.map { ($0["derivative"] as? NSNumber)?.doubleValue } == [3, 6, 9, 3, 3, 1])
    #expect(nodes.map { $0["role"] as? String }.last == "output")
  }

  @Test func theGeometryIsThatOfTheDrawing() throws {
    let drawing = try drawing(lecture)
    let json = try object(drawing)
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    for (index, node) in nodes.enumerated() {
      let part = try #require(drawing.parts.first { $0.owner == .node(index) })
      let box = try #require(part.box)
      let written = numbers(node["box"])
      #expect(abs(written[0] - box.origin.x) < 0.006 && abs(written[3] - box.size.height) < 0.006)
      let rows = try #require(node["rows"] as? [[String: Any]])
      #expect(rows.map { $0["kind"] as? String } == ["title", "value", "derivative"])
      for row in rows {
        let text = numbers(row["box"])
        #expect(text[0] >= written[0] && text[0] + text[2] <= written[0] + written[2])
        #expect(text[1] >= written[1] && text[1] + text[3] <= written[1] + written[3])
      }
    }
    let edges = try #require(json["edges"] as? [[String: Any]])
    #expect(edges.count == 5)
    for (index, edge) in edges.enumerated() {
      for (key, owner) in [
        ("forward", Drawing.Owner.forward(index)), ("backward", .backward(index)),
      ] {
        let way = try #require(drawing.parts.first { $0.owner == owner }?.way)
        let points = numbers(edge[key])
        #expect(points.count == 2 * way.points.count)
        #expect(abs(points[0] - way.start.x) < 0.006 && abs((points.last ?? 0) - way.end.y) < 0.006)
      }
      #expect((edge["labels"] as? [[String: Any]])?.count == 1)
    }
    #expect(edges.map { $0["from"] as? String } == ["b", "c", "a", "u", "v"])
  }

  @Test func numbersThatJSONLacksAreStrings() throws {
    let json = try object(drawing("x = 0; y = 1 / x"))
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["value"] as? String } == [nil, "Infinity"])
  }

  @Test(arguments: ["\"quoted\\", "tab\tline\n", "שלום", "損失", "\u{1}"])
  func anyNameIsEscaped(_ name: String) throws {
    let figure = Figure(Reading(record(named: name)))
    let json = try object(Drawing(figure, Layout(inOwnOrder: figure), theme: .light))
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    #expect(nodes[0]["name"] as? String == name)
  }

  @Test func whatIsNotShownIsNotWritten() throws {
    let forward = try #require(
      object(drawing(lecture) { $0.show = .forward })["edges"] as? [[String: Any]])
    #expect(forward.allSatisfy { $0["forward"] != nil && $0["backward"] == nil })
    let backward = try #require(
      object(drawing(lecture) { $0.show = .backward })["edges"] as? [[String: Any]])
    #expect(backward.allSatisfy { $0["forward"] == nil && $0["backward"] != nil })
  }
}
