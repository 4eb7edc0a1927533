public import GradBase
public import GradCore

/// An array read from a file, as NumPy saves it (`*.npy`) or as a table of numbers (`*.csv`).
public struct ArrayFile: Sendable {
  /// The numbers.
  public let array: NumberArray

  /// What is wrong with a file, with a way out.
  public struct Fault: ReadableError, Equatable {
    /// What is wrong, without a full stop.
    public var message: String
    /// What would be right; `nil` if that is plain.
    public var help: String?
    /// What is wrong, and what would be right.
    public var description: String { Self.text(message, help: help) }
  }

  /// Reads a file; `name` is what messages call it, and tells by its ending what it is.
  ///
  /// - Throws: ``Fault`` for what is no array of numbers.
  public init(_ bytes: [UInt8], named name: String) throws(Fault) {
    if name.lowercased().hasSuffix(".npy") {
      array = try Self.saved(bytes, name)
    } else {
      array = try Self.table(bytes, name, .guessed)
    }
  }

  // MARK: NumPy's format

  /// The file format of NumPy: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
  private static func saved(_ bytes: [UInt8], _ name: String) throws(Fault) -> NumberArray {
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    guard bytes.starts(with: magic), bytes.count >= 10 else {
      throw Fault(
        message: "'\(name)' is no file of NumPy", help: "np.save(\"\(name)\", X) writes one")
    }
    let isLong = bytes[6] > 1
    let start = isLong ? 12 : 10
    guard bytes.count >= start else { throw truncated(name) }
    var length = Int(bytes[8]) | Int(bytes[9]) << 8
    if isLong { length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24 }
    guard bytes.count >= start + length else { throw truncated(name) }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
    guard let type = field("descr", header), let order = field("fortran_order", header),
      let shapeText = field("shape", header)
    else { throw Fault(message: "the header of '\(name)' is not NumPy's", help: nil) }
    let shape = shapeText.split { !$0.isNumber && $0 != "-" }.compactMap { Int($0) }
    do throws(ShapeFault) { try ArrayOperation.check(shape) } catch {
      throw Fault(message: "'\(name)': \(error.message)", help: error.help)
    }
    let kind = type.trimmed("'\"")
    guard let width = kind.last?.wholeNumberValue, let letter = kind.dropFirst().first,
      "fiub".contains(letter), [1, 2, 4, 8].contains(width), letter != "f" || width >= 4
    else {
      throw Fault(
        message:
          "'\(name)' holds \(kind.contains("O") ? "pickled objects" : "entries of the type \(kind)")",
        help: "np.save(\"\(name)\", X.astype(float)) writes numbers")
    }
    let count = shape.reduce(1, *)
    let data = bytes[(start + length)...]
    guard data.count >= count * width else { throw truncated(name) }
    let isBig = kind.hasPrefix(">")
    var entries: [Double] = []
    entries.reserveCapacity(count)
    for index in 0..<count {
      let first = data.startIndex + index * width
      var bits: UInt64 = 0
      for place in 0..<width {
        let byte = data[first + (isBig ? place : width - 1 - place)]
        bits = bits << 8 | UInt64(byte)
      }
      entries.append(number(bits, letter, width))
    }
    let isFortran = order.hasPrefix("True") && shape.count > 1
    if !isFortran { return NumberArray(shape, entries) }
    // The first axis is innermost.
    let tape = Tape()
    let turned = tape.constant(NumberArray(shape.reversed(), entries)).transposed
    return withExtendedLifetime(tape) { turned.array }
  }

  private static func truncated(_ name: String) -> Fault {
    Fault(message: "'\(name)' ends too early", help: "it was cut off; save it again")
  }

  private static func number(_ bits: UInt64, _ letter: Character, _ width: Int) -> Double {
    switch (letter, width) {
    case ("f", 8): return Double(bitPattern: bits)
    case ("f", _): return Double(Float(bitPattern: UInt32(bits)))
    case ("i", _):
      let shift = UInt64(64 - 8 * width)
      return Double(Int64(bitPattern: bits << shift) >> Int64(shift))
    default: return Double(bits)
    }
  }

  /// The value of a key of the header, which is a dictionary of Python.
  private static func field(_ key: String, _ header: String) -> String? {
    guard let found = header.firstRange(of: "'\(key)':") else { return nil }
    var value = ""
    var depth = 0
    for letter in header[found.upperBound...] {
      if letter == "(" { depth += 1 }
      if letter == ")" { depth -= 1 }
      if depth == 0, letter == "," || letter == "}" { break }
      value.append(letter)
    }
    return value.trimmed(" ")
  }

  /// Whether a name ends as those of files that are read do.
  static func hasKnownEnding(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".npy", ".npz", ".csv", ".txt", ".dat", ".data", ".tsv"].contains { name.hasSuffix($0) }
  }
}

extension StringProtocol {
  /// Without some letters at both ends.
  func trimmed(_ letters: String) -> String {
    var rest = self[...]
    while let first = rest.first, letters.contains(first) { rest.removeFirst() }
    while let last = rest.last, letters.contains(last) { rest.removeLast() }
    return String(rest)
  }
}
