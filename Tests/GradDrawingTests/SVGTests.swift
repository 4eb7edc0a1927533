import Foundation
import GradFigure
import Testing

@testable import GradDrawing

@Suite struct SVGTests {
  private func svg(_ drawing: Drawing, prefix: String? = nil) -> String {
    drawing.svg(idPrefix: prefix)
  }

  private func elements(_ drawing: Drawing) throws -> [Element] {
    let reader = XMLReader(svg(drawing))
    #expect(reader.error == nil)
    return reader.elements
  }

  /// Every kind of figure the writer meets.
  static let kinds: [(style: Style, theme: Theme, direction: FigureOptions.Direction)] =
    Style.all.flatMap { style in
      Theme.all.flatMap { theme in
        FigureOptions.Direction.allCases.map { (style, theme, $0) }
      }
    }

  private func drawing(kind index: Int) throws -> Drawing {
    let kind = Self.kinds[index]
    let program = "theta1 = 2; x_out = theta1 ** 2; y = sigmoid(x_out) * theta1 / 0"
    return try GradDrawingTests.drawing(program, theme: kind.theme) {
      ($0.style, $0.direction, $0.hasLegend) = (kind.style, kind.direction, true)
      ($0.title, $0.focus) = ("A title & more", "x_out")
    }
  }

  @Test func whatADeadReLUStopsIsFaintInACircuitToo() throws {
    let drawing = try GradDrawingTests.drawing("x = 1; y = relu(2 - 3*x) + x") {
      $0.style = .circuit
    }
    let dead = drawing.figure.edges.indices.filter { drawing.figure.edges[$0].isBackwardFaded }
    #expect(!dead.isEmpty)
    for part in drawing.parts {
      switch part.owner {
      case .forward(let edge), .label(let edge, .derivative):
        #expect((part.tone == .faded) == dead.contains(edge))
      case .label(_, .value): #expect(part.tone == .full)
      default: break
      }
    }
  }

  /// Fonts put a mark beside a Greek letter; here it is a line over the middle of it.
  @Test(arguments: ["\u{302}", "\u{303}", "\u{304}", "\u{307}"])
  func aMarkStandsOverItsGreekLetter(_ mark: String) throws {
    var line = Drawing.TextLine(
      text: MathText("dσ\(mark) = 3"), anchor: Point(100, 50), size: 20, isBold: false,
      paint: .ink, kind: .caption)
    let shapes = line.drawn
    guard case .text(let text)? = shapes.first, case .outline(let outline, _, _)? = shapes.last
    else { throw CocoaError(.featureUnsupported) }
    #expect(text.text.plain == "dσ = 3" && text.width == line.width && shapes.count == 2)
    let middle: Double
    switch outline {
    case .circle(let center, _): middle = center.x
    case .path(let path):
      let ends = path.steps.compactMap { step -> Double? in
        switch step {
        case .move(let point), .line(let point), .curve(_, _, let point): point.x
        case .close: nil
        }
      }
      middle = ((ends.min() ?? 0) + (ends.max() ?? 0)) / 2
    case .box: middle = 0
    }
    let left = 100 - line.width / 2 + FontMetrics.width(of: "d", size: 20)
    #expect(abs(middle - left - FontMetrics.width(of: "σ", size: 20) / 2) < 0.01)
    line.text = MathText("ŷ = p\(mark)")
    #expect(line.drawn == [.text(line)])
  }

  @Test(arguments: kinds.indices)
  func isInTheSubsetThatAllRenderersDraw(_ kind: Int) throws {
    let text = try svg(drawing(kind: kind))
    for word in [
      "<!DOCTYPE", "<script", "foreignObject", "textLength", "rgba", "transparent", "href", "url(",
      "<image", "<use", "@import", "&nbsp;", "NaN,", "inf",
    ] where word != "inf" || !text.contains("infinity") {
      #expect(!text.contains(word), "\(word)")
    }
    let allowed: Set = [
      "svg", "title", "desc", "style", "rect", "g", "path", "circle", "text", "tspan",
    ]
    for element in try elements(drawing(kind: kind)) {
      #expect(allowed.contains(element.name))
      for name in ["fill", "stroke"] {
        guard let value = element.attributes[name] else { continue }
        #expect(value == "none" || isColour(value), "\(name)=\(value)")
      }
      // The root says what it does not inherit from a page.
      #expect((element.attributes["style"] != nil) == (element.name == "svg"))
    }
  }

  private func isColour(_ text: String) -> Bool {
    text.count == 7 && text.hasPrefix("#") && UInt32(text.dropFirst(), radix: 16) != nil
  }

  @Test(arguments: kinds.indices)
  func idsAreOrdinalsAndUnique(_ kind: Int) throws {
    let elements = try elements(drawing(kind: kind))
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let prefix = try #require(ids.first)
    for id in ids.dropFirst() {
      #expect(id.hasPrefix(prefix + "_"))
      #expect(!id.contains("-"))
    }
    let nodes = ids.filter { $0.hasPrefix(prefix + "_n") }
    #expect(nodes == nodes.indices.map { "\(prefix)_n\($0 + 1)" })
  }

  @Test func thePrefixTellsFiguresApart() throws {
    let first = try svg(GradDrawingTests.drawing(lecture))
    #expect(first == (try svg(GradDrawingTests.drawing(lecture))))
    let others = try [
      svg(GradDrawingTests.drawing("a=5; b=3; c=2; u=b*c; v=a+u; J=4*v")),
      svg(GradDrawingTests.drawing(lecture, theme: .dark)),
      svg(GradDrawingTests.drawing(lecture) { $0.direction = .down }),
    ]
    let prefixes = try ([first] + others).map { text in
      try #require(XMLReader(text).elements.first?.attributes["id"])
    }
    #expect(Set(prefixes).count == 4)
    let chosen = try XMLReader(svg(GradDrawingTests.drawing(lecture), prefix: "fig7")).elements
    #expect(chosen[0].attributes["id"] == "fig7")
    #expect(chosen.compactMap { $0.attributes["id"] }.allSatisfy { $0.hasPrefix("fig7") })
  }

  @Test func saysInWordsWhatItShows() throws {
    let drawing = try GradDrawingTests.drawing(lecture)
    let elements = try elements(drawing)
    let root = elements[0]
    #expect(root.attributes["role"] == "img")
    let ids = try #require(root.attributes["aria-labelledby"]).split(separator: " ").map(
      String.init)
    let named = ids.compactMap { id in elements.first { $0.attributes["id"] == id } }
    #expect(named.map(\.name) == ["title", "desc"])
    #expect(named.map(\.text) == [drawing.figure.heading, drawing.figure.summary])
    #expect(
      root.attributes["viewBox"]
        == "0 0 \(coordinateText(drawing.size.width)) \(coordinateText(drawing.size.height))")
    #expect(root.attributes["width"] == "\(coordinateText(drawing.size.width))px")
  }

  @Test func nodesAndEdgesSayWhatIsPrinted() throws {
    let elements = try elements(GradDrawingTests.drawing(lecture))
    let nodes = elements.filter { $0.classes.first == "node" }
    #expect(nodes.map { $0.attributes["data-name"] } == ["a", "b", "c", "u", "v", "J"])
    #expect(nodes.map { $0.attributes["data-value"] } == ["5", "3", "2", "6", "11", "33"])
    #expect(nodes.map { $0.attributes["data-derivative"] } == ["3", "6", "9", "3", "3", "1"])
    #expect(
      nodes.map { $0.classes[1] } == [
        "input", "input", "input", "operation", "operation", "output",
      ])
    let backward = elements.filter { $0.classes.starts(with: ["edge", "backward"]) }
    #expect(backward.map { $0.attributes["data-partial"] } == ["2", "3", "1", "1", "3"])
    #expect(elements.filter { $0.classes.starts(with: ["edge", "forward"]) }.count == 5)
    for part in elements where ["node", "edge"].contains(part.classes.first) {
      #expect(
        elements.contains { $0.name == "title" && part.text.hasPrefix($0.text) && !$0.text.isEmpty }
      )
      #expect(part.classes.contains { $0.hasPrefix("step-") })
    }
  }

  @Test func everyLineOfTextIsThere() throws {
    let drawing = try drawing(kind: 0)
    let texts = try elements(drawing).filter { $0.name == "text" }
    let lines = drawing.parts.flatMap { part in
      part.shapes.compactMap { shape -> Drawing.TextLine? in
        if case .text(let line) = shape { line } else { nil }
      }
    }
    #expect(texts.map(\.text) == lines.map { $0.text.runs.map(\.text).joined() })
    for (text, line) in zip(texts, lines) {
      // Several words or levels begin where the first does; one alone stands around the middle.
      let isAlone = line.text.runs.count == 1 && !line.text.plain.contains(" ")
      let x = isAlone ? line.anchor.x : line.anchor.x - line.width / 2
      #expect(text.attributes["x"] == coordinateText(x))
      #expect(text.attributes["text-anchor"] == (isAlone ? "middle" : nil))
      #expect(text.attributes["y"] == coordinateText(line.anchor.y))
      #expect(text.attributes["font-size"] == coordinateText(line.size))
    }
  }

  /// CairoSVG rounds the width of every letter, so that each word has its place; a script fills whole runs.
  @Test func everyWordHasItsPlace() throws {
    let drawing = try GradDrawingTests.drawing(lecture)
    let line = try #require(
      drawing.parts.lazy.flatMap(\.shapes).compactMap { shape -> Drawing.TextLine? in
        if case .text(let line) = shape, line.text.plain == "u = b·c" { line } else { nil }
      }.first)
    let left = line.anchor.x - line.width / 2
    func place(of start: String) -> String {
      let width = FontMetrics.width(of: start, size: line.size, bold: line.isBold)
      return " x=\"\(coordinateText(left + width))\""
    }
    let words =
      "<tspan>u</tspan> <tspan\(place(of: "u "))>=</tspan> <tspan\(place(of: "u = "))>b·c</tspan>"
    let live = String(decoding: drawing.svgBytes(isLive: true), as: UTF8.self)
    #expect(svg(drawing).contains(">\(words)</text>"))
    #expect(live.contains(">u = b·c</text>") && !live.contains("<tspan>"))
  }

  @Test(arguments: [
    "a<b>&\"'c", "]]>", "\u{1}\u{7}\u{1B}[0m", "\u{FFFE}\u{FFFF}", "שלום", "\u{202E}abc", "損失函数",
    "<script>alert(1)</script>", "--", "𝔼x", "line\nbreak\ttab", "\u{85}\u{9F}",
  ])
  func anyNameIsEscaped(_ name: String) throws {
    let trace = record(named: name)
    let drawing = Drawing(
      Figure(Reading(trace)), Layout(inOwnOrder: Figure(Reading(trace))), theme: .light)
    let reader = XMLReader(svg(drawing))
    #expect(reader.error == nil)
    #expect(!reader.elements.contains { $0.name == "script" })
    let kept = String(
      String.UnicodeScalarView(
        name.unicodeScalars.filter {
          $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\t"
        }.filter { $0 != "\u{FFFE}" && $0 != "\u{FFFF}" }))
    let printed = reader.elements.first { $0.classes.first == "title" }?.text
    #expect(
      printed?.filter { $0 != "\n" && $0 != "\t" } == kept.filter { $0 != "\n" && $0 != "\t" })
  }

  @Test func onlyThemesWithADarkHalfHaveAStyleSheet() throws {
    #expect(try !svg(GradDrawingTests.drawing(lecture)).contains("<style"))
    let auto = try svg(GradDrawingTests.drawing(lecture, theme: .auto))
    let style = try #require(XMLReader(auto).elements.first { $0.name == "style" }).text
    #expect(style.hasPrefix("@media (prefers-color-scheme:dark){"))
    let prefix = try #require(XMLReader(auto).elements.first?.attributes["id"])
    for paint in [Paint.ink, .forward, .backward, .line, .paper] {
      #expect(style.contains(Theme.dark[paint]))
    }
    // Every rule is for this figure alone, and every class that an element has is ruled.
    #expect(style.components(separatedBy: "#\(prefix) .").count > 10)
    let classes = Set(
      XMLReader(auto).elements.flatMap(\.classes).filter {
        $0.hasPrefix("fill_") || $0.hasPrefix("stroke_")
      })
    #expect(!classes.isEmpty)
    for name in classes { #expect(style.contains("#\(prefix) .\(name){")) }
  }

  @Test func theBackgroundCanBeLeftOut() throws {
    let with = try elements(GradDrawingTests.drawing(lecture)).filter { $0.name == "rect" }
    let without = try elements(GradDrawingTests.drawing(lecture, hasBackground: false))
    #expect(with.count == 1)
    #expect(without.allSatisfy { $0.name != "rect" })
  }

  @Test func dashesTellTheFlowsApartInPrint() throws {
    let elements = try elements(GradDrawingTests.drawing(lecture, theme: .print))
    #expect(elements.filter { $0.attributes["stroke-dasharray"] != nil }.count == 5)
  }
}
