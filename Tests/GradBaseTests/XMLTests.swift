import GradBase
import Testing

/// Text between tags and between quotes.
@Suite struct XMLTests {
  @Test(arguments: [
    ("", "", ""), ("θ₁·x — 好 👍", "θ₁·x — 好 👍", "θ₁·x — 好 👍"),
    ("a < b & c > d", "a &lt; b &amp; c &gt; d", "a &lt; b &amp; c &gt; d"),
    ("\"a\"\n\tb", "\"a\"\n\tb", "&quot;a&quot;&#10;\tb"),
    ("a\u{0}b\u{1B}c\u{7F}d\u{80}e\u{9F}f\u{A0}g", "abcdef\u{A0}g", "abcdef\u{A0}g"),
    ("\u{FFFD}\u{FFFE}\u{FFFF}\u{EFFF}", "\u{FFFD}\u{EFFF}", "\u{FFFD}\u{EFFF}"),
    ("é<é", "é&lt;é", "é&lt;é"),
  ])
  func escapes(_ text: String, _ between: String, _ quoted: String) {
    #expect(XML.text(text) == between)
    #expect(XML.attribute(text) == quoted)
  }
}
