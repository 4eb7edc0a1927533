import GradBase
import GradCore
import GradFigure

extension Drawing {
  /// The drawing in the static part of SVG 1.1 that browsers, librsvg, resvg, CairoSVG and Inkscape draw
  /// alike.
  ///
  /// - Parameter idPrefix: What ids begin with; `nil` for a hash of the drawing.
  /// - Returns: The file.
  public func svg(idPrefix: String? = nil) -> String {
    var writer = SVGWriter(self, idPrefix: idPrefix)
    return writer.text()
  }
}

/// Writes one drawing as SVG.
struct SVGWriter {
  /// What ids begin with.
  let prefix: String
  /// Whether style sheets are written.
  var hasStyle = true
  private let drawing: Drawing
  private var usedIDs: Set<String> = []

  init(_ drawing: Drawing, idPrefix: String?) {
    self.drawing = drawing
    prefix = idPrefix ?? "g" + SVGWriter.hash(of: drawing)
  }

  /// What makes parts of a drawing come and go.
  struct Visibility {
    /// The rules that a page with dark colours and the like needs, between the tags of a style sheet.
    var style: String?
    /// The height that the picture may take, where it is to be as wide as the page lets it.
    var maxHeight: Int?
    /// The lines of a part, in what makes it visible in the frames at some positions alone.
    var wrap: (_ frames: Range<Int>, _ lines: [String]) -> [String]
  }

  /// The file; parts that only some frames show are shown by `visibility`.
  mutating func text(by visibility: Visibility? = nil) -> String {
    let (width, height) = (
      coordinateText(drawing.size.width), coordinateText(drawing.size.height)
    )
    let size =
      visibility?.maxHeight.map { "width=\"100%\" style=\"max-height:\($0)px\"" }
      ?? "width=\"\(width)px\" height=\"\(height)px\""
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\(prefix)\" \(size) "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
        + "aria-labelledby=\"\(prefix)_title \(prefix)_desc\" "
        + "font-family=\"Arial, 'Liberation Sans', Helvetica, sans-serif\">",
      "<title id=\"\(prefix)_title\">\(XML.text(drawing.heading))</title>",
      "<desc id=\"\(prefix)_desc\">\(XML.text(drawing.summary))</desc>",
    ]
    let rules = [themeStyle, visibility?.style].compactMap(\.self)
    if hasStyle, !rules.isEmpty { lines.append("<style>\(rules.joined())</style>") }
    if drawing.hasBackground {
      lines.append(
        "<rect width=\"\(width)\" height=\"\(height)\"\(paints(.paper, nil, .full))/>")
    }
    for part in drawing.parts {
      if let frames = part.frames, let visibility {
        lines += visibility.wrap(frames, element(of: part))
      } else {
        lines += element(of: part)
      }
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Parts

  private mutating func element(of part: Drawing.Part) -> [String] {
    var opening = "<g\(id(of: part)) class=\"\(classes(of: part))\""
    for (key, value) in part.data { opening += " data-\(key.rawValue)=\"\(XML.attribute(value))\"" }
    opening += ">"
    if !part.explanation.isEmpty { opening += "<title>\(XML.text(part.tooltip))</title>" }
    return [opening] + part.shapes.map { element(of: $0, part.tone) } + ["</g>"]
  }

  /// The id of a part; none for what is the same part again in other frames.
  private mutating func id(of part: Drawing.Part) -> String {
    let name: String
    switch part.owner {
    case .node(let index): name = "n\(index + 1)"
    case .forward(let index): name = "f\(index + 1)"
    case .backward(let index): name = "e\(index + 1)"
    case .callBox(let index): name = "c\(index + 1)"
    case .table(let index): name = "t\(index + 1)"
    case .label, .number, .outline, .caption, .note, .legend, .sentence: return ""
    }
    if part.frames != nil, !usedIDs.insert(name).inserted { return "" }
    return " id=\"\(prefix)_\(name)\""
  }

  /// What a part is, in words for style sheets: `node input step-0`.
  private func classes(of part: Drawing.Part) -> String {
    let figure = drawing.figure
    switch part.owner {
    case .node(let index):
      let node = figure.nodes[index]
      return "node \(node.role.rawValue) step-\(node.step)\(node.isMarked ? " not-finite" : "")"
        + (node.isRepeated ? " repeated" : "")
    case .forward: return "edge forward step-\(part.step)"
    case .backward:
      return "edge \(figure.mode == .forward ? "tangent" : "backward") step-\(part.step)"
    case .label(let index, let kind):
      let isBlank = figure.edges[index].labels.contains { $0.kind == kind && $0.content.isBlank }
      return "label \(kind.rawValue)\(isBlank ? " blank" : "") step-\(part.step)"
    case .number: return "number step-\(part.step)"
    case .outline: return "outline"
    case .callBox: return "frame"
    case .table: return "table"
    case .caption: return "caption"
    case .note: return "note"
    case .legend: return "legend"
    case .sentence: return "sentence"
    }
  }

  /// What a text is, in a word for style sheets.
  private func name(of kind: Drawing.TextLine.Kind) -> String {
    switch kind {
    case .cell(let kind): kind.rawValue
    case .label(let kind): kind.rawValue
    case .callTitle: "frame"
    case .heading: "heading"
    case .caption: "caption"
    case .note: "note"
    case .legend: "legend"
    case .sentence: "sentence"
    }
  }

  private func element(of shape: Drawing.Shape, _ tone: Tone) -> String {
    switch shape {
    case .outline(.path(let path), let fill, let stroke):
      "<path d=\"\(outline(path))\"\(paints(fill, stroke, tone))/>"
    case .outline(.box(let box, let radius), let fill, let stroke):
      "<path d=\"\(outline(Drawing.Path(box, radius: radius)))\"\(paints(fill, stroke, tone))/>"
    case .outline(.circle(let center, let radius), let fill, let stroke):
      "<circle cx=\"\(coordinateText(center.x))\" cy=\"\(coordinateText(center.y))\" "
        + "r=\"\(coordinateText(radius))\"\(paints(fill, stroke, tone))/>"
    case .text(let line): element(of: line, tone)
    }
  }

  private func outline(_ path: Drawing.Path) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(40 * path.steps.count)
    func add(_ letter: Unicode.Scalar, _ point: Point) {
      bytes.append(UInt8(ascii: letter))
      bytes.append(coordinate: point.x)
      bytes.append(UInt8(ascii: ","))
      bytes.append(coordinate: point.y)
    }
    for step in path.steps {
      switch step {
      case .move(let a): add("M", a)
      case .line(let a): add("L", a)
      case .curve(let a, let b, let c):
        add("C", a)
        add(" ", b)
        add(" ", c)
      case .close: bytes.append(UInt8(ascii: "Z"))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A line is one run around its middle.
  ///
  /// One of several levels is a run a level, each at the place that our own widths give it, because
  /// renderers differ in how they centre such lines.
  private func element(of line: Drawing.TextLine, _ tone: Tone) -> String {
    let runs = line.text.runs
    let isPlain =
      runs.count == 1 && runs[0].level == .base && Self.unkerned(runs[0].text).count == 1
    let weight = line.isBold ? " font-weight=\"bold\"" : ""
    let x = isPlain ? line.anchor.x : line.anchor.x - line.width / 2
    let opening =
      "<text class=\"\(name(of: line.kind))\(themeClass("fill", line.paint, tone))\" "
      + "x=\"\(coordinateText(x))\" y=\"\(coordinateText(line.anchor.y))\" "
      + (isPlain ? "text-anchor=\"middle\" " : "")
      + "font-size=\"\(coordinateText(line.size))\"\(weight) "
      + "fill=\"\(drawing.theme.color(line.paint, tone))\">"
    return opening + (isPlain ? XML.text(runs[0].text) : text(of: line, from: x, tone)) + "</text>"
  }

  /// A run in pieces that all renderers draw equally wide: some move a 1 nearer to a 1 before it, as
  /// the only digits, and others do not.
  private static func unkerned(_ text: String) -> [String] {
    var pieces: [String] = [""]
    for letter in text {
      if letter == "1", pieces[pieces.count - 1].last == "1" { pieces.append("") }
      pieces[pieces.count - 1].append(letter)
    }
    return pieces
  }

  /// The runs of a line that begins at `left`; spaces stand between them, where none is drawn.
  private func text(of line: Drawing.TextLine, from left: Double, _ tone: Tone) -> String {
    let starts = line.text.placed(size: line.size, bold: line.isBold).starts
    var spans = ""
    for (run, start) in zip(line.text.runs, starts) {
      let size = line.size * run.level.scale
      func width(_ text: some StringProtocol) -> Double {
        FontMetrics.width(of: text, size: size, bold: line.isBold)
      }
      let y = coordinateText(line.anchor.y - start.rise)
      var own = run.level == .base ? "" : " font-size=\"\(coordinateText(size))\""
      if run.level == .tag {
        let name = themeClass("fill", .muted, tone).dropFirst()
        own +=
          (name.isEmpty ? "" : " class=\"\(name)\"")
          + " fill=\"\(drawing.theme.color(.muted, tone))\""
      }
      var x = left + start.x
      for piece in Self.unkerned(run.text) {
        let letters = piece.drop { $0 == " " }
        let spaces = piece.prefix(piece.count - letters.count)
        let place = "x=\"\(coordinateText(x + width(spaces)))\" y=\"\(y)\""
        x += width(piece)
        spans += "\(spaces)<tspan \(place)\(own)>\(XML.text(String(letters)))</tspan>"
      }
    }
    return spans
  }

  // MARK: Colours

  private func paints(_ fill: Paint?, _ stroke: Drawing.Stroke?, _ tone: Tone) -> String {
    var classes = ""
    var attributes = ""
    if let fill {
      classes += themeClass("fill", fill, tone)
      attributes += " fill=\"\(drawing.theme.color(fill, tone))\""
    } else {
      attributes += " fill=\"none\""
    }
    if let stroke {
      classes += themeClass("stroke", stroke.paint, tone)
      attributes += " stroke=\"\(drawing.theme.color(stroke.paint, tone))\""
      attributes += " stroke-width=\"\(coordinateText(stroke.width))\""
      if stroke.isDashed { attributes += " stroke-dasharray=\"5 3\"" }
    }
    return (classes.isEmpty ? "" : " class=\"\(classes.dropFirst())\"") + attributes
  }

  /// The class that a dark page's style sheet finds, with a space before; empty if there is none.
  private func themeClass(_ property: String, _ paint: Paint, _ tone: Tone) -> String {
    if drawing.theme.dark == nil { return "" }
    return " \(property)_\(paint.rawValue)\(tone == .full ? "" : "_" + tone.rawValue)"
  }

  /// The rules for readers who prefer dark pages.
  var themeStyle: String? {
    guard let dark = drawing.theme.darkTheme else { return nil }
    let tones = Tone.allCases.filter { tone in
      tone == .full || drawing.parts.contains { $0.tone == tone }
    }
    var rules = ""
    for paint in Paint.allCases {
      for property in ["fill", "stroke"] {
        for tone in tones {
          let name = themeClass(property, paint, tone).dropFirst()
          rules += "#\(prefix) .\(name){\(property):\(dark.color(paint, tone))}"
        }
      }
    }
    return "@media (prefers-color-scheme:dark){\(rules)}"
  }

  /// A digest of everything that is drawn, so that the figures of a page have ids of their own.
  private static func hash(of drawing: Drawing) -> String {
    var hash = FNV1a()
    hash.add(
      "\(drawing.theme.name) \(drawing.size.width) \(drawing.size.height) \(drawing.summary)")
    for part in drawing.parts {
      for case .text(let line) in part.shapes {
        hash.add(
          "\(line.text.plain)\(coordinateText(line.anchor.x))\(coordinateText(line.anchor.y))")
      }
    }
    let digits = String(hash.value, radix: 36)
    return String(digits.suffix(8))
  }
}
