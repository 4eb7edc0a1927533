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

  /// Texts go over in words of eight bytes and in stages of 4,096, wherever what is escaped stands.
  @Test(arguments: [0...20, 4_085...4_100].joined())
  func escapesStringsOfAnyLength(_ length: Int) {
    let plain = String(repeating: "a", count: length)
    var json = JSONText()
    json.string(plain)
    #expect(json.text == "\"\(plain)\"")
    for place in [0, 1, length / 2, length - 2, length - 1]
    where plain.indices.count > place && place >= 0 {
      let before = plain.prefix(place)
      let after = plain.dropFirst(place + 1)
      var json = JSONText()
      json.string("\(before)\"\(after)")
      #expect(json.text == "\"\(before)\\\"\(after)\"")
    }
  }

  @Test func partsKeys() {
    var json = JSONText()
    json.object(.lines) { json in
      json.key("a")
      json.object { json in
        json.key("b")
        json.number(1)
        json.key("c")
        json.null()
      }
      json.key("d")
      json.string("")
    }
    #expect(json.text == "{\n  \"a\": {\"b\": 1, \"c\": null},\n  \"d\": \"\"\n}")
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
