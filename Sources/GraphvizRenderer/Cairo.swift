import GradBase

/// cairo's functions, found by name (<https://www.cairographics.org/manual>).
///
/// Graphviz draws its own pictures with cairo, so that it is there where Graphviz is installed whole.
final class Cairo {
  typealias Act = @convention(c) (OpaquePointer) -> Void
  typealias Number = @convention(c) (OpaquePointer, Double) -> Void
  typealias Place = @convention(c) (OpaquePointer, Double, Double) -> Void
  private typealias Write =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, CUnsignedInt) -> CInt
  private typealias NewStream =
    @convention(c) (Write, UnsafeMutableRawPointer, Double, Double) -> OpaquePointer?
  private typealias Choose = @convention(c) (OpaquePointer, CInt) -> Void
  private typealias NewImage = @convention(c) (CInt, CInt, CInt) -> OpaquePointer?
  private typealias Make = @convention(c) (OpaquePointer) -> OpaquePointer?
  private typealias Ask = @convention(c) (OpaquePointer) -> CInt
  private typealias Data = @convention(c) (OpaquePointer) -> UnsafeMutablePointer<UInt8>?

  // Paths, colours and letters.
  let moveTo: Place
  let lineTo: Place
  let curveTo:
    @convention(c) (OpaquePointer, Double, Double, Double, Double, Double, Double) -> Void
  let arc: @convention(c) (OpaquePointer, Double, Double, Double, Double, Double) -> Void
  let closePath: Act
  let newPath: Act
  let fillPreserve: Act
  let stroke: Act
  let setLineWidth: Number
  let setDash: @convention(c) (OpaquePointer, UnsafePointer<Double>?, CInt, Double) -> Void
  let setColor: @convention(c) (OpaquePointer, Double, Double, Double) -> Void
  let scale: Place
  let selectFont: @convention(c) (OpaquePointer, UnsafePointer<CChar>, CInt, CInt) -> Void
  let setFontSize: Number
  let showText: @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> Void
  private let setFontOptions: @convention(c) (OpaquePointer, OpaquePointer) -> Void
  /// How letters are drawn: neither moved nor stretched to whole pixels, in greys.
  private let fontOptions: OpaquePointer

  // Surfaces.
  private let newPDF: NewStream
  private let newEPS: NewStream
  private let restrictVersion: Choose
  private let setEncapsulated: Choose
  private let newImage: NewImage
  private let newContext: Make
  private let destroyContext: Act
  private let showPage: Act
  private let status: Ask
  private let finish: Act
  private let flush: Act
  private let destroySurface: Act
  private let data: Data
  private let stride: Ask

  /// Opens cairo.
  ///
  /// - Throws: ``GraphvizError`` with the package that is missing.
  init() throws(GraphvizError) {
    let library = try SharedLibrary("libcairo.so.2", "libcairo.2.dylib", package: "libcairo2")
    moveTo = try library.function("cairo_move_to")
    lineTo = try library.function("cairo_line_to")
    curveTo = try library.function("cairo_curve_to")
    arc = try library.function("cairo_arc")
    closePath = try library.function("cairo_close_path")
    newPath = try library.function("cairo_new_path")
    fillPreserve = try library.function("cairo_fill_preserve")
    stroke = try library.function("cairo_stroke")
    setLineWidth = try library.function("cairo_set_line_width")
    setDash = try library.function("cairo_set_dash")
    setColor = try library.function("cairo_set_source_rgb")
    scale = try library.function("cairo_scale")
    selectFont = try library.function("cairo_select_font_face")
    setFontSize = try library.function("cairo_set_font_size")
    showText = try library.function("cairo_show_text")
    setFontOptions = try library.function("cairo_set_font_options")
    newPDF = try library.function("cairo_pdf_surface_create_for_stream")
    newEPS = try library.function("cairo_ps_surface_create_for_stream")
    restrictVersion = try library.function("cairo_pdf_surface_restrict_to_version")
    setEncapsulated = try library.function("cairo_ps_surface_set_eps")
    newImage = try library.function("cairo_image_surface_create")
    newContext = try library.function("cairo_create")
    destroyContext = try library.function("cairo_destroy")
    showPage = try library.function("cairo_show_page")
    status = try library.function("cairo_status")
    finish = try library.function("cairo_surface_finish")
    flush = try library.function("cairo_surface_flush")
    destroySurface = try library.function("cairo_surface_destroy")
    data = try library.function("cairo_image_surface_get_data")
    stride = try library.function("cairo_image_surface_get_stride")

    let newOptions: @convention(c) () -> OpaquePointer =
      try library.function("cairo_font_options_create")
    fontOptions = newOptions()
    let (grey, none, off): (CInt, CInt, CInt) = (2, 1, 1)
    for (name, value) in [("antialias", grey), ("hint_style", none), ("hint_metrics", off)] {
      let set: Choose = try library.function("cairo_font_options_set_\(name)")
      set(fontOptions, value)
    }
  }

  /// The cairo of this process; opened once, as its fonts are kept with it.
  static func opened() throws(GraphvizError) -> Cairo { try shared.get() }

  // What it holds never changes, and cairo is safe to call from any thread.
  nonisolated(unsafe) private static let shared = Result { () throws(GraphvizError) in
    try Cairo()
  }

  /// A PDF of `count` pages of one size, in points, which `draw` draws one by one.
  func pdf(
    width: Double, height: Double, pages count: Int,
    _ draw: (_ page: Int, _ context: OpaquePointer) throws(GraphvizError) -> Void
  ) throws(GraphvizError) -> [UInt8] {
    try bytes(of: newPDF, width: width, height: height) { surface in
      // PDF 1.4. From 1.5 on cairo packs the date of today among compressed objects, where
      // ``DocumentDate`` cannot take it out.
      let version14: CInt = 0
      restrictVersion(surface, version14)
    } draw: { context throws(GraphvizError) in
      for page in 0..<count {
        try draw(page, context)
        showPage(context)
      }
    }
  }

  /// Encapsulated PostScript of a page, in points, which `draw` draws.
  func eps(
    width: Double, height: Double,
    _ draw: (_ context: OpaquePointer) throws(GraphvizError) -> Void
  ) throws(GraphvizError) -> [UInt8] {
    try bytes(of: newEPS, width: width, height: height) { surface in
      setEncapsulated(surface, 1)
    } draw: { context throws(GraphvizError) in
      try draw(context)
      showPage(context)
    }
  }

  /// What a surface that writes a stream writes.
  private func bytes(
    of new: NewStream, width: Double, height: Double, prepare: (OpaquePointer) -> Void,
    draw: (OpaquePointer) throws(GraphvizError) -> Void
  ) throws(GraphvizError) -> [UInt8] {
    let sink = Sink()
    try withExtendedLifetime(sink) { () throws(GraphvizError) in
      let receiver = Unmanaged.passUnretained(sink).toOpaque()
      let surface = new(
        { receiver, bytes, count in
          guard let receiver else { return 0 }
          let sink = Unmanaged<Sink>.fromOpaque(receiver).takeUnretainedValue()
          sink.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
          return 0
        }, receiver, width, height)
      if let surface { prepare(surface) }
      try withContext(on: surface, draw)
    }
    return sink.bytes
  }

  /// Lets `read` have the pixels of what `draw` draws.
  func image<Result>(
    width: Int, height: Int, _ draw: (_ context: OpaquePointer) throws(GraphvizError) -> Void,
    read: (PixelRows) throws(GraphvizError) -> Result
  ) throws(GraphvizError) -> Result {
    let argb32: CInt = 0
    let surface = newImage(argb32, CInt(width), CInt(height))
    var result: Result?
    try withContext(on: surface) { context throws(GraphvizError) in
      try draw(context)
      guard let surface else { return }
      flush(surface)
      guard let data = data(surface) else { return }
      result = try read(
        PixelRows(start: data, bytesPerRow: Int(stride(surface)), width: width, height: height))
    }
    guard let result else { throw Self.failure(Self.outOfMemory) }
    return result
  }

  /// What a stream has taken.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  /// Lets `body` draw on a surface, then finishes it and lets it go.
  private func withContext(
    on surface: OpaquePointer?, _ body: (OpaquePointer) throws(GraphvizError) -> Void
  ) throws(GraphvizError) {
    guard let surface else { throw Self.failure(Self.outOfMemory) }
    defer { destroySurface(surface) }
    guard let context = newContext(surface) else { throw Self.failure(Self.outOfMemory) }
    defer { destroyContext(context) }
    setFontOptions(context, fontOptions)
    try body(context)
    let status = status(context)
    finish(surface)
    if status != 0 { throw Self.failure(status) }
  }

  /// `CAIRO_STATUS_NO_MEMORY`.
  private static let outOfMemory: CInt = 1

  private static func failure(_ status: CInt) -> GraphvizError {
    GraphvizError(stage: .render, messages: ["cairo failed with status \(status)"])
  }
}

/// Pixels as cairo has them: premultiplied, `0xAARRGGBB`, row by row.
struct PixelRows {
  var start: UnsafeRawPointer
  var bytesPerRow: Int
  var width: Int
  var height: Int

  /// The pixels of a row.
  subscript(row: Int) -> UnsafeBufferPointer<UInt32> {
    let start = (start + row * bytesPerRow).assumingMemoryBound(to: UInt32.self)
    return UnsafeBufferPointer(start: start, count: width)
  }

  /// Whether nothing shines through.
  var areOpaque: Bool {
    for row in 0..<height {
      var all = UInt32.max
      for pixel in self[row] { all &= pixel }
      if all >> 24 != 255 { return false }
    }
    return true
  }
}
