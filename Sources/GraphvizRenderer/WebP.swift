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
    return Self.extended(Array(UnsafeBufferPointer(start: file, count: count)), pixels)
  }

  /// The same file in the extended form, which has room for words.
  private static func extended(_ file: [UInt8], _ pixels: PixelRows) -> [UInt8] {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let shinesThrough: UInt8 = 0x10
    let flags = [pixels.areOpaque ? 0 : shinesThrough, 0, 0, 0]
    let size = bytes(pixels.width - 1, 3) + bytes(pixels.height - 1, 3)
    let head = Array("VP8X".utf8) + bytes(10, 4) + flags + size
    return Array("RIFF".utf8) + bytes(file.count - 8 + head.count, 4) + file[8..<12] + head
      + file[12...]
  }
}
