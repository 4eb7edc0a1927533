public import GradDrawing

import CGraphviz
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
      let context = try Context.forCanvas()
      let drop = try textDrop(in: context)
      let (width, height) = (first.size.width, first.size.height)
      return try Cairo().pdf(width: width, height: height, pages: drawings.count) {
        page, canvas throws(GraphvizError) in
        try drawings[page].draw(on: canvas, drop: drop, scale: 1, in: context)
      }
    }
    return DocumentDate.removed(bytes)
  }

  /// The pixels of each of `drawings`, over white where they have no background.
  ///
  /// Safe to call from any thread; calls take turns.
  ///
  /// - Parameters:
  ///   - drawings: The drawings.
  ///   - scale: Pixels a point; above 0.
  /// - Returns: The pictures.
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a picture of too many pixels.
  public static func pixels(
    of drawings: [Drawing], scale: Double = 2
  ) throws(GraphvizError) -> [Pixels] {
    precondition(scale > 0 && scale.isFinite, "a scale is above 0")
    for drawing in drawings { try drawing.checkSide(scale: scale) }
    return try Graphviz.alone { () throws(GraphvizError) in
      let context = try Context.forCanvas()
      let drop = try textDrop(in: context)
      let cairo = try Cairo()
      var pictures: [Pixels] = []
      for drawing in drawings {
        let width = max(1, Int((drawing.size.width * scale).rounded()))
        let height = max(1, Int((drawing.size.height * scale).rounded()))
        let colors = try cairo.image(width: width, height: height) {
          canvas throws(GraphvizError) in
          try drawing.draw(on: canvas, drop: drop, scale: scale, in: context)
        }
        pictures.append(Pixels(width: width, height: height, colors: colors.map(overWhite)))
      }
      return pictures
    }
  }

  /// Draws with a cairo context.
  private func draw(
    on canvas: OpaquePointer, drop: Double, scale: Double, in context: borrowing Context
  ) throws(GraphvizError) {
    let graph = try graph(drop: drop, scale: scale)
    try graph.laidOut(by: "page", in: context) { () throws(GraphvizError) in
      guard cgv_draw(context.pointer, graph.pointer, UnsafeMutableRawPointer(canvas)) else {
        throw GraphvizLog.error(at: .render)
      }
    }
  }

  /// A premultiplied colour on white, as `0xRRGGBB`.
  private static func overWhite(_ color: UInt32) -> UInt32 {
    let rest = 255 - color >> 24
    return (color & 0xFFFFFF) &+ (rest << 16 | rest << 8 | rest)
  }
}
