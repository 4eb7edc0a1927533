import GradBase
import GradDrawing

/// A PNG (ISO/IEC 15948) of a drawing: flat colours and letters.
///
/// Rows are stored as they are, without one of the filters that suit photographs, and compressed at
/// level 3: that is smaller than what libpng makes of drawings on its own, in a third of the time.
struct PNGFile {
  private let zlib: Zlib

  /// Opens zlib.
  ///
  /// - Throws: ``GraphvizError`` with the package that is missing.
  init() throws(GraphvizError) { zlib = try Zlib() }

  /// The file of a picture.
  ///
  /// - Parameters:
  ///   - pixels: The pixels as cairo has them.
  ///   - dotsPerInch: How large it is meant to be.
  /// - Returns: The contents of the file.
  /// - Throws: ``GraphvizError`` if zlib fails.
  func bytes(of pixels: PixelRows, dotsPerInch: Double) throws(GraphvizError) -> [UInt8] {
    let isOpaque = pixels.areOpaque
    let length = 1 + pixels.width * (isOpaque ? 3 : 4)
    let data = try zlib.compressed(level: 3, count: pixels.height, size: length) { row, target in
      // The number of the filter.
      target[0] = 0
      if isOpaque {
        Self.putOpaque(pixels[row], target + 1)
      } else {
        Self.put(pixels[row], target + 1)
      }
    }
    let header =
      PNGChunk.bigEndian(UInt32(pixels.width)) + PNGChunk.bigEndian(UInt32(pixels.height))
      + [8, isOpaque ? 2 : 6, 0, 0, 0]
    return PNGChunk.signature + PNGChunk.chunk("IHDR", header)
      + PNGChunk.chunk("pHYs", PNGChunk.resolution(dotsPerInch))
      + PNGChunk.chunk("IDAT", data) + PNGChunk.chunk("IEND", [])
  }

  /// Red, green and blue.
  private static func putOpaque(
    _ pixels: UnsafeBufferPointer<UInt32>, _ target: UnsafeMutablePointer<UInt8>
  ) {
    var target = target
    for pixel in pixels {
      target[0] = UInt8(truncatingIfNeeded: pixel >> 16)
      target[1] = UInt8(truncatingIfNeeded: pixel >> 8)
      target[2] = UInt8(truncatingIfNeeded: pixel)
      target += 3
    }
  }

  /// Red, green, blue and alpha.
  static func put(
    _ pixels: UnsafeBufferPointer<UInt32>, _ target: UnsafeMutablePointer<UInt8>
  ) {
    var target = target
    for pixel in pixels {
      let alpha = pixel >> 24
      for shift in [16, 8, 0] as [UInt32] {
        let level = pixel >> shift & 255
        // A premultiplied colour, divided and rounded as cairo does it.
        let own = alpha == 255 || alpha == 0 ? level : (level * 255 + alpha / 2) / alpha
        target[0] = UInt8(truncatingIfNeeded: own)
        target += 1
      }
      target[0] = UInt8(truncatingIfNeeded: alpha)
      target += 1
    }
  }
}
