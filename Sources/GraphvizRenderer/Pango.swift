import GradDrawing

/// pango's functions, found by name (<https://docs.gtk.org/PangoCairo>): for letters that the figure's
/// font lacks, that join their neighbours, or that run from right to left.
///
/// It takes a while to start, so that it is opened for such letters alone.
final class Pango {
  private let newLayout: @convention(c) (OpaquePointer) -> OpaquePointer?
  private let setText: @convention(c) (OpaquePointer, UnsafePointer<CChar>, CInt) -> Void
  private let setFont: @convention(c) (OpaquePointer, OpaquePointer) -> Void
  private let baseline: @convention(c) (OpaquePointer) -> CInt
  private let show: @convention(c) (OpaquePointer, OpaquePointer) -> Void
  private let letLayoutGo: @convention(c) (OpaquePointer) -> Void
  private let newFont: @convention(c) (UnsafePointer<CChar>) -> OpaquePointer?
  private let setSize: @convention(c) (OpaquePointer, Double) -> Void
  private let freeFont: @convention(c) (OpaquePointer) -> Void

  /// Pango's units in one of ours.
  private static let units = 1024.0

  private init() throws(GraphvizError) {
    let package = "libpangocairo-1.0-0"
    let drawing = try SharedLibrary(
      "libpangocairo-1.0.so.0", "libpangocairo-1.0.0.dylib", package: package)
    newLayout = try drawing.function("pango_cairo_create_layout")
    show = try drawing.function("pango_cairo_show_layout")
    let text = try SharedLibrary("libpango-1.0.so.0", "libpango-1.0.0.dylib", package: package)
    setText = try text.function("pango_layout_set_text")
    setFont = try text.function("pango_layout_set_font_description")
    baseline = try text.function("pango_layout_get_baseline")
    newFont = try text.function("pango_font_description_from_string")
    setSize = try text.function("pango_font_description_set_absolute_size")
    freeFont = try text.function("pango_font_description_free")
    let objects = try SharedLibrary(
      "libgobject-2.0.so.0", "libgobject-2.0.0.dylib", package: package)
    letLayoutGo = try objects.function("g_object_unref")
  }

  /// The pango of this process.
  static func opened() throws(GraphvizError) -> Pango { try shared.get() }

  // What it holds never changes, and pango keeps its fonts by thread.
  nonisolated(unsafe) private static let shared = Result { () throws(GraphvizError) in
    try Pango()
  }

  /// Draws letters from `place` on, which is on their baseline.
  func show(
    _ text: String, size: Double, isBold: Bool, at place: Point, _ cairo: Cairo,
    _ context: OpaquePointer
  ) throws(GraphvizError) {
    guard let layout = newLayout(context),
      let font = newFont("\(Fonts.family)\(isBold ? " Bold" : "")")
    else { throw GraphvizError(stage: .render, messages: ["pango has no room for a line of text"]) }
    setSize(font, size * Self.units)
    setFont(layout, font)
    freeFont(font)
    setText(layout, text, -1)
    cairo.moveTo(context, place.x, place.y - Double(baseline(layout)) / Self.units)
    show(context, layout)
    letLayoutGo(layout)
  }
}
