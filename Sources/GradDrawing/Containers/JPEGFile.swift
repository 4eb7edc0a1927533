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

  private let pixels: Pixels
  private var bits = JPEGBits()
  private var lastMeans = [0, 0, 0]

  private init(_ pixels: Pixels) { self.pixels = pixels }

  /// The file of a picture.
  ///
  /// - Parameters:
  ///   - pixels: The picture, with at most ``longestSide`` pixels on a side.
  ///   - dotsPerInch: How large it is meant to be.
  /// - Returns: The contents of the file.
  package static func bytes(of pixels: Pixels, dotsPerInch: Double) -> [UInt8] {
    precondition(max(pixels.width, pixels.height) <= longestSide, "sides have two bytes")
    var file = JPEGFile(pixels)
    return file.head(dotsPerInch: dotsPerInch) + file.body() + [0xFF, 0xD9]
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
    picture += short(pixels.height)
    picture += short(pixels.width)
    // Three colours of full resolution, all with the one table.
    picture += [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
    head += segment(0xC0, picture)
    for (place, code) in [(UInt8(0x00), JPEGCode.means), (0x10, JPEGCode.waves)] {
      head += segment(0xC4, [place] + code.lengths + code.symbols)
    }
    return head + segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
  }

  private mutating func body() -> [UInt8] {
    for y in stride(from: 0, to: pixels.height, by: 8) {
      for x in stride(from: 0, to: pixels.width, by: 8) { block(x, y) }
    }
    return bits.finished()
  }

  /// Writes the 8 × 8 pixels from (x, y) on; what is outside is as the edge.
  private mutating func block(_ x: Int, _ y: Int) {
    var colors = [UInt32](repeating: 0, count: 64)
    for row in 0..<8 {
      let start = min(y + row, pixels.height - 1) * pixels.width
      for column in 0..<8 {
        colors[row * 8 + column] = pixels.colors[start + min(x + column, pixels.width - 1)]
      }
    }
    // Most of a figure is paper.
    let isFlat = colors.allSatisfy { $0 == colors[0] }
    for channel in 0..<3 {
      let levels = (isFlat ? colors[..<1] : colors[...]).map { Self.level($0, channel) }
      write(isFlat ? [levels[0] * 8] : Self.transformed(levels), channel)
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

  /// The waves that a block is made of.
  private static func transformed(_ levels: [Float]) -> [Float] {
    var rows = [Float](repeating: 0, count: 64)
    for row in 0..<8 {
      for wave in 0..<8 {
        var sum: Float = 0
        for column in 0..<8 { sum += levels[row * 8 + column] * waves[wave * 8 + column] }
        rows[row * 8 + wave] = sum
      }
    }
    var result = [Float](repeating: 0, count: 64)
    for column in 0..<8 {
      for wave in 0..<8 {
        var sum: Float = 0
        for row in 0..<8 { sum += rows[row * 8 + column] * waves[wave * 8 + row] }
        result[wave * 8 + column] = sum
      }
    }
    return result
  }

  /// Writes the waves of a block; those that are left out are 0.
  private mutating func write(_ waves: [Float], _ channel: Int) {
    func step(_ place: Int) -> Int {
      place < waves.count ? Int((waves[place] / Self.steps[place]).rounded()) : 0
    }
    let mean = step(0)
    bits.write(mean - lastMeans[channel], after: 0, JPEGCode.means)
    lastMeans[channel] = mean
    var zeros = 0
    for place in Self.order.dropFirst() where waves.count > 1 {
      let number = step(place)
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
    if zeros > 0 || waves.count == 1 { bits.write(JPEGCode.waves.codes[0]) }
  }
}
