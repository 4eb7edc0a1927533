/// Hands out the ids of nodes in program order.
struct TraceIds {
  private let labels: Labels
  /// The ids of calls.
  private let calls: [String]
  private var temporaries = 0
  private var constants = 0
  /// Names that a program uses, which ids that it does not write must not take, and how often each
  /// has been an id.
  private var known: Versions
  /// The entry of the name of each node; -1 if it has none.
  private let entries: [Int32]

  init(labels: Labels) {
    self.labels = labels
    calls = labels.calls.map(\.id)
    var known = Versions(capacity: labels.names.count)
    entries = (0..<UInt32(labels.names.count)).map { node in
      labels.names[node].map { Int32(known.addName($0)) } ?? -1
    }
    self.known = known
  }

  mutating func id(of node: UInt32, _ opcode: Opcode, call: Int) -> String {
    if let name = labels.names[node] {
      let scope = labels.scopesOfNames[node] ?? call
      let base = scope < 0 ? name : "\(calls[scope]).\(name)"
      let entry = scope < 0 ? Int(entries[Int(node)]) : known.entry(base)
      var version = known.version(entry) + 1
      if version > 1 || scope >= 0 {
        // A name given from Swift may look like an id.
        while known.isName(version == 1 ? base : "\(base)@\(version)") { version += 1 }
      }
      known.setVersion(entry, version)
      return version == 1 ? base : "\(base)@\(version)"
    }
    var id: String
    repeat {
      if opcode == .constant {
        constants += 1
        id = Self.numbered(UInt8(ascii: "k"), constants)
      } else {
        temporaries += 1
        id = Self.numbered(UInt8(ascii: "t"), temporaries)
      }
    } while known.hasNumberedName && known.isName(id)
    return id
  }

  /// A letter with a number, which fits into a string without memory of its own.
  private static func numbered(_ letter: UInt8, _ number: Int) -> String {
    String(unsafeUninitializedCapacity: 21) { buffer in
      var digits = 1
      var power = number
      while power > 0 {
        digits += 1
        power /= 10
      }
      buffer[0] = letter
      var rest = number
      for place in stride(from: digits - 1, to: 0, by: -1) {
        buffer[place] = 0x30 + UInt8(rest % 10)
        rest /= 10
      }
      return digits
    }
  }
}

/// Texts with a number each, in one array: a dictionary of strings costs more than all else that a
/// trace is made of.
private struct Versions {
  private var texts: [String] = []
  private var hashes: [UInt32] = []
  /// How often each has been an id.
  private var counts: [Int32] = []
  private var areNames: [Bool] = []
  private var slots: [Int32]
  /// Whether a name is a letter with a number, as the ids of what has no name are.
  private(set) var hasNumberedName = false

  init(capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
  }

  /// The entry of a name that a program uses.
  mutating func addName(_ name: String) -> Int {
    let entry = entry(name)
    areNames[entry] = true
    if !hasNumberedName {
      hasNumberedName = name.utf8.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
    }
    return entry
  }

  /// The entry of a text, which is made if need be.
  mutating func entry(_ text: String) -> Int {
    let hash = Self.hash(text)
    let slot = place(text, hash)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(texts.count)
    texts.append(text)
    hashes.append(hash)
    counts.append(0)
    areNames.append(false)
    if 2 * texts.count > slots.count { grow() }
    return texts.count - 1
  }

  func version(_ entry: Int) -> Int { Int(counts[entry]) }

  mutating func setVersion(_ entry: Int, _ version: Int) { counts[entry] = Int32(version) }

  func isName(_ text: String) -> Bool {
    let entry = slots[place(text, Self.hash(text))]
    return entry >= 0 && areNames[Int(entry)]
  }

  /// Where the text is, or is to be.
  private func place(_ text: String, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = Int(slots[slot])
      if hashes[entry] == hash, texts[entry] == text { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for entry in texts.indices {
      var slot = Int(hashes[entry]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(entry)
    }
  }

  /// Equal for texts that are equal, however their accents are encoded.
  private static func hash(_ text: String) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 {
      if byte >= 0x80 { return UInt32(truncatingIfNeeded: text.hashValue) }
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
