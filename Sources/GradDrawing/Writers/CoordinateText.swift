/// A length as a file writes it: at most two digits after the point, no zeros at the end, no `-0`.
func coordinateText(_ length: Double) -> String {
  var bytes: [UInt8] = []
  bytes.append(coordinate: length)
  return String(decoding: bytes, as: UTF8.self)
}

extension [UInt8] {
  /// Appends ``coordinateText(_:)`` of a length: a picture is mostly such numbers.
  mutating func append(coordinate length: Double) {
    let hundredths = Int((length * 100).rounded())
    var (rest, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let start = count
    func digit(_ number: UInt) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number) }
    // From the last digit to the first, and then turned round.
    if part % 10 != 0 { append(digit(part % 10)) }
    if part != 0 {
      part /= 10
      append(digit(part))
      append(UInt8(ascii: "."))
    }
    repeat {
      append(digit(rest % 10))
      rest /= 10
    } while rest > 0
    if hundredths < 0 { append(UInt8(ascii: "-")) }
    var (first, last) = (start, count - 1)
    while first < last {
      swapAt(first, last)
      (first, last) = (first + 1, last - 1)
    }
  }
}
