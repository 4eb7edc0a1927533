/// A program in an address: packed by deflate, and written in letters (RFC 4648, section 5), as the clients
/// of Kroki write it.
enum EncodedProgram {
  /// The program that `text` stands for.
  ///
  /// - Throws: ``HTTPRefusal`` for what is no such text, and for a program longer than `limit`.
  static func program(_ text: String, limit: Int) throws(HTTPRefusal) -> [UInt8] {
    guard let packed = bytes(text), !packed.isEmpty else { throw wrong }
    do throws(Inflate.Fault) {
      return try Inflate.bytes(packed, limit: limit)
    } catch {
      switch error {
      case .broken: throw wrong
      case .tooLong: throw .tooLarge(limit)
      }
    }
  }

  private static let wrong = HTTPRefusal(
    .badRequest, "the end of the address is no program",
    help: "it is packed by zlib's deflate, and written in base64 with - and _; in Python: "
      + "base64.urlsafe_b64encode(zlib.compress(program.encode()))")

  /// The bytes of letters of either alphabet of base64, with or without what fills them up.
  static func bytes(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    var letters = text.utf8[...]
    while letters.last == UInt8(ascii: "=") { letters.removeLast() }
    if letters.count % 4 == 1 || text.utf8.count - letters.count > 2 { return nil }
    result.reserveCapacity(letters.count * 3 / 4)
    for letter in letters {
      let value: UInt8
      switch letter {
      case 0x41...0x5A: value = letter - 0x41
      case 0x61...0x7A: value = letter - 0x47
      case 0x30...0x39: value = letter + 4
      case UInt8(ascii: "-"), UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "_"), UInt8(ascii: "/"): value = 63
      default: return nil
      }
      bits = (bits << 6 | Int(value)) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return result
  }
}
