/// A JPEG (ITU-T T.81, baseline) of a picture of pixels.
///
/// Written here rather than by a library: what draws figures brings none that writes it, and the same
/// pixels give the same bytes everywhere. Colours have the full resolution, as letters are thin.
package struct JPEGFile {
  /// How coarse each wave is, by its place in a block, at 92 of 100: table K.1 of the standard, scaled.
  private static let steps: [Float] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
  ].map { max(1, ($0 * 16 / 100).rounded()) }

  /// Where in a block the waves are in the order of the file, from slow to fast.
  private static let order: [Int] = {
    (0..<64).sorted { first, second in
      let (a, b) = ((first / 8, first % 8), (second / 8, second % 8))
      let (sum, other) = (a.0 + a.1, b.0 + b.1)
      if sum != other { return sum < other }
      return sum % 2 == 0 ? a.0 > b.0 : a.0 < b.0
    }
  }()

  /// Half the cosines of the transform, wave by wave.
  private static let waves: [Float] = [
    0.3535534, 0.3535534, 0.3535534, 0.3535534, 0.3535534, 0.3535534, 0.3535534, 0.3535534,
    0.4903926, 0.4157348, 0.2777851, 0.0975452, -0.0975452, -0.2777851, -0.4157348, -0.4903926,
    0.4619398, 0.1913417, -0.1913417, -0.4619398, -0.4619398, -0.1913417, 0.1913417, 0.4619398,
    0.4157348, -0.0975452, -0.4903926, -0.2777851, 0.2777851, 0.4903926, 0.0975452, -0.4157348,
    0.3535534, -0.3535534, -0.3535534, 0.3535534, 0.3535534, -0.3535534, -0.3535534, 0.3535534,
    0.2777851, -0.4903926, 0.0975452, 0.4157348, -0.4157348, -0.0975452, 0.4903926, -0.2777851,
    0.1913417, -0.4619398, 0.4619398, -0.1913417, -0.1913417, 0.4619398, -0.4619398, 0.1913417,
    0.0975452, -0.2777851, 0.4157348, -0.4903926, 0.4903926, -0.4157348, 0.2777851, -0.0975452,
  ]

  /// The most pixels on a side.
  package static let longestSide = 65_535

  private let width: Int
  private let height: Int
  private var bits = JPEGBits()
  private var lastMeans = [0, 0, 0]
  /// Eight rows of colours, each with that of its end up to a whole block.
  private var strip: [UInt32]
  /// The levels of a block and its waves, along rows and along both.
  private var (levels, rows, block) = (
    [Float](repeating: 0, count: 64), [Float](repeating: 0, count: 64),
    [Float](repeating: 0, count: 64)
  )

  private init(_ width: Int, _ height: Int) {
    (self.width, self.height) = (width, height)
    strip = [UInt32](repeating: 0, count: 8 * ((width + 7) / 8 * 8))
  }

  /// The file of a picture.
  ///
  /// Eight rows of colours are held at a time.
  ///
  /// - Parameters:
  ///   - width: Pixels a row, at most ``longestSide``.
  ///   - height: The number of rows, at most as many.
  ///   - dotsPerInch: How large the picture is meant to be.
  ///   - read: Puts the colours of a row as `0xRRGGBB` into a buffer of `width` of them.
  /// - Returns: The contents of the file.
  package static func bytes(
    width: Int, height: Int, dotsPerInch: Double,
    read: (_ row: Int, _ colors: UnsafeMutableBufferPointer<UInt32>) -> Void
  ) -> [UInt8] {
    precondition(max(width, height) <= longestSide, "sides have two bytes")
    var file = JPEGFile(width, height)
    return file.head(dotsPerInch: dotsPerInch) + file.body(read) + [0xFF, 0xD9]
  }

  private func head(dotsPerInch: Double) -> [UInt8] {
    func short(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)] }
    func segment(_ mark: UInt8, _ body: [UInt8]) -> [UInt8] {
      [0xFF, mark] + short(body.count + 2) + body
    }
    let dots = short(min(65_535, max(1, Int(dotsPerInch.rounded()))))
    var head: [UInt8] = [0xFF, 0xD8]
    var words = Array("JFIF\0".utf8)
    words += [1, 2, 1]
    words += dots
    words += dots
    words += [0, 0]
    head += segment(0xE0, words)
    head += segment(0xDB, [0] + Self.order.map { UInt8(Self.steps[$0]) })
    var picture: [UInt8] = [8]
    picture += short(height)
    picture += short(width)
    // Three colours of full resolution, all with the one table.
    picture += [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
    head += segment(0xC0, picture)
    for (place, code) in [(UInt8(0x00), JPEGCode.means), (0x10, JPEGCode.waves)] {
      head += segment(0xC4, [place] + code.lengths + code.symbols)
    }
    return head + segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
  }

  private mutating func body(
    _ read: (Int, UnsafeMutableBufferPointer<UInt32>) -> Void
  ) -> [UInt8] {
    let rowLength = strip.count / 8
    for top in stride(from: 0, to: height, by: 8) {
      strip.withUnsafeMutableBufferPointer { strip in
        for row in 0..<8 {
          // What is below or right of the picture is as its edge.
          let line = UnsafeMutableBufferPointer(
            rebasing: strip[row * rowLength..<(row + 1) * rowLength])
          read(min(top + row, height - 1), UnsafeMutableBufferPointer(rebasing: line[..<width]))
          for column in width..<rowLength { line[column] = line[width - 1] }
        }
      }
      for left in stride(from: 0, to: width, by: 8) { writeBlock(at: left, rowLength) }
    }
    return bits.finished()
  }

  /// Writes the 8 × 8 pixels of the strip from column `left` on.
  private mutating func writeBlock(at left: Int, _ rowLength: Int) {
    let first = strip[left]
    // Most of a figure is paper.
    var others: UInt32 = 0
    for row in 0..<8 {
      for place in row * rowLength + left..<row * rowLength + left + 8 {
        others |= strip[place] ^ first
      }
    }
    for channel in 0..<3 {
      if others == 0 {
        block[0] = Self.level(first, channel) * 8
      } else {
        for place in 0..<64 {
          levels[place] = Self.level(strip[place / 8 * rowLength + left + place % 8], channel)
        }
        transform()
      }
      write(channel, isFlat: others == 0)
    }
  }

  /// The lightness, the blue or the red of a colour, around 0.
  private static func level(_ color: UInt32, _ channel: Int) -> Float {
    let (red, green, blue) = (
      Float(color >> 16 & 255), Float(color >> 8 & 255), Float(color & 255)
    )
    switch channel {
    case 0: return 0.299 * red + 0.587 * green + 0.114 * blue - 128
    case 1: return -0.168736 * red - 0.331264 * green + 0.5 * blue
    default: return 0.5 * red - 0.418688 * green - 0.081312 * blue
    }
  }

  /// Makes the waves of the levels.
  private mutating func transform() {
    for row in 0..<8 {
      for wave in 0..<8 {
        var sum: Float = 0
        for column in 0..<8 { sum += levels[row * 8 + column] * Self.waves[wave * 8 + column] }
        rows[row * 8 + wave] = sum
      }
    }
    for column in 0..<8 {
      for wave in 0..<8 {
        var sum: Float = 0
        for row in 0..<8 { sum += rows[row * 8 + column] * Self.waves[wave * 8 + row] }
        block[wave * 8 + column] = sum
      }
    }
  }

  /// Writes the waves of the block, of a flat one but its mean.
  private mutating func write(_ channel: Int, isFlat: Bool) {
    let mean = Int((block[0] / Self.steps[0]).rounded())
    bits.write(mean - lastMeans[channel], after: 0, JPEGCode.means)
    lastMeans[channel] = mean
    if isFlat { return bits.write(JPEGCode.waves.codes[0]) }
    var zeros = 0
    for place in Self.order.dropFirst() {
      let number = Int((block[place] / Self.steps[place]).rounded())
      if number == 0 {
        zeros += 1
        continue
      }
      while zeros > 15 {
        bits.write(JPEGCode.waves.codes[0xF0])
        zeros -= 16
      }
      bits.write(number, after: zeros, JPEGCode.waves)
      zeros = 0
    }
    if zeros > 0 { bits.write(JPEGCode.waves.codes[0]) }
  }
}
