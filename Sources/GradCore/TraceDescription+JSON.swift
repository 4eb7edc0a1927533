import GradBase

extension TraceDescription {
  /// Reads a JSON object of the schema `graphviz-grad/trace/1`, as this tool or another writes it.
  ///
  /// Keys that are not known are passed over, as the schema may gain some. O(bytes).
  ///
  /// - Throws: The first thing that is wrong, with its path.
  public init(json: [UInt8]) throws(TraceFault) {
    let document: JSONDocument
    do throws(JSONMistake) {
      document = try JSONDocument(json)
    } catch {
      throw TraceFault(
        "$", "no JSON: \(error.message), in line \(error.line), column \(error.column)",
        offset: error.offset)
    }
    let root = TraceReader(document.root, "$")
    try root.expect(.object)
    if let schema = try root.string("schema") { try Self.check(schema: schema) }
    nodes = try root.elements("nodes").map { (node) throws(TraceFault) in try Node(node) }
    edges = try root.elements("edges").map { (edge) throws(TraceFault) in try Edge(edge) }
    output = try root.string("output")
  }
}

extension TraceDescription {
  static func check(schema: String) throws(TraceFault) {
    if schema == Trace.schema { return }
    throw TraceFault(
      "$.schema", "'\(schema)' is not known", help: "this version reads \(Trace.schema)")
  }
}

extension TraceDescription.Node {
  /// Takes the name that is given, which may be none at all; else the id, but for a constant.
  mutating func takeName(_ given: String??) {
    let isConstant = kind == .constant || kind == nil && operation == "constant"
    name = given ?? (isConstant ? nil : id)
  }

  fileprivate init(_ reader: TraceReader) throws(TraceFault) {
    try reader.expect(.object)
    let name = try reader.string("name")
    guard let id = try reader.string("id") ?? name else { throw reader.missing("id") }
    self.init(id)
    if let word = try reader.string("kind") {
      guard let kind = Trace.Node.Kind(rawValue: word) else {
        throw TraceFault(
          "\(reader.path).kind", "'\(word)' is none", help: "input, constant or operation")
      }
      self.kind = kind
    }
    operation = try reader.string("operation")
    takeName(reader.value["name"] != nil ? .some(name) : nil)
    expression = try reader.string("expression")
    value = try reader.number("value")
    derivative = try reader.number("derivative")
    if let line = try reader.whole("line", from: 1) {
      place = Labels.Place(
        line: Int32(line), column: Int32(try reader.whole("column", from: 1) ?? 1))
    }
    for call in try reader.elements("call") {
      guard let id = call.value.string else { throw call.wrong("a text") }
      calls.append(id)
    }
    isData = try reader.boolean("data") ?? false
  }
}

extension TraceDescription.Edge {
  fileprivate init(_ reader: TraceReader) throws(TraceFault) {
    try reader.expect(.object)
    guard let source = try reader.string("from") else { throw reader.missing("from") }
    guard let target = try reader.string("to") else { throw reader.missing("to") }
    self.init(
      from: source, to: target, operand: try reader.whole("operand", from: 0),
      partial: try reader.number("partial"), contribution: try reader.number("contribution"))
  }
}

/// A JSON value with its path, for messages.
private struct TraceReader {
  let value: JSONValue
  let path: String

  init(_ value: JSONValue, _ path: String) { (self.value, self.path) = (value, path) }

  func expect(_ kind: JSONValue.Kind) throws(TraceFault) {
    if value.kind != kind { throw wrong(kind == .object ? "an object" : "an array") }
  }

  func wrong(_ wanted: String) -> TraceFault {
    let spelling = value.spelling.prefix(40)
    return TraceFault(
      path, "\(spelling)\(spelling.count < value.spelling.count ? "…" : "") is not \(wanted)")
  }

  func missing(_ key: String) -> TraceFault { TraceFault("\(path).\(key)", "is missing") }

  /// The value of a key; `nil` where there is none, and for null.
  private func field(_ key: String) -> TraceReader? {
    guard let value = value[key], value.kind != .null else { return nil }
    return TraceReader(value, "\(path).\(key)")
  }

  func string(_ key: String) throws(TraceFault) -> String? {
    guard let field = field(key) else { return nil }
    guard let text = field.value.string else { throw field.wrong("a text") }
    return text
  }

  func boolean(_ key: String) throws(TraceFault) -> Bool? {
    guard let field = field(key) else { return nil }
    guard let answer = field.value.boolean else { throw field.wrong("true or false") }
    return answer
  }

  func number(_ key: String) throws(TraceFault) -> Double? {
    guard let field = field(key) else { return nil }
    if let number = field.value.number {
      guard number.isFinite else { throw field.wrong("in the range of a number") }
      return number
    }
    guard let number = field.value.string.flatMap({ WrittenNumber.words[$0] }) else {
      throw field.wrong("a number, null, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }
    return number
  }

  func whole(_ key: String, from least: Int) throws(TraceFault) -> Int? {
    guard let field = field(key) else { return nil }
    guard let number = field.value.number, let whole = Int32(exactly: number), whole >= least else {
      throw field.wrong("a whole number from \(least)")
    }
    return Int(whole)
  }

  func elements(_ key: String) throws(TraceFault) -> [TraceReader] {
    guard let field = field(key) else { return [] }
    try field.expect(.array)
    return field.value.elements.enumerated().map {
      TraceReader($0.element, "\(field.path)[\($0.offset)]")
    }
  }
}
