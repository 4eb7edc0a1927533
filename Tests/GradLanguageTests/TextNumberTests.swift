import Testing

@testable import GradLanguage

/// Texts that `float` reads, and those that it does not, as in Python.
@Suite struct TextNumberTests {
  @Test(
    arguments: [
      ("'2.5'", 2.5), ("\"1_0\"", 10), ("'1_000.5_0'", 1000.5), ("' 3 '", 3), ("'\t3\n'", 3),
      ("'-.5'", -0.5), ("'5.'", 5), ("'+1e3'", 1000), ("'1E-2'", 0.01), ("'1_0e1_0'", 1e11),
      ("'inf'", .infinity), ("'-Infinity'", -.infinity), ("'+INF'", .infinity), ("r'7'", 7),
      ("'''8'''", 8), ("'1.e5'", 1e5), ("u'4'", 4), ("'007'", 7),
    ])
  func numbers(_ text: String, _ expected: Double) {
    #expect(textNumber(text) == expected, "\(text)")
  }

  @Test func notANumber() { #expect(textNumber("'nan'")?.isNaN == true) }

  @Test(
    arguments: [
      "'0x10'", "'0X1p3'", "'1__0'", "'_1'", "'1_'", "'1_.5'", "'1 0'", "''", "' '", "'.'", "'e5'",
      "'1e'", "'--1'", "'+-1'", "'inf.'", "'in f'", "'three'", "'1,5'", "'0b1'", "b'3'", "f'3'",
      "'1.2.3'", "'1e5.0'", "'5-3'", "'infinit'", "'nan1'",
    ])
  func others(_ text: String) {
    #expect(textNumber(text) == nil, "\(text)")
  }
}
