/// The nodes of a tape by what they compute, so that nothing is computed twice.
///
/// A flat table of node numbers: what a node computes stands on the tape already.
struct NodeTable {
  private var slots: [UInt32]
  private var count = 0

  /// Room for `capacity` nodes; it grows as needed.
  init(capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = [UInt32](repeating: .max, count: size)
  }

  /// The node of a hash for which `isSame` holds; `nil` if there is none.
  func find(_ hash: UInt64, _ isSame: (UInt32) -> Bool) -> UInt32? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != .max {
      if isSame(slots[slot]) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Enters a node that is not in the table.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - hash: Its hash.
  ///   - hashOf: The hash of any node that was entered, for when the table grows.
  mutating func insert(_ node: UInt32, _ hash: UInt64, _ hashOf: (UInt32) -> UInt64) {
    if 2 * count >= slots.count {
      let old = slots
      slots = [UInt32](repeating: .max, count: 2 * old.count)
      for node in old where node != .max { place(node, hashOf(node)) }
    }
    count += 1
    place(node, hash)
  }

  private mutating func place(_ node: UInt32, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = node
  }

  /// A number spread over 64 bits.
  static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 32
    value = value &* 0xD6E8_FEB8_6659_FD93
    return value ^ value >> 32
  }
}
