/// Pictures shown one after another, again and again (GIF89a, with the looping extension of Netscape).
public enum GIFAnimation {
  /// Writes the pictures, each but for what is the same as in the one before it.
  ///
  /// - Parameters:
  ///   - pictures: The pictures, all of one size of at most 65,535 pixels a side; one at least.
  ///   - milliseconds: How long each is shown, to 10 ms.
  /// - Returns: The file.
  public static func bytes(_ pictures: [Pixels], milliseconds: [Int]) -> [UInt8] {
    precondition(pictures.count == milliseconds.count && !pictures.isEmpty)
    let palette = Palette(pictures)
    let bits = max(2, Int.bitWidth - (palette.colors.count - 1).leadingZeroBitCount)
    var file = Array("GIF89a".utf8)
    file += short(pictures[0].width) + short(pictures[0].height)
    file += [UInt8(0xF0 | (bits - 1)), 0, 0]
    for index in 0..<(1 << bits) {
      let color = index < palette.colors.count ? palette.colors[index] : 0
      file += [16, 8, 0].map { UInt8(truncatingIfNeeded: color >> $0) }
    }
    if pictures.count > 1 {
      file += [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
    }
    for (index, picture) in pictures.enumerated() {
      let changed = index == 0 ? Area(picture) : Area(from: pictures[index - 1], to: picture)
      // How long, and that it stays under the next one.
      file += [0x21, 0xF9, 4, 0x04] + short((milliseconds[index] + 5) / 10) + [0, 0]
      file += [0x2C] + short(changed.left) + short(changed.top)
      file += short(changed.width) + short(changed.height) + [0]
      var indices: [UInt8] = []
      indices.reserveCapacity(changed.width * changed.height)
      for row in changed.top..<changed.top + changed.height {
        let start = row * picture.width + changed.left
        for color in picture.colors[start..<start + changed.width] {
          indices.append(palette.index(of: color))
        }
      }
      file += [UInt8(bits)] + blocks(LZW.compressed(indices, bits: bits))
    }
    return file + [0x3B]
  }

  /// A rectangle of pixels, not empty.
  private struct Area {
    var (left, top, width, height) = (0, 0, 1, 1)

    init(_ picture: Pixels) { (width, height) = (picture.width, picture.height) }

    /// Where two pictures differ.
    init(from old: Pixels, to new: Pixels) {
      var (right, bottom) = (-1, -1)
      (left, top) = (new.width, new.height)
      for row in 0..<new.height {
        for column in 0..<new.width
        where old.colors[row * new.width + column] != new.colors[row * new.width + column] {
          (left, right) = (min(left, column), max(right, column))
          (top, bottom) = (min(top, row), row)
        }
      }
      if bottom < 0 { (left, top, right, bottom) = (0, 0, 0, 0) }
      (width, height) = (right - left + 1, bottom - top + 1)
    }
  }

  /// In pieces of at most 255 bytes, each behind its length.
  private static func blocks(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 255) {
      let piece = bytes[start..<min(start + 255, bytes.count)]
      result += [UInt8(piece.count)] + piece
    }
    return result + [0]
  }

  private static func short(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }
}
