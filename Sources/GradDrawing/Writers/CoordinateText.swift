import GradBase

/// A length as a file writes it: at most two digits after the point, no zeros at the end, no `-0`.
func coordinateText(_ length: Double) -> String {
  String(unsafeUninitializedCapacity: mostDigits) { bytes in
    bytes.baseAddress.map { write(length, to: $0) } ?? 0
  }
}

extension ByteText {
  /// Writes ``coordinateText(_:)`` of a length: a picture is mostly such numbers.
  mutating func put(coordinate length: Double) {
    put(atMost: mostDigits) { write(length, to: $0) }
  }
}

/// How many characters a length has at most.
private let mostDigits = 24

/// Writes a length, and returns how many characters it has.
private func write(_ length: Double, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
  func digit(_ number: UInt) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number) }
  let hundredths = Int((length * 100).rounded())
  var (rest, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
  var count = 1
  if hundredths < 0 {
    bytes[0] = UInt8(ascii: "-")
    count = 2
  }
  var power: UInt = 10
  while rest >= power {
    power *= 10
    count += 1
  }
  // From the last digit to the first.
  var place = count
  repeat {
    place -= 1
    bytes[place] = digit(rest % 10)
    rest /= 10
  } while rest > 0
  if part == 0 { return count }
  bytes[count] = UInt8(ascii: ".")
  bytes[count + 1] = digit(part / 10)
  part %= 10
  if part == 0 { return count + 2 }
  bytes[count + 2] = digit(part)
  return count + 3
}
