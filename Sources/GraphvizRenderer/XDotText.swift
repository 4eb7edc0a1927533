import GradDrawing
import GradFigure

/// A drawing in Graphviz's own drawing language, xdot: what `_background` takes, and so what all of
/// Graphviz's renderers can draw.
///
/// <https://graphviz.org/docs/outputs/canon/#xdot>; y points up.
struct XDotText {
  private(set) var text = ""
  private let drawing: Drawing
  private var tone = Tone.full
  /// How far above its anchor the renderer draws a line, in em.
  private let drop: Double

  init(_ drawing: Drawing, drop: Double) {
    self.drawing = drawing
    self.drop = drop
    if drawing.hasBackground {
      let size = drawing.size
      pen("C", .paper)
      pen("c", .paper)
      points(
        "P",
        [
          Point(0, 0), Point(size.width, 0), Point(size.width, size.height), Point(0, size.height),
        ])
    }
    for part in drawing.parts {
      tone = part.tone
      for shape in part.shapes { add(shape) }
    }
  }

  private mutating func add(_ shape: Drawing.Shape) {
    switch shape {
    case .outline(.path(let path), let fill, let stroke):
      style(fill, stroke)
      outline(path, isFilled: fill != nil)
    case .outline(.box(let box, let radius), let fill, let stroke):
      style(fill, stroke)
      outline(Drawing.Path(box, radius: radius), isFilled: fill != nil)
    case .outline(.circle(let center, let radius), let fill, let stroke):
      style(fill, stroke)
      text += "\(fill == nil ? "e" : "E") \(pair(center)) \(radius) \(radius) "
    case .text(let line): add(line)
    }
  }

  private mutating func style(_ fill: Paint?, _ stroke: Drawing.Stroke?) {
    if let fill { pen("C", fill) }
    if let paint = stroke?.paint ?? fill { pen("c", paint) }
    string("S -", "setlinewidth(\(stroke?.width ?? 0))")
    string("S -", stroke?.isDashed == true ? "dashed" : "solid")
  }

  /// A path as one Bézier chain where it has curves, else as a polygon or a polyline.
  private mutating func outline(_ path: Drawing.Path, isFilled: Bool) {
    var chain: [Point] = []
    var corners: [Point] = []
    var hasCurves = false
    var isClosed = false
    for step in path.steps {
      switch step {
      case .move(let point):
        chain = [point]
        corners = [point]
      case .line(let point):
        if let last = chain.last { chain += [last, point, point] }
        corners.append(point)
      case .curve(let a, let b, let c):
        chain += [a, b, c]
        corners.append(c)
        hasCurves = true
      case .close: isClosed = true
      }
    }
    if hasCurves {
      points(isFilled ? "b" : "B", chain)
    } else if isClosed {
      points(isFilled ? "P" : "p", corners)
    } else {
      points("L", corners)
    }
  }

  /// Each run in its own size, in pieces that stand where our own widths put them.
  private mutating func add(_ line: Drawing.TextLine) {
    let (starts, width) = line.text.placed(size: line.size, bold: line.isBold)
    for (run, start) in zip(line.text.runs, starts) {
      pen("c", run.level == .tag ? .muted : line.paint)
      let size = line.size * run.level.scale
      let y = drawing.size.height - (line.anchor.y - start.rise) - drop * size
      string("F \(size)", line.isBold ? "Liberation Sans,Arial Bold" : "Liberation Sans,Arial")
      let pieces = HintedPieces(Self.clean(run.text), size: size, bold: line.isBold)
      let left = line.anchor.x - width / 2 + start.x
      for piece in pieces.all {
        string("T \(left + piece.offset) \(y) -1 \(piece.width)", piece.text)
      }
    }
  }

  private mutating func pen(_ operation: String, _ paint: Paint) {
    string(operation, drawing.theme.color(paint, tone))
  }

  /// An operation whose last argument is a string, with its length in bytes.
  private mutating func string(_ operation: String, _ argument: String) {
    let operation = operation.hasSuffix("-") ? String(operation.dropLast(2)) : operation
    text += "\(operation) \(argument.utf8.count) -\(argument) "
  }

  private mutating func points(_ operation: String, _ points: [Point]) {
    text += "\(operation) \(points.count) " + points.map(pair).joined(separator: " ") + " "
  }

  private func pair(_ point: Point) -> String { "\(point.x) \(drawing.size.height - point.y)" }

  /// Without control characters, which pango draws as boxes.
  private static func clean(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}
