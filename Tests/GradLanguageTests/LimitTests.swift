import GradCore
import GradLanguage
import Testing

/// Programs of every size: what is large is read, and what is too large is refused with a message.
@Suite struct LimitTests {
  private func trace(_ text: String, nodeLimit: Int = Program.nodeLimit) throws -> Trace {
    try Program(Source("large", text: text)).trace(nodeLimit: nodeLimit).trace
  }

  private func codes(_ text: String, nodeLimit: Int = Program.nodeLimit) -> [String] {
    let error = #expect(throws: ProgramError.self) { try trace(text, nodeLimit: nodeLimit) }
    return error?.diagnostics.map(\.code) ?? []
  }

  @Test func aLineOfManyTerms() throws {
    let count = 20_000
    let sum = Array(repeating: "a", count: count).joined(separator: "+")
    let trace = try trace("a=1\nJ=" + sum)
    #expect(trace["J"]?.value == Double(count))
    #expect(trace["a"]?.derivative == Double(count))
  }

  @Test func longLinesOfEveryKind() throws {
    let count = 5_000
    let signs = String(repeating: "-", count: count)
    #expect(try trace("a=1\nJ=\(signs)a")["J"]?.value == 1)
    let powers = Array(repeating: "1", count: count).joined(separator: "**")
    #expect(try trace("J=" + powers)["J"]?.value == 1)
    let choices = String(repeating: "1 if a > 2 else ", count: 5_000)
    #expect(try trace("a=1\nJ=\(choices)a*3")["J"]?.value == 3)
    let chain = Array(repeating: "a", count: count).joined(separator: "<=")
    #expect(try trace("a=1\nJ=a*2 if \(chain) else a")["J"]?.value == 2)
    let either = Array(repeating: "a > 2", count: 5_000).joined(separator: " or ")
    #expect(try trace("a=1\nJ=a*2 if \(either) else a*3")["J"]?.value == 3)
    let arguments = Array(repeating: "a", count: count).joined(separator: ",")
    #expect(try trace("a=1\nJ=max(\(arguments))")["J"]?.value == 1)
    let methods = String(repeating: ".abs()", count: 5_000)
    #expect(try trace("a=1\nJ=a\(methods)")["J"]?.value == 1)
    let closed = Array(repeating: "1", count: 5_000).joined(separator: "+")
    #expect(try trace("J=\(closed)")["J"]?.value == 5_000)
    let name = String(repeating: "x", count: 1_000_000)
    #expect(try trace("\(name)=1\nJ=\(name)+\(name)")["J"]?.value == 2)
    #expect(codes("J=\(name)") == ["undefined-name"])
    let wide = Array(repeating: "權", count: 5_000).joined(separator: "+")
    #expect(try trace("權=1\nJ=\(wide)")["J"]?.place?.column == 1)
  }

  @Test func manyStatements() throws {
    #expect(try trace("a=1\n" + String(repeating: "a=a+a;", count: 1000) + "J=a")["J"] != nil)
    #expect(try trace(String(repeating: "a=1\n", count: 5_000)).nodes.count == 5_000)
    let functions = (0..<2000).map {
      "def f\($0)(x): return \($0 == 0 ? "x*x" : "f\($0 - 1)(x)")\n"
    }
    #expect(try trace(functions.joined() + "J=f1999(3)")["J"]?.value == 9)
  }

  @Test func bracketsNestToAThousand() throws {
    for (open, close) in [("(", ")"), ("exp(", ")*0"), ("max(1,", ")")] {
      func nested(_ depth: Int) -> String {
        "a=1\nJ=a*\(String(repeating: open, count: depth))a\(String(repeating: close, count: depth))"
      }
      _ = try trace(nested(1000))
      #expect(codes(nested(1001)) == ["nesting-too-deep"])
      #expect(codes(nested(10_000)) == ["nesting-too-deep"])
    }
    let unclosed = "J=" + String(repeating: "(", count: 5_000)
    #expect(codes(unclosed) == ["nesting-too-deep", "unclosed-bracket"].reversed())
    #expect(codes(String(repeating: "J=(\n", count: 5000)).contains("unclosed-bracket"))
    #expect(codes("J=" + String(repeating: "[", count: 5000)).contains("unclosed-bracket"))
    #expect(codes("J=a" + String(repeating: ")", count: 5000)) == ["unmatched-bracket"])
  }

  @Test func fortyFunctionsThatDouble() {
    for body in ["x + x", "x"] {
      let doubling = (1...40).map { "def f\($0)(x): return f\($0 - 1)(f\($0 - 1)(x))\n" }.joined()
      #expect(
        codes("def f0(x): return \(body)\n\(doubling)J=f40(1)", nodeLimit: 10_000) == [
          "too-many-nodes"
        ])
      #expect(
        codes(
          "a=1\ndef f0(x): return \(body)\n\(doubling)J=a if f40(1) > 2 else 3*a", nodeLimit: 10_000
        )
          == ["too-many-nodes"])
    }
  }

  @Test func theLimitItself() throws {
    #expect(try trace("a=1;b=a+a;J=b*b", nodeLimit: 3).nodes.count == 3)
    let error = #expect(throws: ProgramError.self) { try trace("a=1;b=a+a;J=b*b", nodeLimit: 2) }
    #expect(error?.diagnostics.map(\.message) == ["the program expands to more than 2 nodes"])
    #expect(error?.diagnostics.map(\.span?.start.column) == [14])
    #expect(
      codes(
        "a=1\nJ=" + Array(repeating: "a", count: 10_002).joined(separator: "+"), nodeLimit: 10_000)
        == ["too-many-nodes"])
    #expect(Program.nodeLimit == 1_000_000)
  }

  @Test func errorsAreOnlyTheFirstHundred() {
    let text = (0..<1000).map { "y\($0) = 2 2\n" }.joined()
    #expect(codes(text) == Array(repeating: "missing-operator", count: 100) + ["more"])
  }

  @Test func anyBytes() {
    let cases: [([UInt8], [String])] = [
      ([], ["empty-program"]), ([0], ["control-character"]),
      ([0x61, 0x3D, 0x31, 0xFF], ["invalid-utf8"]), ([0x61, 0x3D, 0xC3, 0x20], ["invalid-utf8"]),
      ([0xFF, 0xFE, 0x61, 0x00], ["invalid-utf8", "control-character"]),
      (Array("a=1\u{FFFD}".utf8), ["unexpected-character"]),
      (Array("# \u{0}\na=1".utf8), ["control-character"]),
    ]
    for (bytes, expected) in cases {
      #expect(
        Program(Source("bytes", bytes: bytes)).diagnostics().map(\.code) == expected, "\(bytes)")
    }
    let utf16 = Program(Source("bytes", bytes: [0xFF, 0xFE, 0x61, 0x00])).diagnostics()
    #expect(utf16[0].help == "the file looks like UTF-16; save it as UTF-8")
  }
}
