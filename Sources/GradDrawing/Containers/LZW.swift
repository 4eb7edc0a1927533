/// The compression of GIF (GIF89a, appendix F): codes of growing length, lowest bit first.
enum LZW {
  private static let longest = 12

  /// The codes of `symbols`, each below 2 to the power of `bits`.
  static func compressed(_ symbols: [UInt8], bits: Int) -> [UInt8] {
    let (clear, end) = (1 << bits, 1 << bits + 1)
    var bytes: [UInt8] = []
    var (pending, count) = (0, 0)
    var length = bits + 1
    var next = end + 1
    // For each code and the symbol after it the code of both; 0 where there is none.
    var table = [UInt16](repeating: 0, count: (1 << longest) << bits)

    func put(_ code: Int) {
      pending |= code << count
      count += length
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        count -= 8
      }
    }

    put(clear)
    guard var code = symbols.first.map(Int.init) else { return [] }
    for symbol in symbols.dropFirst() {
      let key = code << bits | Int(symbol)
      if table[key] != 0 {
        code = Int(table[key])
        continue
      }
      put(code)
      if next < 1 << longest {
        table[key] = UInt16(next)
        if next == 1 << length { length += 1 }
        next += 1
      } else {
        put(clear)
        table.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        length = bits + 1
        next = end + 1
      }
      code = Int(symbol)
    }
    put(code)
    // The reader has made one code more by now, and so may read a longer one.
    if next == 1 << length, length < longest { length += 1 }
    put(end)
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
    return bytes
  }
}
