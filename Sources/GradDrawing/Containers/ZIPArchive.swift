import GradBase

/// A ZIP file whose entries are stored as they are, without a date
/// (PKWARE APPNOTE.TXT, 4.3; at most 65,535 entries and 4 GB).
package struct ZIPArchive {
  private var entries: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// An archive without entries.
  package init() {}

  /// Adds a text.
  package mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// Adds a file.
  package mutating func add(_ name: String, _ bytes: [UInt8]) {
    let checksum = CRC32.checksum(of: bytes)
    let (length, nameLength) = (UInt32(bytes.count), UInt16(name.utf8.count))
    // Version 2.0; names in UTF-8; stored; midnight of 1 January 1980; checksum, lengths, no extra field.
    let common =
      Self.short(20) + Self.short(0x0800) + Self.short(0) + Self.short(0) + Self.short(0x0021)
      + Self.long(checksum) + Self.long(length) + Self.long(length) + Self.short(nameLength)
      + Self.short(0)
    directory +=
      Self.long(0x0201_4B50) + Self.short(20) + common + Self.short(0) + Self.short(0)
      + Self.short(0) + Self.long(0) + Self.long(UInt32(entries.count)) + Array(name.utf8)
    entries += Self.long(0x0403_4B50) + common + Array(name.utf8) + bytes
    count += 1
  }

  /// The file.
  package var bytes: [UInt8] {
    entries + directory + Self.long(0x0605_4B50) + Self.short(0) + Self.short(0)
      + Self.short(UInt16(count)) + Self.short(UInt16(count)) + Self.long(UInt32(directory.count))
      + Self.long(UInt32(entries.count)) + Self.short(0)
  }

  private static func short(_ number: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func long(_ number: UInt32) -> [UInt8] {
    short(UInt16(truncatingIfNeeded: number)) + short(UInt16(truncatingIfNeeded: number >> 16))
  }
}
