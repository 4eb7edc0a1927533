import GradFigure

extension Format {
  /// The static part of SVG 1.1 that browsers, librsvg, resvg, CairoSVG and Inkscape draw alike.
  public static let svg = Format(name: "svg", fileExtension: "svg") { drawing, options in
    SVGWriter(drawing, options).text()
  }
}

/// Writes one drawing as SVG.
private struct SVGWriter {
  private let drawing: Drawing
  private let prefix: String

  init(_ drawing: Drawing, _ options: Format.Options) {
    self.drawing = drawing
    prefix = options.idPrefix ?? "g" + SVGWriter.hash(of: drawing)
  }

  func text() -> String {
    let (width, height) = (
      coordinateText(drawing.size.width), coordinateText(drawing.size.height)
    )
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\(prefix)\" width=\"\(width)px\" height=\"\(height)px\" "
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
        + "aria-labelledby=\"\(prefix)_title \(prefix)_desc\" "
        + "font-family=\"Arial, 'Liberation Sans', Helvetica, sans-serif\">",
      "<title id=\"\(prefix)_title\">\(XML.text(drawing.heading))</title>",
      "<desc id=\"\(prefix)_desc\">\(XML.text(drawing.summary))</desc>",
    ]
    if let style { lines.append(style) }
    if drawing.hasBackground {
      lines.append(
        "<rect width=\"\(width)\" height=\"\(height)\"\(paints(.paper, nil, false))/>")
    }
    for part in drawing.parts { lines += element(of: part) }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Parts

  private func element(of part: Drawing.Part) -> [String] {
    var opening = "<g\(id(of: part)) class=\"\(part.classes.joined(separator: " "))\""
    for (key, value) in part.data { opening += " data-\(key)=\"\(XML.attribute(value))\"" }
    opening += ">"
    if !part.tooltip.isEmpty { opening += "<title>\(XML.text(part.tooltip))</title>" }
    return [opening] + part.shapes.map { element(of: $0, part.isFaded) } + ["</g>"]
  }

  private func id(of part: Drawing.Part) -> String {
    switch part.owner {
    case .node(let index): " id=\"\(prefix)_n\(index + 1)\""
    case .forward(let index): " id=\"\(prefix)_f\(index + 1)\""
    case .backward(let index): " id=\"\(prefix)_e\(index + 1)\""
    case .frame(let index): " id=\"\(prefix)_c\(index + 1)\""
    case .label, .title: ""
    }
  }

  private func element(of shape: Drawing.Shape, _ isFaded: Bool) -> String {
    switch shape {
    case .path(let path, let fill, let stroke):
      "<path d=\"\(outline(path))\"\(paints(fill, stroke, isFaded))/>"
    case .circle(let center, let radius, let fill, let stroke):
      "<circle cx=\"\(coordinateText(center.x))\" cy=\"\(coordinateText(center.y))\" "
        + "r=\"\(coordinateText(radius))\"\(paints(fill, stroke, isFaded))/>"
    case .text(let line): element(of: line, isFaded)
    }
  }

  private func outline(_ path: Drawing.Path) -> String {
    path.steps.map { step in
      switch step {
      case .move(let a): "M\(pair(a))"
      case .line(let a): "L\(pair(a))"
      case .curve(let a, let b, let c): "C\(pair(a)) \(pair(b)) \(pair(c))"
      case .close: "Z"
      }
    }.joined()
  }

  private func pair(_ point: Point) -> String {
    "\(coordinateText(point.x)),\(coordinateText(point.y))"
  }

  /// A line of one level is one run around its middle. One of several levels is a run a level, each at
  /// the place that our own widths give it, because renderers differ in how they centre such lines.
  private func element(of line: Drawing.TextLine, _ isFaded: Bool) -> String {
    let isPlain = line.text.runs.allSatisfy { $0.level == .base }
    let weight = line.isBold ? " font-weight=\"bold\"" : ""
    let x = isPlain ? line.anchor.x : line.anchor.x - line.width / 2
    let opening =
      "<text class=\"\(line.kind)\(themeClass("fill", line.paint, isFaded))\" "
      + "x=\"\(coordinateText(x))\" y=\"\(coordinateText(line.anchor.y))\" "
      + (isPlain ? "text-anchor=\"middle\" " : "")
      + "font-size=\"\(coordinateText(line.size))\"\(weight) "
      + "fill=\"\(drawing.theme.color(line.paint, isFaded: isFaded))\">"
    let text = isPlain ? XML.text(line.text.runs.map(\.text).joined()) : runs(of: line, from: x)
    return opening + text + "</text>"
  }

  /// The runs of a line that begins at `left`; spaces stand between them, where none is drawn.
  private func runs(of line: Drawing.TextLine, from left: Double) -> String {
    var x = left
    return line.text.runs.map { run in
      let size = line.size * run.level.scale
      func width(_ text: some StringProtocol) -> Double {
        FontMetrics.width(of: text, size: size, bold: line.isBold)
      }
      let letters = run.text.drop { $0 == " " }
      let spaces = run.text.prefix(run.text.count - letters.count)
      let y = line.anchor.y - run.level.rise * line.size
      let place = "x=\"\(coordinateText(x + width(spaces)))\" y=\"\(coordinateText(y))\""
      x += width(run.text) + run.level.gap * line.size
      let own = run.level == .base ? "" : " font-size=\"\(coordinateText(size))\""
      return "\(spaces)<tspan \(place)\(own)>\(XML.text(String(letters)))</tspan>"
    }.joined()
  }

  // MARK: Colours

  private func paints(_ fill: Paint?, _ stroke: Drawing.Stroke?, _ isFaded: Bool) -> String {
    var classes = ""
    var attributes = ""
    if let fill {
      classes += themeClass("fill", fill, isFaded)
      attributes += " fill=\"\(drawing.theme.color(fill, isFaded: isFaded))\""
    } else {
      attributes += " fill=\"none\""
    }
    if let stroke {
      classes += themeClass("stroke", stroke.paint, isFaded)
      attributes += " stroke=\"\(drawing.theme.color(stroke.paint, isFaded: isFaded))\""
      attributes += " stroke-width=\"\(coordinateText(stroke.width))\""
      if stroke.isDashed { attributes += " stroke-dasharray=\"5 3\"" }
    }
    return (classes.isEmpty ? "" : " class=\"\(classes.dropFirst())\"") + attributes
  }

  /// The class that a dark page's style sheet finds, with a space before; empty if there is none.
  private func themeClass(_ property: String, _ paint: Paint, _ isFaded: Bool) -> String {
    if drawing.theme.dark == nil { return "" }
    return " \(property)_\(paint.rawValue)\(isFaded ? "_faded" : "")"
  }

  private var style: String? {
    guard let dark = drawing.theme.darkTheme else { return nil }
    let hasFaded = drawing.parts.contains(where: \.isFaded)
    var rules = ""
    for paint in Paint.allCases {
      for property in ["fill", "stroke"] {
        for isFaded in hasFaded ? [false, true] : [false] {
          let name = themeClass(property, paint, isFaded).dropFirst()
          rules += "#\(prefix) .\(name){\(property):\(dark.color(paint, isFaded: isFaded))}"
        }
      }
    }
    return "<style>@media (prefers-color-scheme:dark){\(rules)}</style>"
  }

  /// 64-bit FNV-1a over everything that is drawn, so that the figures of a page have ids of their own.
  private static func hash(of drawing: Drawing) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    add("\(drawing.theme.name) \(drawing.size.width) \(drawing.size.height) \(drawing.summary)")
    for part in drawing.parts {
      for case .text(let line) in part.shapes {
        add("\(line.text.plain)\(coordinateText(line.anchor.x))\(coordinateText(line.anchor.y))")
      }
    }
    let digits = String(hash, radix: 36)
    return String(digits.suffix(8))
  }
}
