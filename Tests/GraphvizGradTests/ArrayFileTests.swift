import GraphvizGrad
import Testing

/// Arrays from files, and what is wrong with files.
@Suite struct ArrayFileTests {
  /// A file of NumPy with a header and bytes of data.
  private func saved(_ header: String, _ data: [UInt8]) -> [UInt8] {
    let text = Array((header + "\n").utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)]
      + text + data
  }

  private func header(_ type: String, _ shape: String, fortran: Bool = false) -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
  }

  private func message(_ bytes: [UInt8], _ name: String) -> String {
    do {
      _ = try ArrayFile(bytes, named: name)
      return ""
    } catch { return error.message }
  }

  @Test func numbersOfNumPy() throws {
    let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]
    let two: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x40]
    let file = saved(header("<f8", "(2, 1)"), one + two)
    #expect(try ArrayFile(file, named: "x.npy").array == NumberArray([[1], [2]]))
    let turned = saved(header(">i2", "(2, 2)", fortran: true), [0, 1, 0, 2, 0, 3, 0xFF, 0xFE])
    #expect(try ArrayFile(turned, named: "x.npy").array == NumberArray([[1, 3], [2, -2]]))
    let bytes = saved(header("|u1", "(3,)"), [1, 2, 255])
    #expect(try ArrayFile(bytes, named: "x.npy").array == NumberArray([1, 2, 255]))
    let single = saved(header("<f4", "(1,)"), [0, 0, 0xC0, 0x3F])
    #expect(try ArrayFile(single, named: "x.npy").array == NumberArray([1.5]))
  }

  @Test func tables() throws {
    let text = "# a head\n1, 2,3\r\n4,5,-6e2\n\n"
    #expect(
      try ArrayFile(Array(text.utf8), named: "x.csv").array
        == NumberArray([[1, 2, 3], [4, 5, -600]]))
    #expect(try ArrayFile(Array("1 2\t 3".utf8), named: "x.txt").array == NumberArray([1, 2, 3]))
    #expect(try ArrayFile(Array("1\n2\n".utf8), named: "x.csv").array == NumberArray([1, 2]))
  }

  @Test func whatIsWrongIsSaid() {
    #expect(message(Array("NUMPY".utf8), "x.npy") == "'x.npy' is no file of NumPy")
    #expect(message(saved(header("<f8", "(2,)"), [0, 1]), "x.npy") == "'x.npy' ends too early")
    #expect(
      message(saved(header("|O", "(2,)"), [0, 1]), "x.npy") == "'x.npy' holds pickled objects")
    #expect(
      message(saved(header("<U8", "(2,)"), []), "x.npy") == "'x.npy' holds entries of the type <U8")
    #expect(
      message(saved(header("<f8", "(4294967296, 4294967296)"), []), "x.npy").contains("larger than")
    )
    #expect(message(saved(header("<f8", "(0,)"), []), "x.npy").contains("has no entries"))
    #expect(
      message(Array("1,2\n3\n".utf8), "x.csv")
        == "'x.csv', line 2 has 1 fields, and the first line 2")
    #expect(
      message(Array("1,2\n3,b\n".utf8), "x.csv") == "'x.csv', line 2, field 2: 'b' is no number")
    #expect(message([], "x.csv") == "'x.csv' holds no numbers")
  }
}
