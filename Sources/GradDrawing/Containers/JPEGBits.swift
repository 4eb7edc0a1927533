/// A Huffman code of a JPEG: symbols as bits.
struct JPEGCode {
  /// How many symbols have 1 bit, 2 bits, up to 16.
  let lengths: [UInt8]
  /// The symbols, the shortest first.
  let symbols: [UInt8]
  /// The bits of each symbol, and how many.
  let codes: [(bits: UInt32, count: Int)]

  private init(lengths: [UInt8], symbols: [UInt8]) {
    (self.lengths, self.symbols) = (lengths, symbols)
    var codes = [(bits: UInt32, count: Int)](repeating: (0, 0), count: 256)
    var next: UInt32 = 0
    var rest = symbols[...]
    for (index, count) in lengths.enumerated() {
      for _ in 0..<count {
        codes[Int(rest.removeFirst())] = (next, index + 1)
        next += 1
      }
      next <<= 1
    }
    self.codes = codes
  }

  /// For means of blocks: table K.3 of the standard.
  static let means = JPEGCode(
    lengths: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: Array(0...11))

  /// For zeros before a wave, and how many bits that has: table K.5 of the standard.
  static let waves = JPEGCode(
    lengths: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    symbols: [
      0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61,
      0x07,
      0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1,
      0xF0,
      0x24, 0x33, 0x62, 0x72, 0x82,
    ]
      + [
        0x09...0x0A, 0x16...0x1A, 0x25...0x2A, 0x34...0x3A, 0x43...0x4A, 0x53...0x5A, 0x63...0x6A,
        0x73...0x7A, 0x83...0x8A, 0x92...0x9A, 0xA2...0xAA, 0xB2...0xBA, 0xC2...0xCA, 0xD2...0xDA,
        0xE1...0xEA, 0xF1...0xFA,
      ].flatMap(Array.init))
}

/// Bits from the highest of a byte on, as a JPEG has them.
struct JPEGBits {
  private var bytes: [UInt8] = []
  private var waiting: UInt32 = 0
  private var count = 0

  /// Adds a code.
  mutating func write(_ code: (bits: UInt32, count: Int)) { write(code.bits, code.count) }

  /// Adds a number behind `zeros` that are 0.
  mutating func write(_ number: Int, after zeros: Int, _ code: JPEGCode) {
    let size = Int.bitWidth - number.magnitude.leadingZeroBitCount
    write(code.codes[zeros << 4 | size])
    // A number below 0 has the bits of the number before it.
    write(UInt32(truncatingIfNeeded: number < 0 ? number - 1 : number), size)
  }

  private mutating func write(_ bits: UInt32, _ size: Int) {
    if size == 0 { return }
    waiting = waiting << UInt32(size) | bits & (1 << UInt32(size) - 1)
    count += size
    while count >= 8 {
      let byte = UInt8(truncatingIfNeeded: waiting >> UInt32(count - 8))
      bytes.append(byte)
      // What looks like a mark is none.
      if byte == 0xFF { bytes.append(0) }
      count -= 8
    }
  }

  /// All bytes; the last is filled up with ones.
  mutating func finished() -> [UInt8] {
    if count > 0 { write(0x7F, 8 - count) }
    return bytes
  }
}
