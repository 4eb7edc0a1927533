import GradBase

/// cairo's functions, found by name (<https://www.cairographics.org/manual>).
///
/// Graphviz's pango plugin draws with cairo, so that cairo is there where pictures can be drawn at all;
/// opened at run time, it is no dependency of its own.
struct Cairo {
  private typealias Write =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, CUnsignedInt) -> CInt
  private typealias NewPDF =
    @convention(c) (Write, UnsafeMutableRawPointer, Double, Double) -> OpaquePointer?
  private typealias Restrict = @convention(c) (OpaquePointer, CInt) -> Void
  private typealias NewImage = @convention(c) (CInt, CInt, CInt) -> OpaquePointer?
  private typealias Make = @convention(c) (OpaquePointer) -> OpaquePointer?
  private typealias Act = @convention(c) (OpaquePointer) -> Void
  private typealias Ask = @convention(c) (OpaquePointer) -> CInt
  private typealias Data = @convention(c) (OpaquePointer) -> UnsafeMutablePointer<UInt8>?

  private let newPDF: NewPDF
  private let restrictVersion: Restrict
  private let newImage: NewImage
  private let newContext: Make
  private let destroyContext: Act
  private let save: Act
  private let restore: Act
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
    let names = ["libcairo.so.2", "libcairo.2.dylib"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
      let newPDF = dlsym(library, "cairo_pdf_surface_create_for_stream"),
      let restrictVersion = dlsym(library, "cairo_pdf_surface_restrict_to_version"),
      let newImage = dlsym(library, "cairo_image_surface_create"),
      let newContext = dlsym(library, "cairo_create"),
      let destroyContext = dlsym(library, "cairo_destroy"),
      let save = dlsym(library, "cairo_save"), let restore = dlsym(library, "cairo_restore"),
      let showPage = dlsym(library, "cairo_show_page"),
      let status = dlsym(library, "cairo_status"),
      let finish = dlsym(library, "cairo_surface_finish"),
      let flush = dlsym(library, "cairo_surface_flush"),
      let destroySurface = dlsym(library, "cairo_surface_destroy"),
      let data = dlsym(library, "cairo_image_surface_get_data"),
      let stride = dlsym(library, "cairo_image_surface_get_stride")
    else {
      throw GraphvizError(
        stage: .render, messages: ["cairo cannot be opened: apt-get install libcairo2"])
    }
    self.newPDF = unsafeBitCast(newPDF, to: NewPDF.self)
    self.restrictVersion = unsafeBitCast(restrictVersion, to: Restrict.self)
    self.newImage = unsafeBitCast(newImage, to: NewImage.self)
    self.newContext = unsafeBitCast(newContext, to: Make.self)
    self.destroyContext = unsafeBitCast(destroyContext, to: Act.self)
    self.save = unsafeBitCast(save, to: Act.self)
    self.restore = unsafeBitCast(restore, to: Act.self)
    self.showPage = unsafeBitCast(showPage, to: Act.self)
    self.status = unsafeBitCast(status, to: Ask.self)
    self.finish = unsafeBitCast(finish, to: Act.self)
    self.flush = unsafeBitCast(flush, to: Act.self)
    self.destroySurface = unsafeBitCast(destroySurface, to: Act.self)
    self.data = unsafeBitCast(data, to: Data.self)
    self.stride = unsafeBitCast(stride, to: Ask.self)
  }

  /// A PDF of `count` pages of one size, in points, which `draw` draws one by one.
  func pdf(
    width: Double, height: Double, pages count: Int,
    _ draw: (_ page: Int, _ context: OpaquePointer) throws(GraphvizError) -> Void
  ) throws(GraphvizError) -> [UInt8] {
    let sink = Sink()
    try withExtendedLifetime(sink) { () throws(GraphvizError) in
      let receiver = Unmanaged.passUnretained(sink).toOpaque()
      let surface = newPDF(
        { receiver, bytes, count in
          guard let receiver else { return 0 }
          let sink = Unmanaged<Sink>.fromOpaque(receiver).takeUnretainedValue()
          sink.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
          return 0
        }, receiver, width, height)
      // PDF 1.4. From 1.5 on cairo packs the date of today among compressed objects, where
      // ``DocumentDate`` cannot take it out.
      let version14: CInt = 0
      if let surface { restrictVersion(surface, version14) }
      try withContext(on: surface) { context throws(GraphvizError) in
        for page in 0..<count {
          save(context)
          try draw(page, context)
          restore(context)
          showPage(context)
        }
      }
    }
    return sink.bytes
  }

  /// The pixels of what `draw` draws: premultiplied, `0xAARRGGBB`, row by row.
  func image(
    width: Int, height: Int, _ draw: (_ context: OpaquePointer) throws(GraphvizError) -> Void
  ) throws(GraphvizError) -> [UInt32] {
    let argb32: CInt = 0
    let surface = newImage(argb32, CInt(width), CInt(height))
    var pixels: [UInt32] = []
    try withContext(on: surface) { context throws(GraphvizError) in
      try draw(context)
      guard let surface else { return }
      flush(surface)
      guard let data = data(surface) else { return }
      pixels.reserveCapacity(width * height)
      for row in 0..<height {
        let start = UnsafeRawPointer(data) + row * Int(stride(surface))
        pixels += UnsafeBufferPointer(
          start: start.assumingMemoryBound(to: UInt32.self), count: width)
      }
    }
    return pixels
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
