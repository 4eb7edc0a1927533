import GradBase
import GradDrawing

/// libwebp's functions, found by name (<https://developers.google.com/speed/webp/docs/api>); Graphviz
/// brings it along on Debian.
struct WebP {
  private typealias Encode =
    @convention(c) (
      UnsafePointer<UInt8>, CInt, CInt, CInt, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>
    ) -> Int
  private typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void

  private let encode: Encode
  private let free: Free

  /// The most pixels on a side that the format has room for.
  static let longestSide = 16_383

  /// Opens libwebp.
  ///
  /// - Throws: ``GraphvizError`` with the package that is missing.
  init() throws(GraphvizError) {
    let library = try SharedLibrary("libwebp.so.7", "libwebp.7.dylib", package: "libwebp7")
    encode = try library.function("WebPEncodeLosslessRGBA")
    free = try library.function("WebPFree")
  }

  /// The file of a picture, without any loss.
  ///
  /// - Throws: ``GraphvizError`` if libwebp fails.
  func bytes(of pixels: PixelRows) throws(GraphvizError) -> [UInt8] {
    var colors = [UInt8](repeating: 0, count: pixels.width * pixels.height * 4)
    colors.withUnsafeMutableBufferPointer { target in
      guard let start = target.baseAddress else { return }
      for row in 0..<pixels.height {
        PNGFile.put(pixels[row], start + row * pixels.width * 4)
      }
    }
    var file: UnsafeMutablePointer<UInt8>?
    let (width, height) = (CInt(pixels.width), CInt(pixels.height))
    let count = encode(colors, width, height, 4 * width, &file)
    defer { free(file) }
    guard count > 0, let file else {
      throw GraphvizError(stage: .render, messages: ["libwebp could not write the picture"])
    }
    return Array(UnsafeBufferPointer(start: file, count: count))
  }
}
