import GradBase

/// A number with so many digits behind its point, as Python rounds: to even where two are equally near.
func rounded(_ x: Double, digits: Int) -> Double {
  guard x.isFinite, digits != 0 else { return x.rounded(.toNearestOrEven) }
  if digits < 0 {
    let scale = power(-digits)
    return (x / scale).rounded(.toNearestOrEven) * scale
  }
  if digits > 17 { return x }
  // The decimal form is rounded exactly, which scaling would not be.
  return withVaList([Int32(digits), x]) { arguments in
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      _ = vsnprintf(buffer.baseAddress, buffer.count, "%.*f", arguments)
      return buffer.baseAddress.map { strtod($0, nil) } ?? x
    }
  }
}

private func power(_ exponent: Int) -> Double {
  (0..<min(exponent, 400)).reduce(1) { power, _ in power * 10 }
}
