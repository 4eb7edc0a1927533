import GradBase

/// zlib's functions, found by name (<https://zlib.net/manual.html>); it is there wherever cairo is.
struct Zlib {
  private typealias Begin =
    @convention(c) (UnsafeMutableRawPointer, CInt, UnsafePointer<CChar>, CInt) -> CInt
  private typealias Compress = @convention(c) (UnsafeMutableRawPointer, CInt) -> CInt
  private typealias End = @convention(c) (UnsafeMutableRawPointer) -> CInt

  private let begin: Begin
  private let compress: Compress
  private let end: End

  /// Opens zlib.
  ///
  /// - Throws: ``GraphvizError`` with the package that is missing.
  init() throws(GraphvizError) {
    let library = try SharedLibrary("libz.so.1", "libz.1.dylib", package: "zlib1g")
    begin = try library.function("deflateInit_")
    compress = try library.function("deflate")
    end = try library.function("deflateEnd")
  }

  /// `z_stream` as `zlib.h` declares it.
  private struct Stream {
    var input: UnsafePointer<UInt8>?
    var inputCount: CUnsignedInt = 0
    var inputTotal: CUnsignedLong = 0
    var output: UnsafeMutablePointer<UInt8>?
    var outputCount: CUnsignedInt = 0
    var outputTotal: CUnsignedLong = 0
    var message: UnsafePointer<CChar>?
    var state: OpaquePointer?
    var allocate: OpaquePointer?
    var free: OpaquePointer?
    var custom: OpaquePointer?
    var dataType: CInt = 0
    var checksum: CUnsignedLong = 0
    var reserved: CUnsignedLong = 0
  }

  /// `count` rows of `size` bytes in a zlib stream; they are written a few at a time, so that not all of
  /// them need room at once.
  ///
  /// - Parameters:
  ///   - level: How hard to try, from 1 to 9.
  ///   - count: The number of rows.
  ///   - size: The bytes of a row.
  ///   - write: Writes the row of a number to where it is told.
  /// - Returns: The stream.
  /// - Throws: ``GraphvizError`` if zlib fails.
  func compressed(
    level: CInt, count: Int, size: Int,
    write: (_ row: Int, _ target: UnsafeMutablePointer<UInt8>) -> Void
  ) throws(GraphvizError) -> [UInt8] {
    let room = 1 << 15
    let rows = max(1, room / size)
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: rows * size)
    let output = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    let stream = UnsafeMutablePointer<Stream>.allocate(capacity: 1)
    stream.initialize(to: Stream())
    defer {
      input.deallocate()
      output.deallocate()
      stream.deallocate()
    }
    // Of its version zlib looks at the first digit.
    try check(begin(stream, level, "1", CInt(MemoryLayout<Stream>.size)))
    defer { _ = end(stream) }
    var result: [UInt8] = []
    for first in stride(from: 0, to: count, by: rows) {
      let own = min(rows, count - first)
      for row in 0..<own { write(first + row, input + row * size) }
      stream.pointee.input = UnsafePointer(input)
      stream.pointee.inputCount = CUnsignedInt(own * size)
      let (more, allOfIt): (CInt, CInt) = (0, 4)
      repeat {
        stream.pointee.output = output
        stream.pointee.outputCount = CUnsignedInt(room)
        try check(compress(stream, first + own == count ? allOfIt : more))
        result += UnsafeBufferPointer(
          start: output, count: room - Int(stream.pointee.outputCount))
      } while stream.pointee.outputCount == 0
    }
    return result
  }

  /// Makes sure that a call went well.
  private func check(_ status: CInt) throws(GraphvizError) {
    // 1 says that the stream is at its end, -5 that there was nothing left to do.
    if [0, 1, -5].contains(status) { return }
    throw GraphvizError(stage: .render, messages: ["zlib failed with status \(status)"])
  }
}
