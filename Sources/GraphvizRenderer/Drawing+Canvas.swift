public import GradDrawing

import GradFigure

extension Drawing {
  /// A PDF with a page for each of `drawings`, which all have one size.
  ///
  /// A page is what ``bytes(_:scale:)`` makes of its drawing. Safe to call from any thread; calls take
  /// turns.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for pages that are too large.
  public static func pages(_ drawings: [Drawing]) throws(GraphvizError) -> [UInt8] {
    guard let first = drawings.first else { preconditionFailure("a PDF has a page") }
    precondition(drawings.allSatisfy { $0.size == first.size }, "all pages have one size")
    try first.checkSide(scale: 1)
    let bytes = try Graphviz.alone { () throws(GraphvizError) in
      let canvas = try Canvas.kept()
      let (width, height) = (first.size.width, first.size.height)
      return try canvas.cairo.pdf(width: width, height: height, pages: drawings.count) {
        page, target throws(GraphvizError) in
        try canvas.draw(drawings[page], on: target, scale: 1)
      }
    }
    return DocumentDate.removed(bytes)
  }

  /// The pixels of the drawing, over white where it has no background.
  ///
  /// Safe to call from any thread; calls take turns.
  ///
  /// - Parameter scale: Pixels a point; above 0.
  /// - Returns: The picture.
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture of too many pixels.
  package func pixels(scale: Double = 2) throws(GraphvizError) -> Pixels {
    let (width, height, colors) = try image(scale: scale)
    return Pixels(width: width, height: height, colors: colors.map(Self.overWhite))
  }

  /// The drawing as a PNG that says how large it is meant to be.
  func png(scale: Double) throws(GraphvizError) -> [UInt8] {
    let (width, height, colors) = try image(scale: scale)
    return try PNGFile().bytes(
      width: width, height: height, pixels: colors, dotsPerInch: 96 * scale)
  }

  /// The pixels as cairo has them: premultiplied, `0xAARRGGBB`, row by row.
  private func image(
    scale: Double
  ) throws(GraphvizError) -> (width: Int, height: Int, colors: [UInt32]) {
    precondition(scale > 0 && scale.isFinite, "a scale is above 0")
    try checkSide(scale: scale)
    let width = max(1, Int((size.width * scale).rounded()))
    let height = max(1, Int((size.height * scale).rounded()))
    let colors = try Graphviz.alone { () throws(GraphvizError) in
      let canvas = try Canvas.kept()
      return try canvas.cairo.image(width: width, height: height) {
        target throws(GraphvizError) in
        try canvas.draw(self, on: target, scale: scale)
      }
    }
    return (width, height, colors)
  }

  /// A premultiplied colour on white, as `0xRRGGBB`.
  private static func overWhite(_ color: UInt32) -> UInt32 {
    let rest = 255 - color >> 24
    return (color & 0xFFFFFF) &+ (rest << 16 | rest << 8 | rest)
  }
}
