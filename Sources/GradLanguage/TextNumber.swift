/// The number in a text in quotes, as Python's `float` reads it; `nil` for anything else.
///
/// Blanks around it and single underscores between digits are fine; hexadecimal digits are not.
/// <https://docs.python.org/3/library/functions.html#float>
func textNumber(_ text: String) -> Double? {
  guard let quote = text.firstIndex(where: { $0 == "'" || $0 == "\"" }),
    ["", "r", "u"].contains(text[..<quote].lowercased())
  else { return nil }
  let marks = text[quote...].hasPrefix(String(repeating: text[quote], count: 3)) ? 3 : 1
  let inner = text[quote...].dropFirst(marks).dropLast(marks)
  var bytes = Array(inner.utf8)
  while let last = bytes.last, last == 0x20 || last >= 0x09 && last <= 0x0D { bytes.removeLast() }
  bytes = Array(bytes.drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D })
  for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
    guard index > 0, index + 1 < bytes.count, isDigit(bytes[index - 1]), isDigit(bytes[index + 1])
    else { return nil }
  }
  bytes.removeAll { $0 == UInt8(ascii: "_") }
  let unsigned = bytes.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
  guard bytes.count - unsigned.count <= 1 else { return nil }
  switch String(decoding: unsigned, as: UTF8.self).lowercased() {
  case "inf", "infinity": return bytes.first == UInt8(ascii: "-") ? -.infinity : .infinity
  case "nan": return .nan
  default: break
  }
  // What is left is decimal, which Swift reads too, but for a point without digits beside it.
  guard let first = unsigned.first, isDigit(first) || first == UInt8(ascii: "."),
    unsigned.allSatisfy({ isDigit($0) || [0x2E, 0x2B, 0x2D, 0x45, 0x65].contains($0) })
  else { return nil }
  var plain: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    let isAfterDigit = index > 0 && isDigit(bytes[index - 1])
    let isBeforeDigit = index + 1 < bytes.count && isDigit(bytes[index + 1])
    if byte == UInt8(ascii: "."), !isAfterDigit {
      guard isBeforeDigit else { return nil }
      plain.append(UInt8(ascii: "0"))
    }
    plain.append(byte)
    if byte == UInt8(ascii: "."), !isBeforeDigit { plain.append(UInt8(ascii: "0")) }
  }
  return Double(String(decoding: plain, as: UTF8.self))
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
