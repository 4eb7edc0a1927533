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
    String(decoding: svgBytes(idPrefix: idPrefix), as: UTF8.self)
  }

  /// ``svg(idPrefix:)`` as bytes, which is how it is written.
  ///
  /// - Parameters:
  ///   - idPrefix: What ids begin with.
  ///   - isPrinted: Whether the file begins as those of `dot` do, with its size in whole points, which is
  ///     what doxygen looks for.
  ///   - isLive: Whether a script writes other numbers into it, which takes each level of a line as one run.
  /// - Returns: The file.
  package func svgBytes(
    idPrefix: String? = nil, isPrinted: Bool = false, isLive: Bool = false
  ) -> [UInt8] {
    var writer = SVGWriter(self, idPrefix: idPrefix)
    writer.isPrinted = isPrinted
    writer.isLive = isLive
    return writer.bytes()
  }
}

/// Writes one drawing as SVG.
struct SVGWriter: ~Copyable {
  /// What ids begin with.
  let prefix: String
  /// Whether the size comes first, in points.
  var isPrinted = false
  /// Whether each level of a line is one run, which a script fills anew.
  var isLive = false
  /// Whether style sheets are written.
  var hasStyle = true
  /// Whether the colour of the text around the figure says that the page is dark, not its reader.
  var followsText = false
  let drawing: Drawing
  private var usedIDs: Set<String> = []
  /// What is written; a large figure is tens of megabytes, so that each part goes to its place at once.
  var out = ByteText()
  /// The ways to paint a shape that were met so far, which are few, with their attributes.
  var looks: [(look: Look, attributes: String)] = []

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
    /// The attributes of the groups, outermost first, that make what is in them visible in the frames at
    /// some positions alone.
    var attributes: (_ frames: Range<Int>) -> [String]
  }

  /// How a shape is painted.
  struct Look: Equatable {
    var fill: Paint?
    var stroke: Paint?
    var width: Double
    var isDashed: Bool
    var tone: Tone
  }

  /// The file; parts that only some frames show are shown by `visibility`.
  mutating func bytes(by visibility: Visibility? = nil) -> [UInt8] {
    out = ByteText(reserving: 1_000 + 900 * drawing.parts.count)
    let (width, height) = (
      coordinateText(drawing.size.width), coordinateText(drawing.size.height)
    )
    let (namespace, id) = ("xmlns=\"http://www.w3.org/2000/svg\"", "id=\"\(prefix)\"")
    let pixels =
      visibility?.maxHeight.map { _ in "width=\"100%\"" }
      ?? "width=\"\(width)px\" height=\"\(height)px\""
    let limit = visibility?.maxHeight.map { "max-height:\($0)px;" } ?? ""
    let points = [drawing.size.width, drawing.size.height].map { Int(($0 * 0.75).rounded()) }
    let head =
      isPrinted
      ? "width=\"\(points[0])pt\" height=\"\(points[1])pt\" \(namespace) \(id) "
      : "\(namespace) \(id) \(pixels) "
    out.put(
      "<svg \(head)"
        + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
        + "aria-labelledby=\"\(prefix)_title \(prefix)_desc\" "
        + "font-family=\"Arial, 'Liberation Sans', Helvetica, sans-serif\" "
        + "style=\"\(limit)\(Self.ownStyle)\">\n"
        + "<title id=\"\(prefix)_title\">")
    XML.append(drawing.heading, to: &out)
    out.put("</title>\n<desc id=\"\(prefix)_desc\">")
    XML.append(drawing.summary, to: &out)
    out.put("</desc>\n")
    let rules = [themeStyle, visibility?.style].compactMap(\.self)
    if hasStyle, !rules.isEmpty { out.put("<style>\(rules.joined())</style>\n") }
    if drawing.hasBackground {
      out.put("<rect width=\"\(width)\" height=\"\(height)\"")
      addPaints(.paper, nil, .full)
      out.put("/>\n")
    }
    for part in drawing.parts {
      let groups = part.frames.flatMap { frames in visibility?.attributes(frames) } ?? []
      for attributes in groups { out.put("<g \(attributes)>\n") }
      add(part)
      for _ in groups { out.put("</g>\n") }
    }
    out.put("</svg>\n")
    return out.finish()
  }

  /// What the letters and lines of a picture would inherit from a page that it is part of: all of it is as
  /// in the picture by itself.
  ///
  /// A page may still hide the picture, and say what the pointer does, so that `visibility`,
  /// `pointer-events` and `cursor` are not among them; colours may follow `color`.
  private static let ownStyle = [
    "direction:ltr", "writing-mode:horizontal-tb", "text-anchor:start", "dominant-baseline:auto",
    "letter-spacing:0", "word-spacing:0", "text-indent:0", "text-transform:none",
    "text-shadow:none", "text-emphasis:none", "font-style:normal", "font-variant:normal",
    "font-weight:normal", "font-stretch:normal", "font-kerning:auto", "font-size-adjust:none",
    "font-feature-settings:normal", "font-variation-settings:normal", "fill-opacity:1",
    "fill-rule:nonzero", "stroke:none", "stroke-opacity:1", "stroke-dasharray:none",
    "stroke-dashoffset:0", "stroke-linecap:butt", "stroke-linejoin:miter", "stroke-miterlimit:4",
    "paint-order:normal", "marker:none",
  ].joined(separator: ";")

  // MARK: Parts

  private mutating func add(_ part: Drawing.Part) {
    out.put("<g")
    addID(of: part)
    out.put(" class=\"")
    addClasses(of: part)
    for (key, value) in part.data {
      out.put("\" data-")
      out.put(key.rawValue)
      out.put("=\"")
      XML.append(value, quotes: true, to: &out)
    }
    out.put("\">")
    for (index, line) in part.explanation.enumerated() {
      out.put(index == 0 ? "<title>" : "\n")
      XML.append(line, to: &out)
    }
    out.put(part.explanation.isEmpty ? "\n" : "</title>\n")
    for shape in part.shapes { add(shape, part.tone) }
    out.put("</g>\n")
  }

  /// The id of a part; none for what is the same part again in other frames.
  private mutating func addID(of part: Drawing.Part) {
    let (letter, index): (String, Int)
    switch part.owner {
    case .node(let place): (letter, index) = ("n", place)
    case .forward(let place): (letter, index) = ("f", place)
    case .backward(let place): (letter, index) = ("e", place)
    case .callBox(let place): (letter, index) = ("c", place)
    case .table(let place): (letter, index) = ("t", place)
    case .label, .number, .outline, .caption, .note, .legend, .sentence, .curve: return
    }
    if part.frames != nil, !usedIDs.insert("\(letter)\(index)").inserted { return }
    out.put(" id=\"")
    out.put(prefix)
    out.put("_")
    out.put(letter)
    out.put(coordinate: Double(index + 1))
    out.put("\"")
  }

  /// What a part is, in words for style sheets: `node input step-0`.
  private mutating func addClasses(of part: Drawing.Part) {
    switch part.owner {
    case .node(let index):
      out.put("node ")
      out.put(drawing.figure.nodes[index].role.rawValue)
      addStep(drawing.figure.nodes[index].step)
      if drawing.figure.nodes[index].isMarked { out.put(" not-finite") }
      if drawing.figure.nodes[index].isRepeated { out.put(" repeated") }
    case .forward:
      out.put("edge forward")
      addStep(part.step)
    case .backward:
      out.put(drawing.figure.mode == .forward ? "edge tangent" : "edge backward")
      addStep(part.step)
    case .label(let index, let kind):
      out.put("label ")
      out.put(kind.rawValue)
      let labels = drawing.figure.edges[index].labels
      if labels.contains(where: { $0.kind == kind && $0.content.isBlank }) { out.put(" blank") }
      addStep(part.step)
    case .number:
      out.put("number")
      addStep(part.step)
    case .outline: out.put("outline")
    case .callBox: out.put("frame")
    case .table: out.put("table")
    case .caption: out.put("caption")
    case .note: out.put("note")
    case .legend: out.put("legend")
    case .sentence: out.put("sentence")
    case .curve: out.put("curve")
    }
  }

  private mutating func addStep(_ step: Int) {
    out.put(" step-")
    out.put(coordinate: Double(step))
  }

  /// A digest of everything that is drawn, so that the figures of a page have ids of their own.
  private static func hash(of drawing: Drawing) -> String {
    var hash = FNV1a()
    hash.add(
      "\(drawing.theme.name) \(drawing.size.width) \(drawing.size.height) \(drawing.summary)")
    func add(_ line: Drawing.TextLine) {
      for piece in line.text.pieces { hash.add(piece.text) }
      hash.add(number: UInt64(bitPattern: Int64((line.anchor.x * 100).rounded())))
      hash.add(number: UInt64(bitPattern: Int64((line.anchor.y * 100).rounded())))
    }
    for part in drawing.parts {
      for shape in part.shapes {
        switch shape {
        case .text(let line): add(line)
        case .array(let array): for case .text(let line) in array.shapes { add(line) }
        case .outline, .shade: break
        }
      }
      for case .array(let array) in part.shapes {
        for case .shade(let path, let shade) in array.shapes {
          hash.add("\(shade ?? 99)")
          for case .move(let point) in path.steps { hash.add("\(point.x) \(point.y)") }
        }
      }
    }
    let digits = String(hash.value, radix: 36)
    return String(digits.suffix(8))
  }
}
