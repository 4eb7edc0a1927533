public import GradDrawing

import GradFigure

extension Drawing {
  /// A PDF with a page for each of `drawings`, which all have one size.
  ///
  /// A page is what ``bytes(_:scale:)`` makes of its drawing. Safe to call from any thread.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for pages that are too large.
  public static func pages(_ drawings: [Drawing]) throws(GraphvizError) -> [UInt8] {
    guard let first = drawings.first else { preconditionFailure("a PDF has a page") }
    precondition(drawings.allSatisfy { $0.size == first.size }, "all pages have one size")
    try first.checkSide(scale: 1)
    let cairo = try Cairo.opened()
    let size = first.pageSize
    return DocumentDate.removed(
      try cairo.pdf(width: size.width, height: size.height, pages: drawings.count) {
        page, context throws(GraphvizError) in
        try drawings[page].paint(on: context, of: cairo, scale: Self.pointsPerPixel)
      })
  }

  /// The drawing as Encapsulated PostScript, without a date.
  func eps() throws(GraphvizError) -> [UInt8] {
    try checkSide(scale: 1)
    let cairo = try Cairo.opened()
    return DocumentDate.removed(
      try cairo.eps(width: pageSize.width, height: pageSize.height) {
        context throws(GraphvizError) in
        try paint(on: context, of: cairo, scale: Self.pointsPerPixel)
      })
  }

  /// The size of a page in points: as large as the picture is in a browser, whose pixels are 96 an inch.
  private var pageSize: Size {
    Size(width: size.width * Self.pointsPerPixel, height: size.height * Self.pointsPerPixel)
  }

  private static let pointsPerPixel = 0.75

  private func paint(
    on context: OpaquePointer, of cairo: Cairo, scale: Double
  ) throws(GraphvizError) {
    cairo.scale(context, scale, scale)
    try CairoPainter(self, cairo, context).paint()
  }

  /// The pixels of the drawing, over white where it has no background.
  ///
  /// Safe to call from any thread.
  ///
  /// - Parameter scale: Pixels a point; above 0.
  /// - Returns: The picture.
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture of too many pixels.
  package func pixels(scale: Double = 2) throws(GraphvizError) -> Pixels {
    try image(scale: scale) { rows in
      var colors: [UInt32] = []
      colors.reserveCapacity(rows.width * rows.height)
      for row in 0..<rows.height { colors += rows[row].lazy.map(Self.overWhite) }
      return Pixels(width: rows.width, height: rows.height, colors: colors)
    }
  }

  /// The drawing as a PNG that says how large it is meant to be.
  func png(scale: Double) throws(GraphvizError) -> [UInt8] {
    try image(scale: scale) { rows throws(GraphvizError) in
      try PNGFile().bytes(of: rows, dotsPerInch: 96 * scale)
    }
  }

  /// The drawing as a WebP, which has no place for how large it is meant to be.
  func webp(scale: Double) throws(GraphvizError) -> [UInt8] {
    try checkSide(scale: scale, most: WebP.longestSide)
    let webp = try WebP()
    return try image(scale: scale) { rows throws(GraphvizError) in try webp.bytes(of: rows) }
  }

  /// The drawing as a JPEG, on the theme's paper where nothing is behind it.
  func jpg(scale: Double) throws(GraphvizError) -> [UInt8] {
    var drawing = self
    drawing.hasBackground = true
    return try drawing.image(scale: scale) { rows in
      JPEGFile.bytes(width: rows.width, height: rows.height, dotsPerInch: 96 * scale) {
        row, colors in
        for (column, color) in rows[row].enumerated() { colors[column] = Self.overWhite(color) }
      }
    }
  }

  /// What `read` makes of the pixels.
  private func image<Result>(
    scale: Double, read: (PixelRows) throws(GraphvizError) -> Result
  ) throws(GraphvizError) -> Result {
    precondition(scale > 0 && scale.isFinite, "a scale is above 0")
    try checkSide(scale: scale)
    let cairo = try Cairo.opened()
    return try cairo.image(
      width: max(1, Int((size.width * scale).rounded())),
      height: max(1, Int((size.height * scale).rounded()))
    ) { context throws(GraphvizError) in
      try paint(on: context, of: cairo, scale: scale)
    } read: { rows throws(GraphvizError) in
      try read(rows)
    }
  }

  /// A premultiplied colour on white, as `0xRRGGBB`.
  private static func overWhite(_ color: UInt32) -> UInt32 {
    let rest = 255 - color >> 24
    return (color & 0xFFFFFF) &+ (rest << 16 | rest << 8 | rest)
  }
}
