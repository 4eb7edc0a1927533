import GradBase
import Testing

@Suite struct JSONTextTests {
  @Test(arguments: [
    ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""), ("權重 θ 😀", "\"權重 θ 😀\""), ("", "\"\""),
    ("\r\n", #""\r\n""#),
  ])
  func escapesStrings(_ string: String, _ expected: String) {
    var json = JSONText()
    json.string(string)
    #expect(json.text == expected)
  }

  @Test(
    arguments: [
      (0.1, "0.1"), (33, "33"), (-0.0, "-0"), (1e-7, "1e-07"), (1e300, "1e+300"),
      (.leastNonzeroMagnitude, "5e-324"),
      (.infinity, "\"Infinity\""), (-.infinity, "\"-Infinity\""), (.nan, "\"NaN\""),
    ] as [(Double, String)])
  func writesNumbers(_ number: Double, _ expected: String) {
    var json = JSONText()
    json.number(number)
    #expect(json.text == expected)
    if number.isFinite { #expect(Double(json.text)?.bitPattern == number.bitPattern) }
  }

  @Test func setsContainers() {
    var json = JSONText()
    json.object(.lines) { json in
      json.field("empty") { json in json.object(.lines) { _ in } }
      json.field("list") { json in
        json.array { json in
          json.number(1)
          json.boolean(true)
          json.null()
          json.array { json in json.number(2.5) }
        }
      }
      json.field("rows") { json in
        json.array(.lines) { json in
          json.object { json in
            json.field("a", 1)
            json.field("b", nil)
          }
          json.string("x")
        }
      }
      json.field("last", false)
    }
    #expect(
      json.text == """
        {
          "empty": {},
          "list": [1, true, null, [2.5]],
          "rows": [
            {"a": 1, "b": null},
            "x"
          ],
          "last": false
        }
        """)
  }
}
