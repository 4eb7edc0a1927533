import GradBase
import GradCore

/// The entries of an array as text: with as many digits as tell different ones apart, and with a power of
/// ten in common where that saves room.
struct ArrayText {
  /// The text of each entry, in row-major order.
  let entries: [String]
  /// The power of ten that each entry is multiplied by; 0 for none.
  let exponent: Int

  /// Texts at their usual size, as sentences have them.
  init(plain array: NumberArray, _ format: NumberText) {
    (entries, exponent) = (
      Self.distinct(array.entries, format, isEven: Self.isEven(array, format)), 0
    )
  }

  /// Texts as short as they can be, as a matrix has them.
  init(_ array: NumberArray, _ format: NumberText) {
    self.init(array.entries, format, isEven: Self.isEven(array, format))
  }

  /// Whether entries have the same digits: one in twenty numbers of single precision has six by
  /// chance, so that they are shown whole only where most are.
  private static func isEven(_ array: NumberArray, _ format: NumberText) -> Bool {
    guard array.type != nil, format.decimals == nil else { return false }
    let broken = array.entries.filter { $0.isFinite && $0 != $0.rounded() }
    return broken.count(where: { !NumberText.isWhole($0) }) * 2 >= max(1, broken.count)
  }

  /// Texts as short as they can be, as a matrix has them.
  ///
  /// - Parameters:
  ///   - numbers: The entries.
  ///   - format: How numbers are written.
  ///   - tellsApart: Whether those that are different and would look equal have more digits.
  ///   - isEven: Whether none is shown whole that has more digits than usual.
  init(
    _ numbers: [Double], _ format: NumberText, tellsApart: Bool = true, isEven: Bool = false
  ) {
    func texts(_ numbers: [Double]) -> [String] {
      tellsApart
        ? Self.distinct(numbers, format, isEven: isEven) : numbers.map { format($0) }
    }
    let plain = texts(numbers)
    guard let exponent = Self.exponent(of: numbers), format.decimals == nil else {
      (entries, self.exponent) = (plain, 0)
      return
    }
    let scaled = texts(numbers.map { Self.scaled($0, by: exponent) })
    func count(_ texts: [String]) -> Int { texts.reduce(0) { $0 + $1.count } }
    let isShorter = count(scaled) + 4 < count(plain)
    (entries, self.exponent) = isShorter ? (scaled, exponent) : (plain, 0)
  }

  /// `×10⁻³`; empty without a power in common.
  var factor: MathText {
    if exponent == 0 { return MathText() }
    var text = MathText("×10")
    text.append(exponent < 0 ? "−\(-exponent)" : "\(exponent)", .raised)
    return text
  }

  /// The power of ten of the largest entry, where that is far from 1.
  private static func exponent(of numbers: [Double]) -> Int? {
    let largest = numbers.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    guard largest > 0 else { return nil }
    let exponent = Int(log10(largest).rounded(.down))
    return (-2...4).contains(exponent) || abs(exponent) > 300 ? nil : exponent
  }

  /// A power of ten below 1 has no exact number, so that its inverse is taken.
  private static func scaled(_ number: Double, by exponent: Int) -> Double {
    guard let power = Double("1e\(abs(exponent))") else { return number }
    return exponent < 0 ? number * power : number / power
  }

  /// The texts of numbers; those that are different and would look equal have more digits.
  private static func distinct(
    _ numbers: [Double], _ format: NumberText, isEven: Bool
  ) -> [String] {
    var texts = numbers.map {
      format(isEven && $0 != $0.rounded() ? format.shortened($0) : $0)
    }
    var places: [String: [Int]] = [:]
    for (place, text) in texts.enumerated() { places[text, default: []].append(place) }
    let largest = numbers.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    for (_, places) in places where places.count > 1 {
      // What differs by rounding alone is the same, beside the largest entry too.
      let equal = places.map { numbers[$0] }
      if let least = equal.min(), let most = equal.max(), most - least <= 1e-12 * largest {
        continue
      }
      let known = Set(places.map { NumberText.significant(numbers[$0], 12) })
      if known.count < 2 { continue }
      for digits in (format.precision + 1)...16 {
        let longer = places.map { format(numbers[$0], .pair(digits)) }
        if digits < 16, Set(longer).count < known.count { continue }
        for (place, text) in zip(places, longer) { texts[place] = text }
        break
      }
    }
    return texts
  }
}

extension NumberArray {
  /// `2×3`.
  var shapeText: String { NumberArray.text(shape) }

  /// The entries, or the least and the largest where only those are known.
  var ends: [Double] {
    isWhole ? entries : summary?.range.map { [$0.lowerBound, $0.upperBound] } ?? []
  }

  /// The least and the largest entry; `nil` if there is one that is no number.
  var range: ClosedRange<Double>? {
    if let summary { return summary.range }
    guard let least = entries.min(), let largest = entries.max(), !entries.contains(where: \.isNaN)
    else { return nil }
    return least...largest
  }

  /// The root of the sum of all squares.
  var norm: Double {
    if let summary { return summary.norm }
    let largest = entries.reduce(0) { max($0, $1.magnitude) }
    if largest == 0 || !largest.isFinite { return largest }
    return largest
      * entries.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }
}
