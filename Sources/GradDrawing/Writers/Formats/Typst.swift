import GradFigure

extension Drawing {
  /// A file of Typst with the figure's own coordinates, its texts set as mathematics.
  ///
  /// A document reads it by `#include`, which sets the figure as wide as there is room, or takes `graph`,
  /// `alt`, `steps` and `graph-at(step)` from it by `#import`: a slide system shows one step after another
  /// with the last. Needs Typst 0.13.
  ///
  /// - Parameter isStandalone: Whether the file is a document of one page of the figure's size.
  /// - Returns: The file.
  public func typst(isStandalone: Bool = false) -> String {
    var writer = TypstWriter(self)
    let picture = writer.picture()
    let (width, height) = (coordinateText(size.width), coordinateText(size.height))
    var lines = [Typst.comment(heading), "//"]
    if isStandalone {
      lines += [
        "// A page of the figure's size. Without --standalone the file is a part of a document.",
        "#set document(title: \(Typst.string(heading)), date: none)",
      ]
    } else {
      lines += [
        "// In a document, as wide as there is room: #include \"this file\"",
        "// Or #import \"this file\": alt, graph, graph-at, steps",
        "//   #figure(graph, caption: [...], alt: alt)",
        "//   and graph-at(n), with n from 0 to steps, for slides: what is known after n steps.",
      ]
    }
    lines += TypstWriter.definitions
    if isStandalone {
      lines.append("#set page(width: \(width) * px, height: \(height) * px, margin: 0pt)")
    }
    lines.append("#let alt = \(Typst.string(summary.isEmpty ? heading : summary))")
    lines.append("#let steps = \(writer.lastStep)")
    lines.append("#let graph-at(step) = grad-fit(grad-box(\(width), \(height), {")
    lines += writer.colors.definitions(in: theme) + picture
    lines += ["}))", "#let graph = graph-at(steps)", "#grad-figure(graph, alt)"]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Frames {
  /// A document of Typst, a page for each frame.
  public var typst: String {
    var lines = [
      Typst.comment(drawing.heading), "//", "// \(frames.count) frames, a page each.",
      "#set document(title: \(Typst.string(drawing.heading)), date: none)",
    ]
    lines += TypstWriter.definitions
    for drawing in drawings {
      // All of a frame is there at once.
      var writer = TypstWriter(drawing, isStepped: false)
      let picture = writer.picture()
      let (width, height) = (
        coordinateText(drawing.size.width), coordinateText(drawing.size.height)
      )
      lines.append(
        "#page(width: \(width) * px, height: \(height) * px, margin: 0pt, "
          + "grad-figure(grad-box(\(width), \(height), {")
      lines += writer.colors.definitions(in: drawing.theme) + picture
      lines.append("}), \(Typst.string(drawing.summary))))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Writes one drawing as Typst.
struct TypstWriter {
  private let drawing: Drawing
  private let isStepped: Bool
  private(set) var colors = TypstColors()
  /// The last step in which something appears.
  private(set) var lastStep = 0

  init(_ drawing: Drawing, isStepped: Bool = true) {
    (self.drawing, self.isStepped) = (drawing, isStepped)
  }

  /// The functions that a picture is written with; a pixel is as large as SVG has it in Typst.
  static let definitions = [
    "#let grad-words = (\"New Computer Modern\",)",
    "#let grad-math = \"New Computer Modern Math\"",
    "#let grad-bold(words) = box(text(font: grad-words, weight: \"bold\", words))",
    "#let px = 0.75pt",
    "#let grad-box(width, height, body) = box(width: width * px, height: height * px, {",
    "  set align(top + left)",
    "  set text(font: grad-words, weight: \"regular\", style: \"normal\", hyphenate: false,",
    "    ligatures: false)",
    "  show math.equation: set text(font: grad-math, weight: \"regular\")",
    "  body",
    "})",
    "// Never larger than there is room.",
    "#let grad-fit(body) = layout(room => {",
    "  let size = measure(body)",
    "  let part = calc.min(1, room.width / size.width, room.height / size.height)",
    "  if part > 0.9999 { body } else { scale(part * 100%, origin: top + left, reflow: true, body) }",
    "})",
    "// Described for readers who do not see it.",
    "#let grad-figure(body, alt) = figure(",
    "  numbering: none, outlined: false, supplement: none,",
    "  ..if sys.version >= version(0, 14, 0) { (alt: alt) } else { (:) }, body)",
    "// A text of at most a width around (x, y) on its baseline, in a size.",
    "#let say(x, y, room, size, color, body) = context {",
    "  let wide = measure(text(size: size * px, body)).width",
    "  let size = size * px * calc.min(1, room * px / calc.max(wide, 0.01pt))",
    "  let line = text(size: size, fill: color, top-edge: \"baseline\", body)",
    "  let wide = measure(line).width",
    "  place(top + left, dx: x * px - wide / 2, dy: y * px - 4 * size,",
    "    box(width: wide + px, { box(height: 4 * size); line }))",
    "}",
    "#let draw(fill, stroke, ..way) = place(top + left, curve(fill: fill, stroke: stroke, ..way))",
    "#let m(x, y) = curve.move((x * px, y * px))",
    "#let l(x, y) = curve.line((x * px, y * px))",
    "#let c(a, b, c, d, e, f) = curve.cubic("
      + "(a * px, b * px), (c * px, d * px), (e * px, f * px))",
    "#let z = curve.close(mode: \"straight\")",
    "#let frame(x, y, width, height, radius, fill, stroke) = place(top + left, dx: x * px, dy: y * px,",
    "  rect(width: width * px, height: height * px, radius: radius * px, fill: fill, stroke: stroke))",
    "#let disc(x, y, radius, fill, stroke) = place(top + left, dx: (x - radius) * px,",
    "  dy: (y - radius) * px, circle(radius: radius * px, fill: fill, stroke: stroke))",
    "#let pen(paint, thickness, dash: none) = (paint: paint, thickness: thickness * px, dash: dash)",
  ]

  /// The lines of the picture.
  mutating func picture() -> [String] {
    var body: [String] = []
    if drawing.hasBackground {
      let box = Rect(origin: Point(0, 0), size: drawing.size)
      body.append(frame(box, radius: 0, fill: colors.name(.paper), stroke: "none"))
    }
    for part in drawing.parts { body += lines(of: part) }
    return body.map { "  \($0)" }
  }

  // MARK: Parts

  private mutating func lines(of part: Drawing.Part) -> [String] {
    switch part.owner {
    case .caption, .note, .legend, .sentence, .callBox, .table, .number, .outline, .curve,
      .backward,
      .label:
      return part.shapes.flatMap { shown(part.step, shape($0, part)) }
    case .forward:
      return part.shapes.flatMap { shape($0, part) }
    case .node:
      return part.shapes.flatMap { shape -> [String] in
        switch shape {
        case .array(let array): shown(max(part.step, array.step), self.shape(shape, part))
        case .text(let line):
          shown(
            max(part.step, line.step),
            text(line, part, room: line.roomInOtherLetters))
        case .outline, .shade: shown(part.step, self.shape(shape, part))
        }
      }
    }
  }

  /// Lines that are there from `step` on.
  private mutating func shown(_ step: Int, _ lines: [String]) -> [String] {
    if step == 0 || !isStepped { return lines }
    lastStep = max(lastStep, step)
    return lines.map { "if step >= \(step) { \($0) }" }
  }

  // MARK: Shapes

  private mutating func shape(_ shape: Drawing.Shape, _ part: Drawing.Part) -> [String] {
    switch shape {
    case .outline(let outline, let fill, let stroke):
      let (fill, stroke) = (color(fill, part), pen(stroke, part))
      switch outline {
      case .box(let box, let radius):
        return [frame(box, radius: radius, fill: fill, stroke: stroke)]
      case .circle(let center, let radius):
        return ["disc(\(numbers(center)), \(coordinateText(radius)), \(fill), \(stroke))"]
      case .path(let path): return ["draw(\(fill), \(stroke), \(Self.way(path)))"]
      }
    case .text(let line):
      // Words have the paper for themselves, and labels their plate.
      let room = part.box.map { max(line.width, $0.size.width - 3) }
      return text(
        line, part,
        room: room ?? (line.kind == .legend ? line.width + 6 : drawing.size.width - 16))
    case .shade(let path, let shade):
      let color = colors.name(shade: shade, part.tone, in: drawing.theme)
      return ["draw(\(color), none, \(Self.way(path)))"]
    case .array(let array):
      return array.shapes.flatMap { shape -> [String] in
        // A number keeps to its column.
        if case .text(let line) = shape { return text(line, part, room: line.width) }
        return self.shape(shape, part)
      }
    }
  }

  private func frame(_ box: Rect, radius: Double, fill: String, stroke: String) -> String {
    "frame(\(numbers(box.origin)), \(coordinateText(box.size.width)), "
      + "\(coordinateText(box.size.height)), \(coordinateText(radius)), \(fill), \(stroke))"
  }

  private mutating func color(_ paint: Paint?, _ part: Drawing.Part) -> String {
    paint.map { colors.name($0, part.tone) } ?? "none"
  }

  /// `pen(line, 1.2)`; a forward line is faded up to the step in which its value flows.
  private mutating func pen(_ stroke: Drawing.Stroke?, _ part: Drawing.Part) -> String {
    guard let stroke else { return "none" }
    var color = colors.name(stroke.paint, part.tone)
    if case .forward = part.owner, part.step > 0, part.tone == .full, isStepped {
      lastStep = max(lastStep, part.step)
      let faded = colors.name(stroke.paint, .faded)
      color = "if step >= \(part.step) { \(color) } else { \(faded) }"
    }
    let dash = stroke.isDashed ? ", dash: (5 * px, 3 * px)" : ""
    return "pen(\(color), \(coordinateText(stroke.width))\(dash))"
  }

  /// A line of text, at most `room` wide.
  private mutating func text(
    _ line: Drawing.TextLine, _ part: Drawing.Part, room: Double
  ) -> [String] {
    if line.text.isEmpty { return [] }
    let isWords = [.caption, .note, .legend, .sentence, .curve].contains(line.kind)
    let body =
      isWords
      ? "[#(\(line.text.typstText))]" : "$\(line.text.typst(isBold: line.isBold))$"
    let face =
      !line.isBold ? body : isWords ? "strong(\(body))" : "math.bold(\(body))"
    return [
      "say(\(numbers(line.anchor)), \(coordinateText(room)), \(coordinateText(line.size)), "
        + "\(colors.name(line.paint, part.tone)), \(face))"
    ]
  }

  // MARK: Numbers

  private func numbers(_ point: Point) -> String {
    "\(coordinateText(point.x)), \(coordinateText(point.y))"
  }

  /// `m(0, 0), l(10, 0), z`.
  private static func way(_ path: Drawing.Path) -> String {
    func text(_ letter: String, _ points: Point...) -> String {
      let numbers = points.flatMap { [$0.x, $0.y] }.map(coordinateText)
      return "\(letter)(\(numbers.joined(separator: ", ")))"
    }
    return path.steps.map { step in
      switch step {
      case .move(let a): text("m", a)
      case .line(let a): text("l", a)
      case .curve(let a, let b, let c): text("c", a, b, c)
      case .close: "z"
      }
    }.joined(separator: ", ")
  }
}
