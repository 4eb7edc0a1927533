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
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { bytes in
      // From the last digit to the first.
      var start = bytes.count
      func prepend(_ byte: UInt8) {
        start -= 1
        bytes[start] = byte
      }
      func prepend(digit: UInt) {
        prepend(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      }
      if part % 10 != 0 { prepend(digit: part % 10) }
      if part != 0 {
        part /= 10
        prepend(digit: part)
        prepend(UInt8(ascii: "."))
      }
      repeat {
        prepend(digit: rest % 10)
        rest /= 10
      } while rest > 0
      if hundredths < 0 { prepend(UInt8(ascii: "-")) }
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }
}
