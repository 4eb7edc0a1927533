/// An array of numbers: a shape, and the entries in row-major order.
///
/// The shape of a number is `[]`; no axis has zero entries. Of an array that another tool tells, only a
/// ``summary`` may be known.
public struct NumberArray: Sendable, Equatable {
  /// How many entries each axis has.
  public let shape: [Int]
  /// The entries; as many as the product of ``shape``, or none where there is a ``summary``.
  public let entries: [Double]
  /// What is known of an array whose entries are not; `nil` for one with entries.
  public let summary: ArraySummary?
  /// The type of the entries in the tool that told them, where it is not Float64: `bfloat16`.
  public var type: String?

  /// An array of its parts.
  ///
  /// - Precondition: There are as many entries as the shape says.
  public init(_ shape: [Int], _ entries: [Double]) {
    precondition(shape.reduce(1, *) == entries.count, "\(entries.count) entries for \(shape)")
    self.shape = shape
    self.entries = entries
    summary = nil
  }

  /// An array of which a summary is known.
  public init(_ shape: [Int], _ summary: ArraySummary) {
    (self.shape, entries, self.summary) = (shape, [], summary)
  }

  /// A number.
  public init(_ number: Double) { self.init([], [number]) }

  /// A vector.
  public init(_ entries: [Double]) { self.init([entries.count], entries) }

  /// A matrix of rows that are equally long.
  public init(_ rows: [[Double]]) {
    precondition(Set(rows.map(\.count)).count == 1, "the rows of a matrix are equally long")
    self.init([rows.count, rows[0].count], Array(rows.joined()))
  }

  /// How many entries there are, known or not.
  public var count: Int { summary == nil ? entries.count : shape.reduce(1, *) }

  /// Whether the entries are known.
  public var isWhole: Bool { summary == nil }

  /// The one entry of an array of one; `nil` for others.
  public var number: Double? { entries.count == 1 ? entries[0] : nil }

  /// The entry at a place, an index for each axis from 0.
  public subscript(place: Int...) -> Double {
    precondition(place.count == shape.count, "one index an axis is needed")
    return entries[zip(shape, place).reduce(0) { $0 * $1.0 + $1.1 }]
  }

  /// Whether another array has the same shape and the same bits.
  public static func == (a: NumberArray, b: NumberArray) -> Bool {
    a.shape == b.shape && a.summary == b.summary
      && zip(a.entries, b.entries).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
  }
}

extension NumberArray {
  /// The place of an entry as a program writes it: `[0, 1]`.
  package func place(of entry: Int) -> String {
    "[" + indices(of: entry).map(String.init).joined(separator: ", ") + "]"
  }

  /// The indices of an entry, one an axis.
  package func indices(of entry: Int) -> [Int] {
    var rest = entry
    var indices: [Int] = []
    for count in shape.reversed() {
      indices.insert(rest % count, at: 0)
      rest /= count
    }
    return indices
  }
}
