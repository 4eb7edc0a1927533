/// A 64-bit digest of bytes, one after another: FNV-1a of Fowler, Noll and Vo.
///
/// It tells texts apart; it does not keep anybody from making two with the same digest.
package struct FNV1a {
  /// The digest of what was added.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The digest of nothing.
  package init() {}

  /// Adds the bytes of a text.
  package mutating func add(_ text: consuming String) { text.withUTF8 { add($0) } }

  /// Adds bytes.
  package mutating func add(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { add($0) }
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var value = value
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    self.value = value
  }

  /// Adds bytes eight at a time, another digest of the same bytes than ``add(_:)-(ArraySlice<UInt8>)`` and
  /// several times as fast, for what has millions of them.
  package mutating func add(words bytes: ArraySlice<UInt8>) {
    var value = value
    bytes.withUnsafeBytes { bytes in
      let whole = bytes.count / 8 * 8
      for place in stride(from: 0, to: whole, by: 8) {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        value = (value ^ word) &* 0x100_0000_01b3
        // A product carries upwards only.
        value ^= value >> 32
      }
      for byte in bytes[whole...] { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    self.value = value
  }

  /// Adds a number up to 2⁶⁴ as if it were one byte.
  package mutating func add(number: UInt64) { value = (value ^ number) &* 0x100_0000_01b3 }
}
