import GradLanguage
import Testing

/// Numbers that are written with a comma, which is a tuple in Python.
@Suite struct DecimalCommaTests {
  @Test(arguments: [
    ("x = 1,5*2", "a decimal point is written '.': 1.5"),
    ("x = 3\ny = 1,5*x", "a decimal point is written '.': 1.5"),
    ("x = 1,5\ny = x*2", "a decimal point is written '.': 1.5"),
    ("x = 1,5\ny = x**2", "a decimal point is written '.': 1.5"),
    ("x = 1,000,5", "write 1000, or 1.000"),
    ("a, b = 1,5\ny = a, b", "end with one number, such as a sum, or name one with --of"),
    ("x = 1, 5", "end with one number, such as a sum, or name one with --of"),
  ])
  func isToldOfATuple(_ text: String, _ help: String) {
    let error = #expect(throws: ProgramError.self) {
      try Program(Source("test.py", text: text)).trace()
    }
    #expect(error?.diagnostics.first?.help == help)
  }
}
