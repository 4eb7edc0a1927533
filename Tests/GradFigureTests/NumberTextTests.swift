import Foundation
import TestSupport
import Testing

@testable import GradFigure

/// figure.md's rules of numbers, each with the numbers that decide it.
@Suite struct NumberTextTests {
  @Test(
    arguments: [
      ([2, 3], 5, "2 + 3 = 5"), ([0.1106, 0.01378, 2], 2.124382, "0.1106 + 0.01378 + 2 = 2.124"),
      // Four digits give 0.1235 + 0.1235 = 0.2469, and so up to six.
      ([0.1234567, 0.1234567], 0.2469134, "0.1234567 + 0.1234567 = 0.2469134"),
      // No number of digits will do.
      ([1.0 / 3, 1.0 / 3], 2.0 / 3, "0.3333 + 0.3333 = 0.6667"),
      ([-39.5512345, 39.5512345], 0, "−39.55 + 39.55 = 0"),
      // Terms that nearly cancel, to a last place in common.
      (
        [-1.4999925000562495, 0.49999250009374896, 0.9999950000374997], -4.999925000692684e-06,
        "−1.499993 + 0.499993 + 0.999995 = −5e−6"
      ),
      (
        [-1.4999925000562495, -0.49999250009374896, 1.9999900000749995], 4.9999250011367735e-06,
        "−1.4999925 + −0.4999925 + 1.99999 = 5e−6"
      ),
      ([0.5862321, -1.353832122], -0.767600022, "0.5862 + −1.3538 = −0.7676"),
      ([12345.6781, 23456.7892], 35802.4673, "12345.7 + 23456.8 = 35802.5"),
      // A half of the last place may be rounded either way.
      ([7.640881, 5.1840312], 12.8249122, "7.6409 + 5.184 = 12.825"),
      // A sum of few digits is shown whole, of terms that are not.
      ([3.5471234, 3.5479966], 7.09512, "3.54712 + 3.548 = 7.09512"),
    ] as [([Double], Double, String)])
  func sumsAddUpAsPrinted(_ terms: [Double], _ total: Double, _ text: String) {
    let numbers = NumberText()
    let digits = numbers.digits(ofSum: terms, total)
    let texts = terms.map { numbers($0, digits) }
    #expect("\(texts.joined(separator: " + ")) = \(numbers(total, digits))" == text)
  }

  /// What a reader gets by adding the printed terms is the printed total, to its last place.
  @Test(arguments: [2, 3, 5]) func sumsAtRandomAddUp(_ count: Int) {
    let numbers = NumberText()
    var random = SeededRandom(seed: UInt64(count))
    var wrong: [String] = []
    for _ in 0..<2_000 {
      let terms = (0..<count).map { _ in
        Double.random(in: -10...10, using: &random) * [0.01, 1, 100].randomElement(using: &random)!
      }
      let total = terms.reduce(0, +)
      let digits = numbers.digits(ofSum: terms, total)
      let texts = (terms + [total]).map { numbers($0, digits).replacing("−", with: "-") }
      let decimals = texts.compactMap { Foundation.Decimal(string: $0) }
      guard decimals.count == texts.count else {
        Issue.record("\(texts)")
        continue
      }
      var sum = decimals.dropLast().reduce(0, +)
      var rounded = Foundation.Decimal()
      NSDecimalRound(&rounded, &sum, max(0, -decimals[count].exponent), .plain)
      if rounded != decimals[count] { wrong.append("\(texts)") }
    }
    // Some add up with no number of digits, as a third and a third, and more of them the more there are.
    #expect(wrong.count <= 2 * (count - 1), "\(wrong)")
  }

  @Test(
    arguments: [
      (33, "33"), (33.003, "33.003"), (0.375, "0.375"), (5.5, "5.5"), (11.001, "11.001"),
      (-4, "−4"), (100_000, "100000"), (123_456, "123456"), (0.001, "0.001"),
      (0.000125, "0.000125"),
      (1_000_000, "1000000"),
    ] as [(Double, String)])
  func sixDigitsAreShownWhole(_ number: Double, _ text: String) {
    #expect(NumberText()(number) == text)
  }

  /// Rounding the shortest digits is rounding the number, as C's library does it.
  @Test func roundsAsPrintfDoes() {
    var random = SeededRandom(seed: 5)
    var numbers: [Double] = [
      0.15, 0.25, 2.5, 1e22, 1e23, 9.995, 99_999.5, .leastNonzeroMagnitude,
      0.99 * .leastNormalMagnitude, 0,
    ]
    for _ in 0..<5_000 {
      numbers.append(Double(bitPattern: .random(in: 0...UInt64.max, using: &random)))
      numbers.append(Double(Int.random(in: -100_000...100_000, using: &random)) / 1_000)
      numbers.append(Double(Int.random(in: -1_000...1_000, using: &random)) / 64)
    }
    for number in numbers where number.isFinite {
      for digits in [1, 2, 3, 4, 5, 7, 12, 15, 17] {
        #expect(
          NumberText.significant(number, digits)
            == Double(String(format: "%.\(digits - 1)e", number)), "\(number), \(digits)")
      }
    }
  }

  @Test(
    arguments: [
      (0.2689414214, "0.2689"), (-0.5378828427, "−0.5379"), (11.652071455, "11.65"),
      (1.0 / 3, "0.3333"), (2.0 / 3, "0.6667"),
      (0.99999, "0.99999"), (0.9999999, "1"),
    ] as [(Double, String)])
  func othersAtFourSignificantDigits(_ number: Double, _ text: String) {
    #expect(NumberText()(number) == text)
  }

  @Test(
    arguments: [
      (12345.678, "12346"), (-98765.4321, "−98765"), (999_999.51, "1e6"), (123_456.789, "123457"),
      (1_234_567.8, "1.235e6"), (9999.9999, "10000"),
    ] as [(Double, String)])
  func wholePartsAreWhole(_ number: Double, _ text: String) {
    #expect(NumberText()(number) == text)
    #expect(NumberText(precision: 2)(number) == text || number > 1e6)
  }

  @Test(
    arguments: [
      (0.1 + 0.2, "0.3"), (1 - 0.9, "0.1"), (0.1 * 3, "0.3"), (1e16 / 3 * 3, "1e16"),
      (4.35 * 100, "435"),
    ] as [(Double, String)])
  func dustIsRoundedAway(_ number: Double, _ text: String) {
    #expect(NumberText()(number) == text)
  }

  @Test(
    arguments: [
      (1.2e-7, "1.2e−7"), (-1.2e-7, "−1.2e−7"), (Double.leastNonzeroMagnitude, "4.941e−324"),
      (1e300, "1e300"),
      (-6.02214076e23, "−6.022e23"), (Double.greatestFiniteMagnitude, "1.798e308"),
    ] as [(Double, String)])
  func hugeAndTinyHaveExponents(_ number: Double, _ text: String) {
    #expect(NumberText()(number) == text)
  }

  @Test func whatIsNoNumber() {
    #expect(NumberText()(.infinity) == "∞")
    #expect(NumberText()(-.infinity) == "−∞")
    #expect(NumberText()(.nan) == "NaN")
    #expect(NumberText(decimals: 2)(.infinity) == "∞")
    #expect(NumberText(decimals: 2)(-.nan) == "NaN")
  }

  @Test(arguments: [
    NumberText(), NumberText(precision: 1), NumberText(decimals: 0), NumberText(decimals: 3),
  ])
  func thereIsNoNegativeZero(_ text: NumberText) {
    #expect(!text(-0.0).contains("−"))
    #expect(text(-0.0) == text(0))
    #expect(!NumberText(decimals: 2)(-0.001).contains("−"))
    #expect(NumberText(decimals: 2)(-0.001) == "0.00")
  }

  @Test func precisionSetsTheFour() {
    let third = 1.0 / 3
    #expect(NumberText(precision: 1)(third) == "0.3")
    #expect(NumberText(precision: 8)(third) == "0.33333333")
    #expect(NumberText(precision: 15)(third) == "0.333333333333333")
    #expect(NumberText(precision: 2)(33.003) == "33.003")
  }

  @Test(
    arguments: [
      (0.1966, "0.20"), (1, "1.00"), (-0.39322, "−0.39"), (0.005, "0.01"),
      (1e14, "100000000000000.00"), (123_456_789_012_345.5, "123456789012345.50"),
    ] as [(Double, String)])
  func decimalsEverywhere(_ number: Double, _ text: String) {
    #expect(NumberText(decimals: 2)(number) == text)
  }

  @Test func nudgesShowTheirDifference() {
    func pair(_ first: Double, _ second: Double) -> (String, String) {
      let digits = NumberText().digits(ofPair: first, second)
      return (NumberText()(first, digits), NumberText()(second, digits))
    }
    let (one, other) = pair(0.73105857, 0.73105999)
    #expect(one != other)
    #expect(one.hasPrefix("0.7310") && other.hasPrefix("0.731"))
    #expect(pair(33, 33.003) == ("33", "33.003"))
    #expect(pair(2.5, 2.5) == ("2.5", "2.5"))
    #expect(pair(.nan, .nan) == ("NaN", "NaN"))
  }

  /// What is printed is the number, to the digits that it shows.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func readsBackToTheNumber(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<2_000 {
      let number =
        Double.random(in: -10...10, using: &random)
        * Double.random(in: 0.1...1, using: &random)
        * exponent(Int.random(in: -30...30, using: &random))
      let text = NumberText()(number)
      #expect(!text.contains("-"), "seed \(seed): \(text)")
      let back = try #require(
        Double(text.replacing("−", with: "-")), "seed \(seed): \(text) is no number")
      #expect(abs(back - number) <= abs(number) * 5.1e-4, "seed \(seed): \(number) as \(text)")
    }
  }

  private func exponent(_ power: Int) -> Double {
    (0..<abs(power)).reduce(1) { product, _ in power < 0 ? product / 10 : product * 10 }
  }
}
