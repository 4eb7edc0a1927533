import Testing

@testable import GradDocuments

/// What is marked in captions.
@Suite struct CaptionTextTests {
  @Test(arguments: [
    ("plain & simple", "plain &amp; simple"),
    ("*forward* and _back_", "<em>forward</em> and <em>back</em>"),
    ("**bold** `a*b*c`", "<strong>bold</strong> <code>a*b*c</code>"),
    ("from $dJ/dv$ on", "from <em>dJ/dv</em> on"),
    ("2 * 3 * 4 and $5 or $6", "2 * 3 * 4 and $5 or $6"),
    ("snake_case_name", "snake_case_name"),
    (#"\*not\* \$this\$"#, "*not* $this$"),
    ("*never ended", "*never ended"),
    ("**", "**"),
  ])
  func marksBecomeElements(_ text: String, _ html: String) {
    #expect(CaptionText.html(text) == html)
  }

  @Test func wordsAlone() {
    #expect(CaptionText.plain("*a* **b** `c` $d$") == "a b c d")
  }
}
