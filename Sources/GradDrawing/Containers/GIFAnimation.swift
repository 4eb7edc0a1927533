/// Pictures shown one after another, once; the last one stays (GIF89a, without a looping extension).
///
/// Of each picture only what differs from the one before it is kept, as runs of one colour, so that many
/// large pictures take little room.
package struct GIFAnimation {
  private var steps: [Step] = []
  private var last: Pixels?

  /// What one picture changes.
  private struct Step {
    var area: Area
    /// The colours of the area, row by row.
    var runs: [Palette.Run] = []
    var milliseconds: Int
  }

  /// An animation without pictures.
  public init() {}

  /// Adds a picture; O(its pixels).
  ///
  /// - Parameters:
  ///   - picture: A picture of the size of all others, of at most 65,535 pixels a side.
  ///   - milliseconds: How long it is shown, to 10 ms.
  public mutating func add(_ picture: Pixels, milliseconds: Int) {
    let area = last.map { Area(from: $0, to: picture) } ?? Area(picture)
    var step = Step(area: area, milliseconds: milliseconds)
    for row in area.top..<area.top + area.height {
      let start = row * picture.width + area.left
      for color in picture.colors[start..<start + area.width] {
        if let end = step.runs.indices.last, step.runs[end].color == color {
          step.runs[end].count += 1
        } else {
          step.runs.append(Palette.Run(color: color, count: 1))
        }
      }
    }
    steps.append(step)
    last = picture
  }

  /// The file of all pictures, of which there must be one at least.
  public var bytes: [UInt8] {
    guard let last else { preconditionFailure("an animation has a picture") }
    let palette = Palette(steps.lazy.map(\.runs).joined())
    let bits = max(2, Int.bitWidth - (palette.colors.count - 1).leadingZeroBitCount)
    var file = Array("GIF89a".utf8)
    file += Self.short(last.width) + Self.short(last.height)
    file += [UInt8(0xF0 | (bits - 1)), 0, 0]
    for index in 0..<(1 << bits) {
      let color = index < palette.colors.count ? palette.colors[index] : 0
      file += [16, 8, 0].map { UInt8(truncatingIfNeeded: color >> $0) }
    }
    for step in steps {
      let area = step.area
      // How long, and that it stays under the next one.
      file += [0x21, 0xF9, 4, 0x04] + Self.short((step.milliseconds + 5) / 10) + [0, 0]
      file += [0x2C] + Self.short(area.left) + Self.short(area.top)
      file += Self.short(area.width) + Self.short(area.height) + [0]
      var indices: [UInt8] = []
      indices.reserveCapacity(area.width * area.height)
      for run in step.runs {
        let index = palette.index(of: run.color)
        for _ in 0..<run.count { indices.append(index) }
      }
      file += [UInt8(bits)] + Self.blocks(LZW.compressed(indices, bits: bits))
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
