/// Byte strings one after another, each with its length before it: what the server and its workers say.
enum Fields {
  /// The bytes of one message: its length, and its fields.
  static func message(_ fields: [[UInt8]]) -> [UInt8] {
    let size = fields.reduce(0) { $0 + 4 + $1.count }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 4)
    add(size, to: &bytes)
    for field in fields {
      add(field.count, to: &bytes)
      bytes += field
    }
    return bytes
  }

  private static func add(_ number: Int, to bytes: inout [UInt8]) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// Takes the first message from `buffer`; `nil` if it has not come as a whole yet.
  static func take(from buffer: inout [UInt8]) -> [[UInt8]]? {
    guard let size = number(buffer, 0), buffer.count >= 4 + size else { return nil }
    var fields: [[UInt8]] = []
    var index = 4
    while index < 4 + size, let count = number(buffer, index), index + 4 + count <= 4 + size {
      fields.append(Array(buffer[(index + 4)..<(index + 4 + count)]))
      index += 4 + count
    }
    buffer.removeFirst(4 + size)
    return fields
  }

  private static func number(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard bytes.count >= index + 4 else { return nil }
    return (0..<4).reduce(0) { $0 | Int(bytes[index + $1]) << (8 * $1) }
  }
}
