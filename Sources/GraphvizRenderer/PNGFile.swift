import GradBase
import GradDrawing

/// A PNG (ISO/IEC 15948) of a drawing: flat colours and letters.
///
/// Rows are stored as they are, without one of the filters that suit photographs, and compressed at
/// level 3: that is smaller than what libpng makes of drawings on its own, in a third of the time.
struct PNGFile {
  private let compress: Compress
  private let bound: Bound

  private typealias Compress =
    @convention(c) (
      UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<CUnsignedLong>, UnsafePointer<UInt8>,
      CUnsignedLong, CInt
    ) -> CInt
  private typealias Bound = @convention(c) (CUnsignedLong) -> CUnsignedLong

  private static let level: CInt = 3

  /// Opens zlib (<https://zlib.net/manual.html>), which is there wherever cairo is.
  ///
  /// - Throws: ``GraphvizError`` with the package that is missing.
  init() throws(GraphvizError) {
    let names = ["libz.so.1", "libz.1.dylib"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
      let compress = dlsym(library, "compress2"), let bound = dlsym(library, "compressBound")
    else {
      throw GraphvizError(
        stage: .render, messages: ["zlib cannot be opened: apt-get install zlib1g"])
    }
    self.compress = unsafeBitCast(compress, to: Compress.self)
    self.bound = unsafeBitCast(bound, to: Bound.self)
  }

  /// The file of a picture.
  ///
  /// - Parameters:
  ///   - width: Pixels a row.
  ///   - height: The number of rows.
  ///   - pixels: The pixels as cairo has them: premultiplied, `0xAARRGGBB`, row by row.
  ///   - dotsPerInch: How large it is meant to be.
  /// - Returns: The contents of the file.
  /// - Throws: ``GraphvizError`` if zlib fails.
  func bytes(
    width: Int, height: Int, pixels: [UInt32], dotsPerInch: Double
  ) throws(GraphvizError) -> [UInt8] {
    let isOpaque = pixels.allSatisfy { $0 >> 24 == 255 }
    let rows = Self.rows(width: width, height: height, pixels: pixels, isOpaque: isOpaque)
    var length = bound(CUnsignedLong(rows.count))
    var status: CInt = 0
    let data = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      status = rows.withUnsafeBufferPointer { rows in
        rows.baseAddress.map {
          compress(start, &length, $0, CUnsignedLong(rows.count), Self.level)
        } ?? -1
      }
      count = status == 0 ? Int(length) : 0
    }
    if status != 0 {
      throw GraphvizError(stage: .render, messages: ["zlib failed with status \(status)"])
    }
    let header =
      PNGChunk.bigEndian(UInt32(width)) + PNGChunk.bigEndian(UInt32(height))
      + [8, isOpaque ? 2 : 6, 0, 0, 0]
    return PNGChunk.signature + PNGChunk.chunk("IHDR", header)
      + PNGChunk.chunk("pHYs", PNGChunk.resolution(dotsPerInch))
      + PNGChunk.chunk("IDAT", data) + PNGChunk.chunk("IEND", [])
  }

  /// Red, green, blue, and alpha unless all pixels are opaque, each row behind its filter's number.
  private static func rows(
    width: Int, height: Int, pixels: [UInt32], isOpaque: Bool
  ) -> [UInt8] {
    let count = height * (1 + width * (isOpaque ? 3 : 4))
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var place = 0
      func put(_ level: UInt32) {
        buffer[place] = UInt8(truncatingIfNeeded: level)
        place += 1
      }
      for row in 0..<height {
        put(0)
        for pixel in pixels[row * width..<(row + 1) * width] {
          let alpha = pixel >> 24
          for shift in [16, 8, 0] as [UInt32] {
            let level = pixel >> shift & 255
            // A premultiplied colour, divided and rounded as cairo does it.
            put(alpha == 255 || alpha == 0 ? level : (level * 255 + alpha / 2) / alpha)
          }
          if !isOpaque { put(alpha) }
        }
      }
      filled = place
    }
  }
}
