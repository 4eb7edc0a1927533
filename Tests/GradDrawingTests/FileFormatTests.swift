import GradBase
import TestSupport
import Testing

@testable import GradDrawing

/// The bytes of ZIP, GIF and JPEG.
///
/// `Tests/Scripts/slides.py` has other programs read them.
@Suite struct FileFormatTests {
  @Test func checksumsAreThoseOfTheSpecification() {
    #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum(of: []) == 0)
  }

  @Test func aJPEGSaysHowLargeItIs() {
    var colors = [UInt32](repeating: 0xFFFFFF, count: 17 * 9)
    colors[40] = 0x102030
    let bytes = JPEGFile.bytes(width: 17, height: 9, dotsPerInch: 96) { row, line in
      for column in 0..<17 { line[column] = colors[row * 17 + column] }
    }
    #expect(bytes.starts(with: [0xFF, 0xD8, 0xFF, 0xE0]) && bytes.suffix(2) == [0xFF, 0xD9])
    let frame = bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) } ?? 0
    #expect(bytes[frame + 4..<frame + 10].elementsEqual([8, 0, 9, 0, 17, 3]))
    // Between the head and the end there is no mark.
    let scan = bytes.lastIndex { $0 == 63 } ?? 0
    let marks = zip(bytes[scan...], bytes[(scan + 1)...]).filter { $0 == 0xFF && $1 != 0 }
    #expect(marks.count == 1)
  }

  @Test func aZIPLeadsFromItsEndToItsEntries() {
    var archive = ZIPArchive()
    archive.add("a/β.txt", "hello")
    archive.add("b", [])
    let bytes = archive.bytes
    func number(_ place: Int, _ length: Int) -> Int {
      bytes[place..<place + length].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let end = bytes.count - 22
    #expect(number(end, 4) == 0x0605_4B50 && number(end + 10, 2) == 2)
    var entry = number(end + 16, 4)
    #expect(entry + number(end + 12, 4) == end)
    for (name, content) in [("a/β.txt", "hello"), ("b", "")] {
      #expect(number(entry, 4) == 0x0201_4B50)
      let nameLength = number(entry + 28, 2)
      #expect(bytes[entry + 46..<entry + 46 + nameLength].elementsEqual(name.utf8))
      let local = number(entry + 42, 4)
      #expect(number(local, 4) == 0x0403_4B50)
      #expect(number(local + 14, 4) == Int(CRC32.checksum(of: Array(content.utf8))))
      let start = local + 30 + number(local + 26, 2)
      #expect(bytes[start..<start + number(local + 22, 4)].elementsEqual(content.utf8))
      entry += 46 + nameLength
    }
  }

  /// Reads what ``LZW`` writes (GIF89a, appendix F).
  private func symbols(_ bytes: [UInt8], bits: Int) -> [UInt8]? {
    let (clear, end) = (1 << bits, 1 << bits + 1)
    var entries: [[UInt8]] = []
    var length = bits + 1
    var (place, result) = (0, [UInt8]())
    var before: [UInt8]?
    while place + length <= bytes.count * 8 {
      let code = (0..<length).reduce(0) { code, bit in
        let index = place + bit
        return code | Int(bytes[index / 8] >> (index % 8) & 1) << bit
      }
      place += length
      if code == end { return result }
      if code == clear {
        entries = (0..<end + 1).map { $0 < clear ? [UInt8($0)] : [] }
        (length, before) = (bits + 1, nil)
        continue
      }
      guard code <= entries.count,
        let entry = code < entries.count ? entries[code] : before.map({ $0 + $0.prefix(1) })
      else { return nil }
      result += entry
      if let before, entries.count < 4_096 { entries.append(before + entry.prefix(1)) }
      if entries.count == 1 << length, length < 12 { length += 1 }
      before = entry
    }
    return nil
  }

  @Test(arguments: [2, 3, 8])
  func compressionCanBeUndone(bits: Int) {
    var random = SeededRandom(seed: UInt64(bits))
    let most = UInt8((1 << bits) - 1)
    let noise = (0..<20_000).map { _ in UInt8.random(in: 0...most, using: &random) }
    // Every length about those at which codes grow.
    let short = (0..<600).map { Array(noise.prefix($0)) }.dropFirst()
    for input in [noise, [UInt8](repeating: 1, count: 100_000), [most]] + short {
      let output = symbols(LZW.compressed(input, bits: bits), bits: bits)
      #expect(output == input, "seed \(bits), \(input.count) symbols")
    }
  }

  @Test func fewColoursStayAsTheyAre() {
    let colors = (0..<250).map { UInt32($0 * 65_537 & 0xFFFFFF) }
    let palette = Palette(colors.map { Palette.Run(color: $0, count: 1) })
    #expect(colors.allSatisfy { palette.colors[Int(palette.index(of: $0))] == $0 })
  }

  @Test func manyColoursStayNear() {
    var random = SeededRandom(seed: 7)
    // Letters on paper: mixtures of a few colours, as smooth edges have them.
    let inks: [UInt32] = [0x111827, 0x1D4ED8, 0xC81E1E, 0xECF2FE]
    let colors = (0..<40_000).map { index -> UInt32 in
      let (ink, share) = (inks[index % 4], Double.random(in: 0...1, using: &random))
      return [16, 8, 0].reduce(0) { color, shift in
        let level = Double(ink >> UInt32(shift) & 255) * share + 255 * (1 - share)
        return color | UInt32(level) << UInt32(shift)
      }
    }
    let palette = Palette(colors.map { Palette.Run(color: $0, count: 1) })
    #expect(palette.colors.count <= 255)
    for color in colors {
      let near = palette.colors[Int(palette.index(of: color))]
      for shift in [16, 8, 0] as [UInt32] {
        #expect(abs(Int(color >> shift & 255) - Int(near >> shift & 255)) <= 12)
      }
    }
  }

  @Test func aGIFHoldsWhatChanges() throws {
    let white = Pixels(width: 40, height: 30, colors: .init(repeating: 0xFFFFFF, count: 1_200))
    var colors = white.colors
    for row in 5..<8 { for column in 10..<14 { colors[row * 40 + column] = 0xC81E1E } }
    let red = Pixels(width: 40, height: 30, colors: colors)
    var animation = GIFAnimation()
    animation.add(white, milliseconds: 1_200)
    animation.add(red, milliseconds: 3_600)
    let bytes = animation.bytes
    #expect(bytes.starts(with: Array("GIF89a".utf8) + [40, 0, 30, 0]))
    #expect(bytes.last == 0x3B)
    // The second picture: 3,600 ms, then its place and size.
    let mark: [UInt8] = [0x21, 0xF9, 4, 4, 0x68, 0x01, 0, 0, 0x2C, 10, 0, 5, 0, 4, 0, 3, 0]
    #expect(bytes.indices.contains { bytes[$0...].starts(with: mark) })
  }
}
