import GradBase
import TestSupport
import Testing

@testable import GraphvizGrad

@Suite struct MimeBundleTests {
  /// The examples of RFC 4648, section 10, and every byte.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func base64IsThatOfTheStandard(_ text: String, _ expected: String) {
    #expect(base64(Array(text.utf8)) == expected)
  }

  @Test func base64UsesEveryLetter() {
    #expect(base64([0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF]) == "++++////")
    #expect(Set(base64((0...255).map { UInt8($0) })).count == 65)
  }

  @Test func keysAreInOrderAndBytesTheSameEachTime() throws {
    let computation = try Computation(parsing: "x = 3; y = x*x")
    let picture = try computation.picture(.mimebundle)
    let keys = picture.text.matches(of: /"([a-z+\/]+)": ["{]/).map { String($0.output.1) }
    #expect(
      keys == [
        "data", "image/svg+xml", "image/png", "application/pdf", "text/plain", "metadata",
        "image/png",
      ])
    #expect(try computation.picture(.mimebundle).bytes == picture.bytes)
    #expect(OutputFormat.mimebundle.kind.usesFonts && OutputFormat.mimebundle.isText)
  }

  @Test func pixelsHaveTheSizeOfTheFigure() throws {
    let trace = try Computation(parsing: "x = 3; y = x*x").trace
    var options = PictureOptions()
    options.resolution = .scale(5)
    options.idPrefix = "own"
    let text = try trace.picture(.mimebundle, options).text
    let size = try trace.drawing(options).size
    #expect(text.contains("{\"width\": \(Int(size.width.rounded())), "))
    #expect(text.contains("id=\\\"own\\\""))
  }
}
