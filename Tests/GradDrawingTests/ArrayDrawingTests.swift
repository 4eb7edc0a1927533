import Foundation
import GradBase
import GradCore
import GradFigure
import Testing

@testable import GradDrawing

/// Arrays in every format that is text, and one step at a time.
@Suite struct ArrayDrawingTests {
  /// The reading of a small layer, its weights as a matrix and its values as heat maps.
  private func reading(_ change: (inout FigureOptions) -> Void = { _ in }) -> Reading {
    let tape = Tape()
    let w = tape.input([[1, -2], [0.5, 3]], "W")
    let x = tape.input(NumberArray([2, 30], (0..<60).map { Double($0 % 7) - 3 }), "X")
    let h = tanh(w.matmul(x) + tape.input(0.5, "b")).named("H")
    var options = FigureOptions()
    options.detail = .statements
    change(&options)
    return Reading(tape.trace(of: (h * h).mean().named("J")), options)
  }

  private func drawing(
    _ theme: Theme = .light, _ change: (inout FigureOptions) -> Void = { _ in }
  ) -> Drawing {
    let figure = Figure(reading(change))
    return Drawing(figure, Layout(inOwnOrder: figure), theme: theme)
  }

  @Test(arguments: Theme.all.indices) func svgHasArraysAsGroups(_ index: Int) throws {
    for style in Style.all {
      let svg = drawing(Theme.all[index]) { $0.style = style }.svg()
      #expect(XMLReader(svg).elements.count > 20, "\(style.name)")
      #expect(style.name == "circuit" || svg.contains("<g class=\"value array\">"))
      // Neither Arial nor Liberation Sans has the sign.
      for line in svg.split(separator: "\n") where line.contains("<text") {
        #expect(!line.contains("⊙"), "\(line)")
      }
      #expect(!svg.contains("NaN"))
    }
  }

  @Test func theSignOfAProductIsACircleAroundADot() throws {
    let line = Drawing.TextLine(
      text: "(dH ⊙ (1 − H²)) · X", anchor: Point(100, 50), size: 12, isBold: false,
      paint: .backward, kind: .label(.partial))
    let shapes = line.drawn
    #expect(shapes.count == 4)
    var (left, texts) = (-Double.infinity, [String]())
    for shape in shapes {
      switch shape {
      case .text(let part):
        #expect(part.anchor.x - part.width / 2 > left)
        left = part.anchor.x + part.width / 2
        texts.append(part.text.plain)
      case .outline(.circle(let center, let radius), _, _):
        #expect(center.x - radius > left - 4)
      default: Issue.record("\(shape)")
      }
    }
    #expect(texts == ["(dH", "(1 − H²)) · X"])
    #expect(abs(left - (line.anchor.x + line.width / 2)) < 0.01)
  }

  @Test func heatMapsHaveTheColoursOfTheirShades() {
    let svg = drawing().svg()
    for shade in [-HeatMap.shades, 1, HeatMap.shades] {
      #expect(svg.contains("fill=\"\(Theme.light.color(shade: shade))\""), "\(shade)")
    }
    // A path a shade, not a shape a cell.
    #expect(svg.components(separatedBy: "<path").count < 200)
  }

  @Test func faintHeatMapsFollowTheReadersPage() {
    let svg = drawing(.auto) { $0.focus = "b" }.svg()
    #expect(svg.contains(" .heat_"))
    #expect(svg.contains("class=\"heat_"))
  }

  @Test func jsonTikZAndDotHaveThem() throws {
    let drawing = drawing()
    let json = try JSONDocument(Array(drawing.json.utf8)).root
    #expect(json.kind == .object)
    #expect(drawing.json.contains("dW = [["))
    let tikz = drawing.tikz()
    #expect(tikz.contains("\\odot") && tikz.contains("^{\\mathsf{T}}"))
    #expect(tikz.contains("\\definecolor{gradheat"))
    let dot = drawing.figure.dot(.light)
    #expect(dot.contains("[[1, −2], [0.5, 3]]") && dot.contains("2×30"))
  }

  @Test func framesShowAnArrayWhenItIsKnown() throws {
    let reading = reading()
    let frames = Frames(drawing(), reading.steps)
    func arrays(_ position: Int) -> [String] {
      frames.drawing(at: position).parts.flatMap(\.shapes).compactMap {
        if case .array(let array) = $0 { String(array.line.plain.prefix(2)) } else { nil }
      }
    }
    // W and X; then H; then the derivatives from the output back.
    #expect(arrays(0).count == 2)
    #expect(arrays(1).count == 3)
    #expect(arrays(frames.frames.count - 1).count == 6)
    #expect(!arrays(2).contains("dW"))
  }

  @Test func nothingLeavesItsBox() {
    for direction in FigureOptions.Direction.allCases {
      for part in drawing(.light, { $0.direction = direction }).parts {
        guard case .node = part.owner, let box = part.box else { continue }
        for case .array(let array) in part.shapes {
          #expect(array.box.origin.x >= box.origin.x && array.box.maxX <= box.maxX)
          #expect(array.box.origin.y >= box.origin.y && array.box.maxY <= box.maxY)
        }
      }
    }
  }
}
