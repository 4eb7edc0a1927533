import TestSupport
import Testing

@testable import GradServer

/// Programs in addresses.
@Suite struct EncodedProgramTests {
  /// What Python's zlib makes of `a = 5\nJ = 3 * a\n`, in base64 with - and _.
  private static let encoded = "eJxLVLBVMOXyApLGCloKiVwAGlIC7Q"
  private static let program = "a = 5\nJ = 3 * a\n"

  private func program(_ text: String, limit: Int = 1_000) throws(HTTPRefusal) -> String {
    String(decoding: try EncodedProgram.program(text, limit: limit), as: UTF8.self)
  }

  @Test func aProgramIsUnpacked() throws {
    let program = try program(Self.encoded)
    #expect(program == Self.program)
  }

  @Test(arguments: [
    "", "a", "!!!!", "AAAA", "eJxL", "eJxLVLBVMOXyApLGCloKiVwAGlIC7g", "====", "eJ==xL",
  ])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(throws: HTTPRefusal.self) { try program(text) }
  }

  @Test func aProgramThatIsTooLongIsNotUnpacked() {
    #expect(throws: HTTPRefusal.tooLarge(15)) { try program(Self.encoded, limit: 15) }
  }

  @Test func bothAlphabetsAreRead() {
    #expect(EncodedProgram.bytes("-_8=") == [0xFB, 0xFF])
    #expect(EncodedProgram.bytes("+/8") == [0xFB, 0xFF])
  }

  @Test func randomBytesDoNoHarm() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<5_000 {
      let count = Int.random(in: 0..<60, using: &random)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random) { bytes = [0x78, 0x9C] + bytes }
      let result = try? Inflate.bytes(bytes, limit: 500)
      #expect((result?.count ?? 0) <= 500)
    }
  }

  @Test func changedBytesAreNoticedOrRefused() throws {
    let packed = try #require(EncodedProgram.bytes(Self.encoded))
    for index in packed.indices.dropFirst(2) {
      var changed = packed
      changed[index] ^= 0x11
      // The sum at the end tells.
      #expect(throws: Inflate.Fault.self) { try Inflate.bytes(changed, limit: 1_000) }
    }
  }
}
