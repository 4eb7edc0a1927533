public import GradDrawing

import CGraphviz
import GradFigure

/// A format that is drawn by cairo, with letters from the machine's fonts.
///
/// To add one, name it in ``all``.
public struct CairoFormat: Sendable, Equatable {
  /// What the command line calls it, and the extension of its files.
  public let name: String
  /// Writes a drawing, with so many pixels a point if it is made of pixels.
  let write: @Sendable (Drawing, Double) throws(GraphvizError) -> [UInt8]

  /// Every format of this kind, in the order `--help` lists them.
  public static let all = [png, pdf, eps]

  /// Pixels.
  public static let png = CairoFormat(name: "png") { (drawing, scale) throws(GraphvizError) in
    try drawing.png(scale: scale)
  }
  /// A page of the figure's size.
  public static let pdf = CairoFormat(name: "pdf") { (drawing, _) throws(GraphvizError) in
    try Drawing.pages([drawing])
  }
  /// Encapsulated PostScript.
  public static let eps = CairoFormat(name: "eps") { (drawing, _) throws(GraphvizError) in
    try drawing.eps()
  }

  /// Formats are the same if they have one name.
  public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
}

extension Drawing {
  /// The most pixels on a side that cairo draws without scaling down.
  public static let longestSide = 32_767

  /// The drawing in a format that Graphviz's own renderers write.
  ///
  /// Everything is where it is in SVG: the shapes are handed over as they are, and only their letters
  /// come from the machine's fonts. Safe to call from any thread; calls take turns.
  ///
  /// - Parameters:
  ///   - format: The format.
  ///   - scale: Pixels a point, for formats made of pixels; above 0.
  /// - Returns: The contents of the file.
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture of too many pixels.
  public func bytes(_ format: CairoFormat, scale: Double = 2) throws(GraphvizError) -> [UInt8] {
    precondition(scale > 0 && scale.isFinite, "a scale is above 0")
    return try format.write(self, scale)
  }

  /// The drawing as Encapsulated PostScript, without a date.
  func eps() throws(GraphvizError) -> [UInt8] {
    try checkSide(scale: 1)
    return DocumentDate.removed(
      try Graphviz.alone { () throws(GraphvizError) in
        let canvas = try Canvas.kept()
        let graph = try graph(drop: canvas.drop, scale: 1)
        return try graph.laidOut(by: "page", in: canvas.context) { () throws(GraphvizError) in
          try graph.rendered("eps:cairo", in: canvas.context)
        }
      })
  }

  /// Makes sure that cairo draws the picture as large as it is wanted.
  func checkSide(scale: Double) throws(GraphvizError) {
    if max(size.width, size.height) * scale <= Double(Self.longestSide) { return }
    throw GraphvizError(
      stage: .limit,
      messages: [
        "the picture would be \(Int(size.width * scale)) × \(Int(size.height * scale)) pixels; "
          + "a side can have at most \(Self.longestSide)"
      ])
  }

  /// The drawing as a graph without nodes, for any of Graphviz's renderers.
  func graph(drop: Double, scale: Double) throws(GraphvizError) -> Graph {
    try Graph([
      "_background": XDotText(self, drop: drop).text, "pad": "0", "margin": "0",
      "dpi": "\(72 * scale)", "bgcolor": "transparent",
    ])
  }

  /// How far above its anchor text is drawn, in em: every renderer moves text by it, and versions of
  /// Graphviz differ.
  ///
  /// Seen on a line of text, of a size at which the two digits after the point of an SVG are enough.
  static func textDrop(in context: borrowing Context) throws(GraphvizError) -> Double {
    // Without plugins Graphviz crashes where it measures text, but refuses to draw an empty page.
    let empty = try Graph([:])
    try empty.laidOut(by: "page", in: context) { () throws(GraphvizError) in
      _ = try empty.rendered("svg:svg", in: context)
    }
    let size = 1_000
    let probe = try Graph(["_background": "F \(size) 15 -Liberation Sans T 0 0 0 600 1 -x"])
    let svg = try probe.laidOut(by: "page", in: context) { () throws(GraphvizError) in
      String(decoding: try probe.rendered("svg:svg", in: context), as: UTF8.self)
    }
    guard let text = svg.firstRange(of: "<text"),
      let y = svg[text.upperBound...].firstRange(of: " y=\""),
      let place = Double(svg[y.upperBound...].prefix { $0 != "\"" })
    else {
      throw GraphvizError(stage: .render, messages: ["Graphviz draws no text"])
    }
    return -place / Double(size)
  }
}
