import GradDrawing

/// The chunk of a PNG that says how many pixels a metre has (PNG specification, 11.3.5.3).
enum PNGResolution {
  /// The same picture with the resolution set, in place of one that it may have.
  static func set(_ bytes: [UInt8], dotsPerInch: Double) -> [UInt8] {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard bytes.starts(with: signature) else { return bytes }
    var result = signature
    var position = signature.count
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard position + 12 + length <= bytes.count else { return bytes }
      let type = bytes[position + 4..<position + 8]
      if !type.elementsEqual("pHYs".utf8) {
        result += bytes[position..<position + 12 + length]
      }
      if type.elementsEqual("IHDR".utf8) { result += chunk(dotsPerInch) }
      position += 12 + length
    }
    return result
  }

  private static func chunk(_ dotsPerInch: Double) -> [UInt8] {
    let perMetre = bigEndian(UInt32((dotsPerInch / 0.0254).rounded()))
    let body = Array("pHYs".utf8) + perMetre + perMetre + [1]
    return bigEndian(9) + body + bigEndian(CRC32.checksum(of: body))
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
