import GradBase
import GradFigure

/// The shapes of a drawing with their colours, and its texts.
extension SVGWriter {
  // MARK: Shapes

  mutating func add(_ shape: Drawing.Shape, _ tone: Tone) {
    switch shape {
    case .outline(.path(let path), let fill, let stroke): add(path, fill, stroke, tone)
    case .outline(.box(let box, let radius), let fill, let stroke):
      add(Drawing.Path(box, radius: radius), fill, stroke, tone)
    case .outline(.circle(let center, let radius), let fill, let stroke):
      out.add("<circle")
      add(" cx", center.x)
      add(" cy", center.y)
      add(" r", radius)
      addPaints(fill, stroke, tone)
      out.add("/>\n")
    case .text(let line):
      for shape in line.drawn {
        if case .text(let line) = shape { add(line, tone) } else { add(shape, tone) }
      }
    case .shade(let path, let shade):
      out.add("<path\(shadeClass(shade, tone)) d=\"")
      add(path)
      out.add("\" fill=\"\(drawing.theme.color(shade: shade, tone))\"/>\n")
    case .array(let array):
      out.add("<g class=\"\(array.kind.rawValue) array\">\n")
      for shape in array.shapes { add(shape, tone) }
      out.add("</g>\n")
    }
  }

  /// An attribute that is a length; its name comes with the space before it.
  private mutating func add(_ name: String, _ length: Double) {
    out.add(name)
    out.add("=\"")
    out.append(coordinate: length)
    out.add("\"")
  }

  private mutating func add(
    _ path: Drawing.Path, _ fill: Paint?, _ stroke: Drawing.Stroke?, _ tone: Tone
  ) {
    out.add("<path d=\"")
    add(path)
    out.add("\"")
    addPaints(fill, stroke, tone)
    out.add("/>\n")
  }

  private mutating func add(_ path: Drawing.Path) {
    for step in path.steps {
      switch step {
      case .move(let a): add("M", a)
      case .line(let a): add("L", a)
      case .curve(let a, let b, let c):
        add("C", a)
        add(" ", b)
        add(" ", c)
      case .close: out.append(UInt8(ascii: "Z"))
      }
    }
  }

  private mutating func add(_ letter: Unicode.Scalar, _ point: Point) {
    out.append(UInt8(ascii: letter))
    out.append(coordinate: point.x)
    out.append(UInt8(ascii: ","))
    out.append(coordinate: point.y)
  }

  // MARK: Colours

  mutating func addPaints(_ fill: Paint?, _ stroke: Drawing.Stroke?, _ tone: Tone) {
    let look = Look(
      fill: fill, stroke: stroke?.paint, width: stroke?.width ?? 0,
      isDashed: stroke?.isDashed ?? false, tone: tone)
    if let known = looks[look] {
      out += known
      return
    }
    let text = Array(paints(look).utf8)
    looks[look] = text
    out += text
  }

  private func paints(_ look: Look) -> String {
    var classes = ""
    var attributes = ""
    if let fill = look.fill {
      classes += themeClass("fill", fill, look.tone)
      attributes += " fill=\"\(drawing.theme.color(fill, look.tone))\""
    } else {
      attributes += " fill=\"none\""
    }
    if let stroke = look.stroke {
      classes += themeClass("stroke", stroke, look.tone)
      attributes += " stroke=\"\(drawing.theme.color(stroke, look.tone))\""
      attributes += " stroke-width=\"\(coordinateText(look.width))\""
      if look.isDashed { attributes += " stroke-dasharray=\"5 3\"" }
    }
    return (classes.isEmpty ? "" : " class=\"\(classes.dropFirst())\"") + attributes
  }

  /// The class that a dark page's style sheet finds, with a space before; empty if there is none.
  private func themeClass(_ property: String, _ paint: Paint, _ tone: Tone) -> String {
    if drawing.theme.dark == nil { return "" }
    return " \(property)_\(paint.rawValue)\(tone == .full ? "" : "_" + tone.rawValue)"
  }

  /// The class of a shade, which is mixed with another paper on a dark page.
  private func shadeClass(_ shade: Int?, _ tone: Tone) -> String {
    if drawing.theme.dark == nil || tone == .full { return "" }
    return " class=\"\(Self.shadeName(shade, tone))\""
  }

  private static func shadeName(_ shade: Int?, _ tone: Tone) -> String {
    "heat_\(shade.map { $0 + HeatMap.shades } ?? 99)_\(tone.rawValue)"
  }

  /// The rules for the faint shades of heat maps on a dark page.
  private func heatRules(_ dark: Theme) -> String {
    let tones = Tone.allCases.filter { tone in
      tone != .full
        && drawing.parts.contains { part in
          part.tone == tone
            && part.shapes.contains { if case .array = $0 { true } else { false } }
        }
    }
    let shades: [Int?] = [nil] + Array(-HeatMap.shades...HeatMap.shades)
    return tones.flatMap { tone in
      shades.map { shade in
        let color = darkColor(
          drawing.theme.color(shade: shade, tone), dark.color(shade: shade, tone))
        return "#\(prefix) .\(Self.shadeName(shade, tone)){fill:\(color)}"
      }
    }.joined()
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
          let color = darkColor(drawing.theme.color(paint, tone), dark.color(paint, tone))
          rules += "#\(prefix) .\(name){\(property):\(color)}"
        }
      }
    }
    // A slide has a paper of its own.
    if followsText { rules += "#\(prefix)>rect.fill_paper{fill:none}" }
    let condition =
      followsText ? "@supports (color:rgb(from red r g b))" : "@media (prefers-color-scheme:dark)"
    return "\(condition){\(rules)\(heatRules(dark))}"
  }

  /// A colour of a dark page; where that follows the text around, `light` beside dark letters and `dark`
  /// beside light ones.
  private func darkColor(_ light: String, _ dark: String) -> String {
    if !followsText { return dark }
    func channels(_ color: String) -> [Int] {
      let digits = Array(color.utf8.dropFirst())
      return [0, 2, 4].map { place in
        Int(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16) ?? 0
      }
    }
    // The share of the dark one is 0 or 1: whether the letters are lighter than a middle grey.
    let parts = zip(channels(light), channels(dark)).map { light, dark in
      "calc(\(light) + \(dark - light)*clamp(0,r + g + b - 384,1))"
    }
    return "rgb(from currentColor \(parts.joined(separator: " ")))"
  }

  // MARK: Text

  /// A line is one run around its middle.
  ///
  /// One of several levels is a run a level, each at the place that our own widths give it, because
  /// renderers differ in how they centre such lines.
  private mutating func add(_ line: Drawing.TextLine, _ tone: Tone) {
    let isPlain =
      !line.text.isEmpty && line.text.pieces.allSatisfy { $0.level == .base }
      && !Self.mayKern(line.text.pieces.lazy.map { $0.text })
    out.add("<text class=\"")
    out.add(name(of: line.kind))
    out.add(themeClass("fill", line.paint, tone))
    out.add("\"")
    let placed = isPlain ? nil : line.text.placed(size: line.size, bold: line.isBold)
    let left = line.anchor.x - (placed?.width ?? 0) / 2
    add(" x", left)
    add(" y", line.anchor.y)
    if isPlain { out.add(" text-anchor=\"middle\"") }
    add(" font-size", line.size)
    if line.isBold { out.add(" font-weight=\"bold\"") }
    addColor(line.paint, tone)
    out.add(">")
    if let placed {
      addRuns(of: line, from: left, placed.starts, tone)
    } else {
      for piece in line.text.pieces { XML.append(piece.text, to: &out) }
    }
    out.add("</text>\n")
  }

  private mutating func addColor(_ paint: Paint, _ tone: Tone) {
    out.add(" fill=\"")
    out.add(drawing.theme.color(paint, tone))
    out.add("\"")
  }

  /// What a text is, in a word for style sheets.
  private func name(of kind: Drawing.TextLine.Kind) -> String {
    switch kind {
    case .cell(let kind): kind.rawValue
    case .label(let kind): kind.rawValue
    case .callTitle: "frame"
    case .heading: "heading"
    case .shape: "shape"
    case .caption: "caption"
    case .note: "note"
    case .legend: "legend"
    case .sentence: "sentence"
    case .curve: "curve"
    }
  }

  /// Whether a 1 stands behind a 1: some renderers move it nearer, as the only digits, and others do not.
  private static func mayKern(_ texts: some Sequence<String>) -> Bool {
    var last: UInt8 = 0
    for text in texts {
      for byte in text.utf8 {
        if byte == UInt8(ascii: "1"), last == byte { return true }
        last = byte
      }
    }
    return false
  }

  /// A run in pieces that all renderers draw equally wide.
  private static func unkerned(_ text: String) -> [String] {
    if !mayKern(CollectionOfOne(text)) { return [text] }
    var pieces: [String] = [""]
    for letter in text {
      if letter == "1", pieces[pieces.count - 1].last == "1" { pieces.append("") }
      pieces[pieces.count - 1].append(letter)
    }
    return pieces
  }

  /// The runs of a line; spaces stand between them, where none is drawn.
  private mutating func addRuns(
    of line: Drawing.TextLine, from left: Double, _ starts: [(x: Double, rise: Double)],
    _ tone: Tone
  ) {
    for (run, start) in zip(line.text.runs, starts) {
      let size = line.size * run.level.scale
      func width(_ text: String) -> Double {
        FontMetrics.width(of: text, size: size, bold: line.isBold)
      }
      var x = left + start.x
      for piece in Self.unkerned(run.text) {
        let spaces = String(
          repeating: " ", count: piece.utf8.prefix { $0 == UInt8(ascii: " ") }.count)
        out.add(spaces)
        out.add("<tspan")
        add(" x", spaces.isEmpty ? x : x + width(spaces))
        add(" y", line.anchor.y - start.rise)
        if run.level != .base { add(" font-size", size) }
        if run.level == .tag {
          let name = themeClass("fill", .muted, tone).dropFirst()
          if !name.isEmpty { out.add(" class=\"\(name)\"") }
          addColor(.muted, tone)
        }
        out.add(">")
        XML.append(spaces.isEmpty ? piece : String(piece.dropFirst(spaces.count)), to: &out)
        out.add("</tspan>")
        x += width(piece)
      }
    }
  }
}

extension [UInt8] {
  /// Appends a text as it is.
  mutating func add(_ text: consuming String) {
    text.withUTF8 { append(contentsOf: $0) }
  }
}
