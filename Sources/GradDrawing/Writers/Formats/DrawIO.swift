import GradBase
import GradFigure

extension Drawing {
  /// A diagram for draw.io, with everything where it is in SVG.
  ///
  /// A node is a box that holds its texts; edges end at boxes and move with them, and labels with edges.
  /// What nodes and edges explain are tooltips. Not compressed, so that versions can be compared.
  public var drawio: String {
    var writer = DrawIOWriter(self)
    let cells = writer.cells()
    let (width, height) = (coordinateText(size.width), coordinateText(size.height))
    let paper = hasBackground ? " background=\"\(theme[.paper])\"" : ""
    return """
      <mxfile host="graphviz-grad" compressed="false">
      <diagram id="figure" name="\(XML.attribute(heading))">
      <mxGraphModel grid="0" guides="1" tooltips="1" connect="1" arrows="1" fold="1" page="1" \
      pageScale="1" pageWidth="\(width)" pageHeight="\(height)" math="0" shadow="0"\(paper)>
      <root>
      <mxCell id="0"/>
      <mxCell id="1" parent="0"/>
      \(cells.joined(separator: "\n"))
      </root>
      </mxGraphModel>
      </diagram>
      </mxfile>

      """
  }
}

/// Writes one drawing as cells of draw.io.
private struct DrawIOWriter {
  private let drawing: Drawing
  private let figure: Figure
  /// The room of each node, to which edges are tied.
  private var boxes: [Int: Rect] = [:]
  /// The ids of the lines of edges, with their points.
  private var lines: [String: [Point]] = [:]
  private var count = 0

  init(_ drawing: Drawing) {
    self.drawing = drawing
    figure = drawing.figure
    for part in drawing.parts {
      if case .node(let index) = part.owner { boxes[index] = Self.room(of: part) }
    }
  }

  /// The outline of a node, else all of its room.
  private static func room(of part: Drawing.Part) -> Rect? {
    switch part.shapes.first {
    case .outline(.box(let box, _), _, _): return box
    case .outline(.circle(let center, let radius), _, _):
      return Rect(center: center, size: Size(width: 2 * radius, height: 2 * radius))
    default: return part.box
    }
  }

  /// Everything, from back to front.
  mutating func cells() -> [String] {
    // A line may only be tied to a box that is there already, so that lines are written after it; they
    // are behind it all the same, where nothing of them is inside.
    let order: [(Drawing.Part) -> Bool] = [
      { if case .callBox = $0.owner { true } else { false } },
      { if case .table = $0.owner { true } else { false } },
      { if case .node = $0.owner { true } else { false } },
      { [self] in isLine($0) || isLabel($0) },
    ]
    var rest = drawing.parts
    var cells: [String] = []
    for belongs in order {
      for part in rest where belongs(part) { cells += self.cells(of: part) }
      rest.removeAll(where: belongs)
    }
    for part in rest { cells += self.cells(of: part) }
    return cells
  }

  private func isLine(_ part: Drawing.Part) -> Bool {
    switch part.owner {
    case .forward, .backward: true
    default: false
    }
  }

  private func isLabel(_ part: Drawing.Part) -> Bool {
    if case .label = part.owner { true } else { false }
  }

  private mutating func newID() -> String {
    count += 1
    return "s\(count)"
  }

  // MARK: Parts

  private mutating func cells(of part: Drawing.Part) -> [String] {
    switch part.owner {
    case .node(let index):
      guard let box = boxes[index] else { return [] }
      return group("n\(index + 1)", part, box)
    case .forward(let index): return [edge("f\(index + 1)", index, part)]
    case .backward(let index): return [edge("e\(index + 1)", index, part)]
    case .label(let index, let kind):
      let line = kind == .value || kind == .shape ? "f\(index + 1)" : "e\(index + 1)"
      if let label = label(part, at: lines[line] == nil ? "f\(index + 1)" : line) { return [label] }
      return part.box.map { group(newID(), part, $0) } ?? []
    case .callBox, .table, .number, .outline, .caption, .note, .legend, .sentence, .curve:
      return shapes(part.shapes, part, in: "1", at: Point(0, 0))
    }
  }

  /// A box with everything that stands in it.
  private mutating func group(_ id: String, _ part: Drawing.Part, _ box: Rect) -> [String] {
    var rest = part.shapes[...]
    var style = "fillColor=none;strokeColor=none;"
    if case .outline(let outline, let fill, let stroke)? = rest.first {
      switch outline {
      case .box(_, let radius):
        style = "rounded=1;absoluteArcSize=1;arcSize=\(coordinateText(2 * radius));"
        style += paints(fill, stroke, part.tone)
        rest = rest.dropFirst()
      case .circle:
        style = "ellipse;aspect=fixed;" + paints(fill, stroke, part.tone)
        rest = rest.dropFirst()
      case .path: break
      }
    }
    style += "container=1;collapsible=0;recursiveResize=0;html=1;"
    let cell = vertex(id, style, box, tooltip: part.tooltip)
    return [cell] + shapes(Array(rest), part, in: id, at: box.origin)
  }

  // MARK: Edges

  private mutating func edge(_ id: String, _ index: Int, _ part: Drawing.Part) -> String {
    guard let way = part.way else { return "" }
    let edge = figure.edges[index]
    let points = DrawIOPath.points(of: way)
    lines[id] = points
    var (from, to) = (edge.source, edge.target)
    if let first = boxes[from], let second = boxes[to],
      DrawIOPath.distance(way.start, second) < DrawIOPath.distance(way.start, first)
    {
      (from, to) = (to, from)
    }
    var style = "edgeStyle=none;rounded=0;html=1;endArrow=block;endFill=1;endSize=6;"
    if points.count > 2 { style += "curved=1;" }
    if case .outline(_, _, let stroke?)? = part.shapes.first {
      style += paints(nil, stroke, part.tone).replacingFirst("fillColor=none;", with: "")
    }
    var ends = ""
    for (name, node, point) in [("exit", from, way.start), ("entry", to, way.end)] {
      guard let box = boxes[node] else { continue }
      let x = (point.x - box.origin.x) / max(box.size.width, 1)
      let y = (point.y - box.origin.y) / max(box.size.height, 1)
      style += "\(name)X=\(DrawIOPath.share(x));\(name)Y=\(DrawIOPath.share(y));\(name)Perimeter=0;"
      ends += " \(name == "exit" ? "source" : "target")=\"n\(node + 1)\""
    }
    return wrapped(
      id, part.tooltip,
      "style=\"\(style)\" edge=\"1\" parent=\"1\"\(ends)",
      DrawIOPath.geometry(points))
  }

  /// A text that moves with a line; `nil` for what is more than a text.
  private func label(_ part: Drawing.Part, at id: String) -> String? {
    guard let points = lines[id], let box = part.box,
      case .text(let line)? = part.shapes.last, part.shapes.count <= 2
    else { return nil }
    var plate: Paint?
    if part.shapes.count == 2 {
      guard case .outline(.box, let fill, nil) = part.shapes[0] else { return nil }
      plate = fill
    }
    let (place, share) = DrawIOPath.nearest(to: box.center, on: points)
    let offset = box.center - place
    // The ground of a text is as high as its line, so that one beside a wire would cover the wire.
    if abs(offset.y) > line.size / 2 || abs(offset.x) > line.width / 2 { plate = nil }
    let back = plate.map { "labelBackgroundColor=\(drawing.theme.color($0));" } ?? ""
    let style = "edgeLabel;resizable=0;points=[];\(back)\(text(line, part.tone))"
    let geometry =
      "<mxGeometry x=\"\(DrawIOPath.share(2 * share - 1))\" relative=\"1\" as=\"geometry\">"
      + "<mxPoint x=\"\(coordinateText(offset.x))\" y=\"\(coordinateText(offset.y))\" as=\"offset\"/>"
      + "</mxGeometry>"
    return "<mxCell id=\"\(id)-\(kind(of: line))\" value=\"\(html(line.text))\" style=\"\(style)\" "
      + "vertex=\"1\" connectable=\"0\" parent=\"\(id)\">\(geometry)</mxCell>"
  }

  private func kind(of line: Drawing.TextLine) -> String {
    if case .label(let kind) = line.kind { kind.rawValue } else { "text" }
  }

  // MARK: Shapes

  private mutating func shapes(
    _ shapes: [Drawing.Shape], _ part: Drawing.Part, in parent: String, at origin: Point
  ) -> [String] {
    var cells: [String] = []
    for (index, shape) in shapes.enumerated() {
      switch shape {
      case .outline(.box(let box, let radius), let fill, let stroke):
        let corner =
          radius > 0 ? "rounded=1;absoluteArcSize=1;arcSize=\(coordinateText(2 * radius));" : ""
        cells.append(
          vertex(newID(), corner + paints(fill, stroke, part.tone), box, in: parent, at: origin))
      case .outline(.circle(let center, let radius), let fill, let stroke):
        let box = Rect(center: center, size: Size(width: 2 * radius, height: 2 * radius))
        cells.append(
          vertex(newID(), "ellipse;" + paints(fill, stroke, part.tone), box, in: parent, at: origin)
        )
      case .outline(.path(let path), let fill, let stroke):
        // The head of an arrow belongs to the line before it.
        guard let stroke else { continue }
        var hasHead = false
        if fill == nil, index + 1 < shapes.count,
          case .outline(.path, .some, nil) = shapes[index + 1]
        {
          hasHead = true
        }
        for piece in DrawIOPath.pieces(of: path) {
          cells.append(line(piece, stroke, part.tone, hasHead: hasHead, in: parent, at: origin))
        }
      case .text(let line):
        let (size, width) = (line.size, max(line.width, 1))
        // Where browsers put the middle of a line of Helvetica.
        let middle = Point(line.anchor.x, line.anchor.y - 0.3465 * size)
        let box = Rect(center: middle, size: Size(width: width, height: 1.2 * size))
        cells.append(
          vertex(
            newID(), "text;spacing=0;" + text(line, part.tone), box, html(line.text), in: parent,
            at: origin))
      case .shade(let path, let shade):
        let color = drawing.theme.color(shade: shade, part.tone)
        for box in DrawIOPath.boxes(of: path) {
          cells.append(
            vertex(newID(), "fillColor=\(color);strokeColor=none;", box, in: parent, at: origin))
        }
      case .array(let array):
        cells += self.shapes(array.shapes, part, in: parent, at: origin)
      }
    }
    return cells
  }

  private func vertex(
    _ id: String, _ style: String, _ box: Rect, _ value: String = "", tooltip: String = "",
    in parent: String = "1", at origin: Point = Point(0, 0)
  ) -> String {
    let place = box.origin - origin
    let geometry =
      "<mxGeometry x=\"\(coordinateText(place.x))\" y=\"\(coordinateText(place.y))\" "
      + "width=\"\(coordinateText(box.size.width))\" height=\"\(coordinateText(box.size.height))\" "
      + "as=\"geometry\"/>"
    let content = "style=\"\(style)\" vertex=\"1\" parent=\"\(parent)\""
    if !tooltip.isEmpty { return wrapped(id, tooltip, content, geometry) }
    return "<mxCell id=\"\(id)\" value=\"\(value)\" \(content)>\(geometry)</mxCell>"
  }

  /// A cell that says something to who asks.
  private func wrapped(
    _ id: String, _ tooltip: String, _ content: String, _ geometry: String
  ) -> String {
    if tooltip.isEmpty { return "<mxCell id=\"\(id)\" value=\"\" \(content)>\(geometry)</mxCell>" }
    return "<UserObject id=\"\(id)\" label=\"\" tooltip=\"\(XML.attribute(tooltip))\">"
      + "<mxCell \(content)>\(geometry)</mxCell></UserObject>"
  }

  private mutating func line(
    _ path: Drawing.Path, _ stroke: Drawing.Stroke, _ tone: Tone, hasHead: Bool, in parent: String,
    at origin: Point
  ) -> String {
    let points = DrawIOPath.points(of: path).map { $0 - origin }
    let head = hasHead ? "block;endFill=1;endSize=6" : "none"
    let style =
      "edgeStyle=none;rounded=0;endArrow=\(head);"
      + paints(nil, stroke, tone).replacingFirst("fillColor=none;", with: "")
    return
      "<mxCell id=\"\(newID())\" value=\"\" style=\"\(style)\" edge=\"1\" parent=\"\(parent)\">"
      + "\(DrawIOPath.geometry(points))</mxCell>"
  }

  // MARK: Styles

  private func paints(_ fill: Paint?, _ stroke: Drawing.Stroke?, _ tone: Tone) -> String {
    let theme = drawing.theme
    var style = "fillColor=\(fill.map { theme.color($0, tone) } ?? "none");"
    guard let stroke else { return style + "strokeColor=none;" }
    style += "strokeColor=\(theme.color(stroke.paint, tone));"
    style += "strokeWidth=\(coordinateText(stroke.width));"
    return stroke.isDashed ? style + "dashed=1;dashPattern=5 3;" : style
  }

  private func text(_ line: Drawing.TextLine, _ tone: Tone) -> String {
    "html=1;align=center;verticalAlign=middle;fontFamily=Helvetica;"
      + "fontSize=\(coordinateText(line.size));fontColor=\(drawing.theme.color(line.paint, tone));"
      + (line.isBold ? "fontStyle=1;" : "")
  }

  /// A text as HTML, in an attribute of XML: escaped for both.
  private func html(_ text: MathText) -> String {
    let html = text.runs.map { run in
      // Spaces at the ends stay.
      let words = XML.text(run.text).split(separator: " ", omittingEmptySubsequences: false)
        .joined(separator: "\u{A0}")
      return switch run.level {
      case .base: words
      case .raised, .transposed: "<sup>\(words)</sup>"
      case .lowered: "<sub>\(words)</sub>"
      case .tag: "<font style=\"font-size:70%\" color=\"\(drawing.theme[.muted])\">\(words)</font>"
      }
    }.joined()
    return XML.attribute(html)
  }
}

extension String {
  fileprivate func replacingFirst(_ text: String, with other: String) -> String {
    hasPrefix(text) ? other + dropFirst(text.count) : self
  }
}
