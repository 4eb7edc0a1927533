extension Trace: Codable {
  /// Reads a trace by the keys of its JSON.
  ///
  /// - Throws: ``TraceFault`` for a trace that is wrong, and what the decoder throws.
  public init(from decoder: any Decoder) throws {
    try self.init(TraceDescription(from: decoder))
  }

  /// Writes the trace by the keys of its JSON.
  public func encode(to encoder: any Encoder) throws {
    try TraceDescription(self).encode(to: encoder)
  }
}

extension TraceDescription: Codable {
  private enum Key: String, CodingKey {
    case schema, output, detail, nodes, edges
  }

  /// Reads a description by the keys of a trace's JSON.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    if let schema = try fields.decodeIfPresent(String.self, forKey: .schema) {
      try Self.check(schema: schema)
    }
    output = try fields.decodeIfPresent(String.self, forKey: .output)
    detail = try fields.decodeIfPresent(Detail.self, forKey: .detail)
    nodes = try fields.decodeIfPresent([Node].self, forKey: .nodes) ?? []
    edges = try fields.decodeIfPresent([Edge].self, forKey: .edges) ?? []
  }

  /// Writes the description by the keys of a trace's JSON.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    let hasArrays = nodes.contains { $0.array != nil }
    try fields.encode(hasArrays ? Trace.schemaOfArrays : Trace.schema, forKey: .schema)
    try fields.encodeIfPresent(output, forKey: .output)
    try fields.encodeIfPresent(detail, forKey: .detail)
    try fields.encode(nodes, forKey: .nodes)
    try fields.encode(edges, forKey: .edges)
  }
}

extension TraceDescription.Node: Codable {
  private enum Key: String, CodingKey {
    case id, name, kind, operation, expression, shape, dtype, value, derivative, line, column, call
    case data
  }

  /// Reads a node by the keys of a trace's JSON.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let name = try fields.decodeIfPresent(String.self, forKey: .name)
    self.init(try fields.decodeIfPresent(String.self, forKey: .id) ?? name ?? "")
    kind = try fields.decodeIfPresent(String.self, forKey: .kind).map { word in
      guard let kind = Trace.Node.Kind(rawValue: word) else {
        throw DecodingError.dataCorruptedError(
          forKey: .kind, in: fields, debugDescription: "'\(word)' is no kind of node")
      }
      return kind
    }
    operation = try fields.decodeIfPresent(String.self, forKey: .operation)
    takeName(fields.contains(.name) ? .some(name) : nil)
    expression = try fields.decodeIfPresent(String.self, forKey: .expression)
    let shape = try fields.decodeIfPresent([Int].self, forKey: .shape)
    type = try fields.decodeIfPresent(String.self, forKey: .dtype)
    if fields.contains(.value), try fields.decodeNil(forKey: .value) {
      array = NumberArray(shape ?? [], .unknown)
    } else {
      (value, array) =
        try fields.decodeIfPresent(WrittenArray.self, forKey: .value)?.parts(of: shape)
        ?? (nil, nil)
    }
    if type != "float64" { array?.type = type }
    (derivative, arrayDerivative) =
      try fields.decodeIfPresent(WrittenArray.self, forKey: .derivative)?.parts(of: shape)
      ?? (nil, nil)
    if let line = try fields.decodeIfPresent(Int32.self, forKey: .line) {
      place = Labels.Place(
        line: line, column: try fields.decodeIfPresent(Int32.self, forKey: .column) ?? 1)
    }
    calls = try fields.decodeIfPresent([String].self, forKey: .call) ?? []
    isData = try fields.decodeIfPresent(Bool.self, forKey: .data) ?? false
  }

  /// Writes a node by the keys of a trace's JSON.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(name, forKey: .name)
    try fields.encodeIfPresent(kind?.rawValue, forKey: .kind)
    try fields.encodeIfPresent(operation, forKey: .operation)
    try fields.encodeIfPresent(expression, forKey: .expression)
    if let array { try fields.encode(array.shape, forKey: .shape) }
    try fields.encodeIfPresent(type, forKey: .dtype)
    if let array, array.summary?.isUnknown ?? false {
      try fields.encodeNil(forKey: .value)
    } else {
      try fields.encodeIfPresent(WrittenArray(value, array), forKey: .value)
    }
    try fields.encodeIfPresent(WrittenArray(derivative, arrayDerivative), forKey: .derivative)
    try fields.encodeIfPresent(place?.line, forKey: .line)
    try fields.encodeIfPresent(place?.column, forKey: .column)
    if !calls.isEmpty { try fields.encode(calls, forKey: .call) }
    if isData { try fields.encode(true, forKey: .data) }
  }
}

extension TraceDescription.Edge: Codable {
  private enum Key: String, CodingKey {
    case source = "from"
    case target = "to"
    case operand, map, partial, contribution
  }

  /// Reads an edge by the keys of a trace's JSON.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    self.init(
      from: try fields.decode(String.self, forKey: .source),
      to: try fields.decode(String.self, forKey: .target),
      operand: try fields.decodeIfPresent(Int.self, forKey: .operand))
    map = try fields.decodeIfPresent(TraceDescription.Map.self, forKey: .map)
    (partial, arrayPartial) =
      try fields.decodeIfPresent(WrittenArray.self, forKey: .partial)?.parts ?? (nil, nil)
    (contribution, arrayContribution) =
      try fields.decodeIfPresent(WrittenArray.self, forKey: .contribution)?.parts ?? (nil, nil)
  }

  /// Writes an edge by the keys of a trace's JSON.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(source, forKey: .source)
    try fields.encode(target, forKey: .target)
    try fields.encodeIfPresent(operand, forKey: .operand)
    try fields.encodeIfPresent(map, forKey: .map)
    try fields.encodeIfPresent(WrittenArray(partial, arrayPartial), forKey: .partial)
    try fields.encodeIfPresent(WrittenArray(contribution, arrayContribution), forKey: .contribution)
  }
}

/// A number, or lists of numbers within each other.
private struct WrittenArray: Codable {
  let parts: (number: Double?, array: NumberArray?)

  init?(_ number: Double?, _ array: NumberArray?) {
    if number == nil, array == nil || array?.summary?.isUnknown ?? false { return nil }
    parts = (array == nil ? number : nil, array)
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let told = try? value.decode(WrittenSummary.self) {
      parts = (nil, NumberArray([], told.summary.value))
      return
    }
    if let number = try? value.decode(WrittenNumber.self) {
      parts = (number.number, nil)
      return
    }
    let rows = try value.decode([WrittenArray].self).map { row in
      row.parts.array ?? NumberArray(row.parts.number ?? .nan)
    }
    guard let first = rows.first, rows.allSatisfy({ $0.shape == first.shape }) else {
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "an array has rows of one length")
    }
    parts = (nil, NumberArray([rows.count] + first.shape, rows.flatMap(\.entries)))
  }

  /// The number or the array, a summary of it with the shape that its node has.
  func parts(of shape: [Int]?) -> (Double?, NumberArray?) {
    (parts.number, parts.array.map { $0.summary.map { NumberArray(shape ?? [], $0) } ?? $0 })
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    if let summary = parts.array?.summary { return try value.encode(WrittenSummary(summary)) }
    guard let array = parts.array else {
      return try value.encode(WrittenNumber(parts.number ?? .nan))
    }
    let size = array.count / array.shape[0]
    try value.encode(
      (0..<array.shape[0]).map { index in
        let row = Array(array.entries[index * size..<(index + 1) * size])
        let shape = Array(array.shape.dropFirst())
        return shape.isEmpty
          ? WrittenArray(row[0], nil) : WrittenArray(nil, NumberArray(shape, row))
      })
  }
}

/// What sums up the entries of an array.
private struct WrittenSummary: Codable {
  let summary: Fields

  struct Fields: Codable {
    let min: WrittenNumber
    let max: WrittenNumber
    let norm: WrittenNumber
    let means: [[WrittenNumber]]?

    var value: ArraySummary {
      ArraySummary(
        range: min.number <= max.number ? min.number...max.number : nil, norm: norm.number,
        means: means?.map { $0.map(\.number) } ?? [])
    }
  }

  init(_ summary: ArraySummary) {
    self.summary = Fields(
      min: WrittenNumber(summary.range?.lowerBound ?? .nan),
      max: WrittenNumber(summary.range?.upperBound ?? .nan), norm: WrittenNumber(summary.norm),
      means: summary.means.isEmpty ? nil : summary.means.map { $0.map(WrittenNumber.init) })
  }
}

/// A number, or a text for one that JSON does not have.
struct WrittenNumber: Codable {
  let number: Double

  init(_ number: Double) { self.number = number }

  /// What the texts mean.
  static let words = ["NaN": Double.nan, "Infinity": .infinity, "-Infinity": -.infinity]

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let word = try? value.decode(String.self) {
      guard let number = Self.words[word] else {
        throw DecodingError.dataCorruptedError(
          in: value, debugDescription: "'\(word)' is no number")
      }
      self.number = number
    } else {
      number = try value.decode(Double.self)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    if number.isFinite {
      try value.encode(number)
    } else {
      try value.encode(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
    }
  }
}
