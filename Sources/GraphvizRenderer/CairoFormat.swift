public import GradDrawing

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
  public static let all = [png, webp, jpg, pdf, eps]

  /// Pixels.
  public static let png = CairoFormat(name: "png") { (drawing, scale) throws(GraphvizError) in
    try drawing.png(scale: scale)
  }
  /// Pixels, packed tighter.
  public static let webp = CairoFormat(name: "webp") { (drawing, scale) throws(GraphvizError) in
    try drawing.webp(scale: scale)
  }
  /// Pixels without anything that shines through, and with small losses.
  public static let jpg = CairoFormat(name: "jpg") { (drawing, scale) throws(GraphvizError) in
    try drawing.jpg(scale: scale)
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

  /// The drawing in a format that cairo writes.
  ///
  /// Everything is where it is in SVG: the shapes are handed over as they are, and only their letters
  /// come from the machine's fonts. Safe to call from any thread.
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

  /// Makes sure that the picture is drawn as large as it is wanted.
  func checkSide(scale: Double, most: Int = longestSide) throws(GraphvizError) {
    if (max(size.width, size.height) * scale).rounded() <= Double(most) { return }
    throw GraphvizError(
      stage: .limit,
      messages: [
        "the picture would be \(Int(size.width * scale)) × \(Int(size.height * scale)) pixels; "
          + "a side can have at most \(most)"
      ])
  }
}
