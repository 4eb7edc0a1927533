/// The chunk of a PNG that says how many pixels a metre has (PNG specification, 11.3.5.3).
enum PNGResolution {
  /// The same picture with the resolution set, in place of one that it may have.
  static func set(_ bytes: [UInt8], dotsPerInch: Double) -> [UInt8] {
    let perMetre = PNGChunk.bigEndian(UInt32((dotsPerInch / 0.0254).rounded()))
    return PNGChunk.inserting("pHYs", perMetre + perMetre + [1], into: bytes, replacing: true)
  }
}
