/// Unpacks what was packed by deflate (RFC 1951), with zlib's two bytes before it (RFC 1950) or without.
///
/// Written here because what comes in an address comes from anybody: it stops at a length, and needs no
/// library in the process that listens.
struct Inflate {
  /// What is wrong with packed bytes.
  enum Fault: Error, Equatable {
    case broken
    /// It would become longer than is allowed.
    case tooLong
  }

  private let input: [UInt8]
  private let limit: Int
  private var index = 0
  private var bits = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  /// The unpacked bytes, `limit` of them at most.
  static func bytes(_ packed: [UInt8], limit: Int) throws(Fault) -> [UInt8] {
    var inflate = Inflate(input: packed, limit: limit)
    // The first byte tells the method, 8, and both together are a multiple of 31.
    let isZlib =
      packed.count > 6 && packed[0] & 0x0F == 8 && (Int(packed[0]) << 8 | Int(packed[1])) % 31 == 0
    if isZlib {
      if packed[1] & 0x20 != 0 { throw .broken }
      inflate.index = 2
    }
    try inflate.unpack()
    if isZlib {
      // Whole bytes that were taken and not used belong to the sum that follows.
      inflate.index -= inflate.bitCount / 8
      guard inflate.index + 4 <= packed.count else { throw .broken }
      let sum = packed[inflate.index..<(inflate.index + 4)].reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      guard sum == adler(inflate.output) else { throw .broken }
    }
    return inflate.output
  }

  private init(input: [UInt8], limit: Int) { (self.input, self.limit) = (input, limit) }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  // MARK: Bits

  private mutating func take(_ count: Int) throws(Fault) -> Int {
    while bitCount < count {
      guard index < input.count else { throw .broken }
      bits |= Int(input[index]) << bitCount
      index += 1
      bitCount += 8
    }
    defer {
      bits >>= count
      bitCount -= count
    }
    return bits & (1 << count - 1)
  }

  private mutating func add(_ byte: UInt8) throws(Fault) {
    if output.count >= limit { throw .tooLong }
    output.append(byte)
  }

  // MARK: Codes

  /// A code of Huffman's: how many words there are of each length, and the words in order.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var words: [Int] = []

    init(_ lengths: ArraySlice<Int>) throws(Fault) {
      for length in lengths { counts[length] += 1 }
      var left = 1
      for length in 1...15 {
        left = left << 1 - counts[length]
        if left < 0 { throw .broken }
      }
      counts[0] = 0
      var places = [Int](repeating: 0, count: 16)
      for length in 1..<15 { places[length + 1] = places[length] + counts[length] }
      words = [Int](repeating: 0, count: lengths.count)
      for (word, length) in lengths.enumerated() where length > 0 {
        words[places[length]] = word
        places[length] += 1
      }
    }
  }

  private mutating func word(_ code: Code) throws(Fault) -> Int {
    var (value, first, place) = (0, 0, 0)
    for length in 1...15 {
      value |= try take(1)
      let count = code.counts[length]
      if value - count < first { return code.words[place + value - first] }
      place += count
      first = (first + count) << 1
      value <<= 1
    }
    throw .broken
  }

  // MARK: Blocks

  private mutating func unpack() throws(Fault) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copy()
      case 1: try unpack(Self.fixed.letters, Self.fixed.distances)
      case 2:
        let (letters, distances) = try codes()
        try unpack(letters, distances)
      default: throw .broken
      }
    }
  }

  private mutating func copy() throws(Fault) {
    (bits, bitCount) = (0, 0)
    guard index + 4 <= input.count else { throw .broken }
    let count = Int(input[index]) | Int(input[index + 1]) << 8
    let check = Int(input[index + 2]) | Int(input[index + 3]) << 8
    index += 4
    guard count == ~check & 0xFFFF, index + count <= input.count else { throw .broken }
    if output.count + count > limit { throw .tooLong }
    output += input[index..<(index + count)]
    index += count
  }

  private static let fixed: (letters: Code, distances: Code) = {
    let lengths =
      [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112)
      + [Int](repeating: 7, count: 24) + [Int](repeating: 8, count: 8)
    guard let letters = try? Code(lengths[...]),
      let distances = try? Code([Int](repeating: 5, count: 30)[...])
    else { preconditionFailure("the codes of RFC 1951 are sound") }
    return (letters, distances)
  }()

  private mutating func codes() throws(Fault) -> (Code, Code) {
    let letterCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    guard letterCount <= 286, distanceCount <= 30 else { throw .broken }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [Int](repeating: 0, count: 19)
    for place in 0..<lengthCount { lengths[order[place]] = try take(3) }
    let code = try Code(lengths[...])
    var all: [Int] = []
    while all.count < letterCount + distanceCount {
      switch try word(code) {
      case let length where length < 16: all.append(length)
      case 16:
        guard let last = all.last else { throw .broken }
        all += [Int](repeating: last, count: try take(2) + 3)
      case 17: all += [Int](repeating: 0, count: try take(3) + 3)
      default: all += [Int](repeating: 0, count: try take(7) + 11)
      }
    }
    guard all.count == letterCount + distanceCount, all[256] > 0 else { throw .broken }
    return (try Code(all[..<letterCount]), try Code(all[letterCount...]))
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
    2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
  ]

  private mutating func unpack(_ letters: Code, _ distances: Code) throws(Fault) {
    while true {
      let letter = try word(letters)
      if letter == 256 { return }
      if letter < 256 {
        try add(UInt8(letter))
        continue
      }
      guard letter <= 285 else { throw .broken }
      let length = Self.lengthBases[letter - 257] + (try take(Self.lengthBits[letter - 257]))
      let symbol = try word(distances)
      guard symbol < 30 else { throw .broken }
      let distance = Self.distanceBases[symbol] + (try take(max(0, symbol / 2 - 1)))
      guard distance <= output.count else { throw .broken }
      for _ in 0..<length { try add(output[output.count - distance]) }
    }
  }
}
