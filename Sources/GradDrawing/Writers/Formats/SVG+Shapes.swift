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
      out.put("<circle")
      add(" cx=\"", center.x)
      add(" cy=\"", center.y)
      add(" r=\"", radius)
      addPaints(fill, stroke, tone)
      out.put("/>\n")
    case .text(let line):
      for shape in line.drawn {
        if case .text(let line) = shape { add(line, tone) } else { add(shape, tone) }
      }
    case .shade(let path, let shade):
      out.put("<path\(shadeClass(shade, tone)) d=\"")
      add(path)
      out.put("\" fill=\"\(drawing.theme.color(shade: shade, tone))\"/>\n")
    case .array(let array):
      out.put("<g class=\"\(array.kind.rawValue) array\">\n")
      for shape in array.shapes { add(shape, tone) }
      out.put("</g>\n")
    }
  }

  /// An attribute that is a length; its name comes with all that stands before the number.
  private mutating func add(_ name: String, _ length: Double) {
    out.put(name)
    out.put(coordinate: length)
    out.put(UInt8(ascii: "\""))
  }

  private mutating func add(
    _ path: Drawing.Path, _ fill: Paint?, _ stroke: Drawing.Stroke?, _ tone: Tone
  ) {
    out.put("<path d=\"")
    add(path)
    out.put("\"")
    addPaints(fill, stroke, tone)
    out.put("/>\n")
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
      case .close: out.put(UInt8(ascii: "Z"))
      }
    }
  }

  private mutating func add(_ letter: Unicode.Scalar, _ point: Point) {
    out.put(UInt8(ascii: letter))
    out.put(coordinate: point.x)
    out.put(UInt8(ascii: ","))
    out.put(coordinate: point.y)
  }

  // MARK: Colours

  mutating func addPaints(_ fill: Paint?, _ stroke: Drawing.Stroke?, _ tone: Tone) {
    let look = Look(
      fill: fill, stroke: stroke?.paint, width: stroke?.width ?? 0,
      isDashed: stroke?.isDashed ?? false, tone: tone)
    if let known = looks.firstIndex(where: { $0.look == look }) {
      return out.put(looks[known].attributes)
    }
    let attributes = paints(look)
    looks.append((look, attributes))
    out.put(attributes)
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

  /// A line of one word is one run around its middle.
  ///
  /// One of several words or levels is a run for each, at the place that our own widths give it: renderers
  /// differ in how they centre such lines, and CairoSVG rounds the width of every letter, spaces among them.
  private mutating func add(_ line: Drawing.TextLine, _ tone: Tone) {
    let isPlain =
      !line.text.isEmpty && line.text.pieces.allSatisfy { $0.level == .base }
      && (isLive || Self.isWord(line.text.pieces.lazy.map { $0.text }))
    out.put("<text class=\"")
    out.put(name(of: line.kind))
    out.put(themeClass("fill", line.paint, tone))
    out.put("\"")
    let placed = isPlain ? nil : line.text.placed(size: line.size, bold: line.isBold)
    let left = line.anchor.x - (placed?.width ?? 0) / 2
    add(" x=\"", left)
    add(" y=\"", line.anchor.y)
    if isPlain { out.put(" text-anchor=\"middle\"") }
    add(" font-size=\"", line.size)
    if line.isBold { out.put(" font-weight=\"bold\"") }
    addColor(line.paint, tone)
    out.put(">")
    if let placed {
      addRuns(of: line, from: left, placed.starts, tone)
    } else {
      for piece in line.text.pieces { XML.append(piece.text, to: &out) }
    }
    out.put("</text>\n")
  }

  private mutating func addColor(_ paint: Paint, _ tone: Tone) {
    out.put(" fill=\"")
    out.put(drawing.theme.color(paint, tone))
    out.put("\"")
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

  /// Whether a line is drawn equally wide by all renderers: it has no space in it, no letter that needs another
  /// font, and no 1 behind a 1, which some move nearer, as the only digits.
  private static func isWord(_ texts: some Sequence<String>) -> Bool {
    var last: UInt8 = 0
    for text in texts {
      for byte in text.utf8 {
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "1") && last == byte
          || EastAsianFont.has(byte, before: false)
        {
          return false
        }
        last = byte
      }
    }
    return true
  }

  /// A run in pieces of one font that all renderers draw equally wide, the spaces before each of them with it.
  private static func words(_ text: String) -> [Substring] {
    if isWord(CollectionOfOne(text)) { return [text[...]] }
    let bytes = text.utf8
    var (pieces, start) = ([Substring](), bytes.startIndex)
    var last: UInt8?
    var isEastAsian = false
    for index in bytes.indices {
      let byte = bytes[index]
      let isSpace = byte == UInt8(ascii: " ")
      let wasEastAsian = isEastAsian
      isEastAsian = EastAsianFont.has(byte, before: wasEastAsian)
      let isOtherFont = isEastAsian != wasEastAsian && last != UInt8(ascii: " ")
      if let last, last == byte ? byte == UInt8(ascii: "1") : isSpace || isOtherFont {
        pieces.append(text[start..<index])
        start = index
      }
      last = byte
    }
    return pieces + [text[start...]]
  }

  /// The runs of a line; spaces stand between them, where none is drawn.
  private mutating func addRuns(
    of line: Drawing.TextLine, from left: Double, _ starts: [(x: Double, rise: Double)],
    _ tone: Tone
  ) {
    var y = line.anchor.y
    for (run, start) in zip(line.text.runs, starts) {
      let size = line.size * run.level.scale
      var x = left + start.x
      let pieces = isLive ? [run.text[...]] : Self.words(run.text)
      for (index, piece) in pieces.enumerated() {
        var text = piece
        if piece.utf8.first == UInt8(ascii: " ") {
          text = piece.drop { $0 == " " }
          let spaces = String(piece[..<text.startIndex])
          out.put(spaces)
          x += FontMetrics.width(of: spaces, size: size, bold: line.isBold)
        }
        if text.isEmpty, !isLive { continue }
        let word = String(text)
        out.put("<tspan")
        if x != left { add(" x=\"", x) }
        if line.anchor.y - start.rise != y {
          y = line.anchor.y - start.rise
          add(" y=\"", y)
        }
        if run.level != .base { add(" font-size=\"", size) }
        if !isLive, let families = EastAsianFont.families(for: word, in: drawing.figure.language) {
          out.put(" font-family=\"\(families)\"")
        }
        if run.level == .tag {
          let name = themeClass("fill", .muted, tone).dropFirst()
          if !name.isEmpty { out.put(" class=\"\(name)\"") }
          addColor(.muted, tone)
        }
        out.put(">")
        XML.append(word, to: &out)
        out.put("</tspan>")
        // Most runs are one piece, after which nobody asks where it ends.
        if index < pieces.count - 1 {
          x += FontMetrics.width(of: word, size: size, bold: line.isBold)
        }
      }
    }
  }
}
