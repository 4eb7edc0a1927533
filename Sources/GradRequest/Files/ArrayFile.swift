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
      array = try Self.table(bytes, name)
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

  // MARK: Tables

  private static func table(_ bytes: [UInt8], _ name: String) throws(Fault) -> NumberArray {
    let text = String(decoding: bytes, as: UTF8.self)
    var rows: [[Double]] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = line.trimmed(" \t\r\u{FEFF}")
      if line.isEmpty || line.hasPrefix("#") { continue }
      let separators: Set<Character> =
        line.contains(",") ? [","] : line.contains(";") ? [";"] : [" ", "\t"]
      var row: [Double] = []
      let fields = line.split(
        omittingEmptySubsequences: !separators.contains(",") && !separators.contains(";")
      ) { separators.contains($0) }
      for (place, field) in fields.enumerated() {
        guard let value = Double(String(field).trimmed(" \t\"")) else {
          let isHead = rows.isEmpty
          throw Fault(
            message:
              "'\(name)', line \(number + 1), field \(place + 1): '\(field.prefix(40))' is no number",
            help: isHead ? "leave the line of names out, or begin it with '#'" : nil)
        }
        row.append(value)
      }
      if let first = rows.first, first.count != row.count {
        throw Fault(
          message:
            "'\(name)', line \(number + 1) has \(row.count) fields, and the first line \(first.count)",
          help: "an array has rows of one length")
      }
      rows.append(row)
    }
    guard let first = rows.first, !first.isEmpty else {
      throw Fault(message: "'\(name)' holds no numbers", help: nil)
    }
    // One line or one column is a vector, as `np.loadtxt` has it.
    let entries = Array(rows.joined())
    if rows.count == 1 || first.count == 1 { return NumberArray(entries) }
    return NumberArray([rows.count, first.count], entries)
  }
}

extension StringProtocol {
  /// Without some letters at both ends.
  fileprivate func trimmed(_ letters: String) -> String {
    var rest = self[...]
    while let first = rest.first, letters.contains(first) { rest.removeFirst() }
    while let last = rest.last, letters.contains(last) { rest.removeLast() }
    return String(rest)
  }
}
