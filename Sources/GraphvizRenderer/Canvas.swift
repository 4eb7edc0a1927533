import CGraphviz
import GradDrawing

/// What drawings are drawn with by way of cairo; only made and used inside ``Graphviz/alone(_:)``.
///
/// To open Graphviz's plugins and cairo, and to see how they place text, takes longer than to draw a
/// figure, so that one canvas is kept for all that a process draws. Its context may not be freed either
/// once it has measured text: pango's plugin remembers the last font by a pointer into that context, and
/// reads it when it measures in the next.
final class Canvas {
  let context: Context
  let cairo: Cairo
  /// How far above its anchor text is drawn, in em.
  let drop: Double

  nonisolated(unsafe) private static var shared: Canvas?

  private init() throws(GraphvizError) {
    cairo = try Cairo()
    context = try Context.forCanvas()
    drop = try Drawing.textDrop(in: context)
  }

  /// The canvas of this process.
  static func kept() throws(GraphvizError) -> Canvas {
    if let shared { return shared }
    let canvas = try Canvas()
    shared = canvas
    return canvas
  }

  /// Draws with a cairo context.
  func draw(
    _ drawing: Drawing, on target: OpaquePointer, scale: Double
  ) throws(GraphvizError) {
    let graph = try drawing.graph(drop: drop, scale: scale)
    try graph.laidOut(by: "page", in: context) { () throws(GraphvizError) in
      guard cgv_draw(context.pointer, graph.pointer, UnsafeMutableRawPointer(target)) else {
        throw GraphvizLog.error(at: .render)
      }
    }
  }
}
