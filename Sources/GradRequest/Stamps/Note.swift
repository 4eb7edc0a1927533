import GraphvizRenderer

/// Where files of a kind have room for a word that readers do not see.
///
/// A word counts as the file's own only at this place: a page that quotes one of our pictures has its
/// word somewhere else, and is not ours.
struct Note: Sendable {
  private let place: Place
  private let prefix: String
  private let suffix: String

  enum Place: Sendable {
    /// The file has none.
    case nowhere
    /// The file begins with it.
    case start
    /// The file ends with it.
    case end
    /// A comment extension, the last of a GIF.
    case comment
    /// A comment of a JPEG, the segment after the first.
    case segment
    /// A chunk of words, the last of a WebP in its extended form.
    case riff
    /// It stands before the first occurrence of a text.
    case before(String)
    /// A chunk of a PNG, the one after the first.
    case chunk
    /// The comment of a ZIP archive, whose length stands before it.
    case archive
  }

  init(_ place: Place, _ prefix: String = "", _ suffix: String = "") {
    (self.place, self.prefix, self.suffix) = (place, prefix, suffix)
  }

  /// An attribute of the first element.
  static let inFirstTag = Note(.before(">"), " data-stamp=\"", "\"")

  /// The places in files of every kind.
  private static let all =
    (OutputFormat.all.map(\.kind) + SlideFormat.all.map(\.kind)).map(\.note) + earlier
  /// Where files once had it: after the end of a PDF, where LuaTeX and XeTeX bear nothing.
  private static let earlier = [Note(.end, "%", "\n")]

  /// Whether a word stands at the place that a file of any kind has for it.
  ///
  /// - Parameters:
  ///   - place: Where the word is, the first of its kind.
  ///   - bytes: The file.
  /// - Returns: Whether it was put there as ``add(_:to:)`` does.
  static func isOwn(_ place: Range<Int>, of bytes: [UInt8]) -> Bool {
    all.contains { $0.isOwn(place, of: bytes) }
  }

  /// Whether files have the place.
  var isSomewhere: Bool {
    if case .nowhere = place { false } else { true }
  }

  /// Whether a number beside the word follows from it.
  var hasChecksum: Bool {
    if case .chunk = place { true } else { false }
  }

  /// Puts a word into a file; leaves it alone if it is not of the format.
  ///
  /// - Parameters:
  ///   - word: Letters, digits, full stops and hyphens; at most 255.
  ///   - bytes: The file, as this tool writes it.
  func add(_ word: String, to bytes: inout [UInt8]) {
    let text = framed(Array(word.utf8))
    switch place {
    case .nowhere: break
    case .start: bytes.insert(contentsOf: text, at: 0)
    case .end: bytes += text
    case .comment:
      // A mark, the length of the one block, the block, an empty one, and the end of the file.
      bytes.removeLast()
      bytes += [0x21, 0xFE, UInt8(truncatingIfNeeded: text.count)] + text + [0, 0x3B]
    case .before(let mark):
      if let place = bytes.firstPlace(of: mark) { bytes.insert(contentsOf: text, at: place) }
    case .riff:
      guard bytes.starts(with: "RIFF".utf8), bytes.count > 30,
        bytes[12..<16].elementsEqual("VP8X".utf8)
      else { return }
      func number(_ count: Int) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) }
      }
      bytes += Array("XMP ".utf8) + number(text.count) + text
      if text.count % 2 == 1 { bytes.append(0) }
      bytes[20] |= 0x04
      bytes.replaceSubrange(4..<8, with: number(bytes.count - 8))
    case .segment:
      guard bytes.starts(with: [0xFF, 0xD8, 0xFF, 0xE0]), bytes.count > 20 else { return }
      bytes.insert(
        contentsOf: [0xFF, 0xFE, 0, UInt8(truncatingIfNeeded: text.count + 2)] + text, at: 20)
    case .chunk: bytes = PNGChunk.inserting("tEXt", text, into: bytes)
    case .archive:
      guard bytes.suffix(2).elementsEqual([0, 0]) else { return }
      bytes.replaceSubrange(
        (bytes.count - 2)..., with: [UInt8(truncatingIfNeeded: text.count), 0] + text)
    }
  }

  /// A word with what stands around it.
  private func framed(_ word: [UInt8]) -> [UInt8] {
    Array(prefix.utf8) + word + Array(suffix.utf8)
  }

  private func isOwn(_ word: Range<Int>, of bytes: [UInt8]) -> Bool {
    let frame = framed([])
    let length = prefix.utf8.count
    let (start, end) = (word.lowerBound - length, word.upperBound + frame.count - length)
    guard start >= 0, end <= bytes.count,
      bytes[start..<word.lowerBound].elementsEqual(frame[..<length]),
      bytes[word.upperBound..<end].elementsEqual(frame[length...])
    else { return false }
    switch place {
    case .nowhere: return false
    case .start: return start == 0
    case .end: return end == bytes.count
    case .before(let mark):
      // The mark may be the beginning of what stands before the word.
      return bytes.firstPlace(of: mark) == (prefix.hasPrefix(mark) ? start : end)
    case .chunk:
      // The signature, the first chunk with its 13 bytes, a length and a type.
      return start == 41 && bytes[37..<41].elementsEqual("tEXt".utf8)
    case .riff:
      return bytes.starts(with: "RIFF".utf8) && end + (end - start) % 2 == bytes.count
        && start >= 38 && bytes[start - 8..<start - 4].elementsEqual("XMP ".utf8)
    case .segment:
      return start == 24 && bytes.starts(with: [0xFF, 0xD8, 0xFF, 0xE0])
        && bytes[20..<22].elementsEqual([0xFF, 0xFE])
    case .comment: return end + 2 == bytes.count && start >= 3 && bytes[start - 2] == 0xFE
    case .archive:
      return end == bytes.count && start >= 22
        && bytes[(start - 22)...].starts(with: [0x50, 0x4B, 5, 6])
    }
  }
}
