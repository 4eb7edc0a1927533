import GradBase
import GradDrawing

/// Chunks of a PNG (PNG specification, 5.3).
package enum PNGChunk {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The same picture with one more chunk after the first.
  ///
  /// - Parameters:
  ///   - type: Four letters.
  ///   - data: What the chunk holds.
  ///   - bytes: A PNG.
  /// - Returns: The picture; the same bytes if they are no PNG.
  package static func inserting(
    _ type: String, _ data: [UInt8], into bytes: [UInt8]
  ) -> [UInt8] {
    guard bytes.starts(with: signature) else { return bytes }
    var result = signature
    var position = signature.count
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard position + 12 + length <= bytes.count else { return bytes }
      let own = bytes[position + 4..<position + 8]
      result += bytes[position..<position + 12 + length]
      if own.elementsEqual("IHDR".utf8) { result += chunk(type, data) }
      position += 12 + length
    }
    return result
  }

  /// The chunk of `type`, four letters, that holds `data`.
  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(CRC32.checksum(of: body))
  }

  /// The data of `pHYs`: how many pixels a metre has (PNG specification, 11.3.5.3).
  static func resolution(_ dotsPerInch: Double) -> [UInt8] {
    let perMetre = bigEndian(UInt32((dotsPerInch / 0.0254).rounded()))
    return perMetre + perMetre + [1]
  }

  /// A number as it stands in a chunk.
  static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
