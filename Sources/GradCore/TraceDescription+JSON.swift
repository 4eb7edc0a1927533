import GradBase

extension TraceDescription {
  /// Reads a JSON object of the schema `graphviz-grad/trace/1` or `graphviz-grad/trace/2`, as this tool or
  /// another writes it.
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
    detail = try root.string("detail").map { (word) throws(TraceFault) in
      guard let detail = Detail(rawValue: word) else {
        throw TraceFault(
          "$.detail", "'\(word)' is none",
          help: Detail.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return detail
    }
  }
}

extension TraceDescription {
  static func check(schema: String) throws(TraceFault) {
    if schema == Trace.schema || schema == Trace.schemaOfArrays { return }
    throw TraceFault(
      "$.schema", "'\(schema)' is not known",
      help: "this version reads \(Trace.schema) and \(Trace.schemaOfArrays)")
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
    let shape = try reader.shape("shape")
    switch try reader.numbers("value", shape) {
    case let array? where array.shape.isEmpty && shape?.isEmpty ?? true: value = array.entries[0]
    // A value that is said to be unknown.
    case nil where reader.value["value"]?.kind == .null: array = NumberArray(shape ?? [], .unknown)
    case let array: self.array = array
    }
    type = try reader.string("dtype")
    if type != "float64" { array?.type = type }
    let wanted = shape ?? array?.shape
    switch try reader.numbers("derivative", wanted) {
    case let array? where array.shape.isEmpty && wanted?.isEmpty ?? true:
      derivative = array.entries[0]
    case let array: arrayDerivative = array
    }
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
      from: source, to: target, operand: try reader.whole("operand", from: 0))
    map = try reader.map("map")
    switch try reader.numbers("partial", nil) {
    case let array? where array.shape.isEmpty: partial = array.entries[0]
    case let array: arrayPartial = array
    }
    switch try reader.numbers("contribution", nil, isSummarized: true) {
    case let array? where array.shape.isEmpty && array.isWhole: contribution = array.entries[0]
    case let array: arrayContribution = array
    }
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

  /// A list of whole numbers of at least 0.
  func wholes(_ key: String) throws(TraceFault) -> [Int]? {
    guard let field = field(key) else { return nil }
    var numbers: [Int] = []
    for element in try elements(key) {
      guard let number = element.value.number, let whole = Int32(exactly: number) else {
        throw field.wrong("a list of whole numbers")
      }
      numbers.append(Int(whole))
    }
    return numbers
  }

  func shape(_ key: String) throws(TraceFault) -> [Int]? {
    guard let shape = try wholes(key) else { return nil }
    do throws(ShapeFault) { try ArrayOperation.check(shape) } catch {
      throw TraceFault("\(path).\(key)", error.message)
    }
    return shape
  }

  /// A number, or nested lists of a shape; `nil` for null.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - shape: The shape; `nil` for what the lists say.
  ///   - isSummarized: Whether there may be a summary without a shape, which then has the shape `[]`.
  /// - Returns: The numbers.
  /// - Throws: What is wrong, with its path.
  func numbers(
    _ key: String, _ shape: [Int]?, isSummarized: Bool = false
  ) throws(TraceFault) -> NumberArray? {
    guard let field = field(key) else { return nil }
    if field.value.kind == .object {
      if isSummarized { return NumberArray([], try field.summary()) }
      guard let shape, !shape.isEmpty else {
        throw field.wrong("a number or a list; what sums entries up needs a 'shape'")
      }
      return NumberArray(shape, try field.summary())
    }
    guard field.value.kind == .array else {
      let number = try self.number(key) ?? .nan
      guard shape?.allSatisfy({ $0 == 1 }) ?? true, shape?.isEmpty ?? true else {
        throw field.wrong("of the shape \(shapeText(shape ?? []))")
      }
      return NumberArray(number)
    }
    var own: [Int] = []
    var first = field.value
    while first.kind == .array, own.count < 64 {
      own.append(first.elements.count)
      guard let next = first.elements.first else { break }
      first = next
    }
    if own.contains(0) { throw field.wrong("an array, as it has no entries") }
    if let shape, shape != own {
      throw TraceFault(
        field.path, "has the shape \(shapeText(own)), and the node \(shapeText(shape))")
    }
    var entries: [Double] = []
    try field.collect(0, own, &entries)
    return NumberArray(own, entries)
  }

  /// What sums up the entries of an array.
  private func summary() throws(TraceFault) -> ArraySummary {
    guard let told = field("summary") else { throw missing("summary") }
    try told.expect(.object)
    var means: [[Double]] = []
    if let field = told.field("means") {
      let rows = try told.elements("means")
      for row in rows {
        try row.expect(.array)
        means.append(row.value.elements.map { $0.number ?? .nan })
      }
      guard !means.isEmpty, means[0].count > 0, means.allSatisfy({ $0.count == means[0].count })
      else { throw field.wrong("rows of one length") }
    }
    var range: ClosedRange<Double>?
    if let least = try told.number("min"), let most = try told.number("max"), !least.isNaN,
      !most.isNaN
    {
      guard least <= most else { throw told.wrong("a range, as the least is the largest") }
      range = least...most
    }
    return ArraySummary(range: range, norm: try told.number("norm") ?? .nan, means: means)
  }

  private func collect(
    _ axis: Int, _ shape: [Int], _ entries: inout [Double]
  ) throws(TraceFault) {
    if axis == shape.count {
      if let number = value.number, number.isFinite {
        entries.append(number)
      } else if let number = value.string.flatMap({ WrittenNumber.words[$0] }) {
        entries.append(number)
      } else {
        throw wrong("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
      }
      return
    }
    guard value.kind == .array else { throw wrong("a list, as those beside it are") }
    let elements = value.elements
    guard elements.count == shape[axis] else {
      throw TraceFault(
        path, "has \(elements.count) entries, and the first of its kind has \(shape[axis])",
        help: "an array has rows of one length")
    }
    for (index, element) in elements.enumerated() {
      try TraceReader(element, "\(path)[\(index)]").collect(axis + 1, shape, &entries)
    }
  }

  func map(_ key: String) throws(TraceFault) -> TraceDescription.Map? {
    guard let field = field(key) else { return nil }
    try field.expect(.object)
    guard let word = try field.string("is") else { throw field.missing("is") }
    guard TraceDescription.mapWords.contains(word) else {
      throw TraceFault(
        "\(field.path).is", "'\(word)' is no map",
        help: "one of \(TraceDescription.mapWords.joined(separator: ", "))")
    }
    var map = TraceDescription.Map(word)
    map.axes = try field.wholes("axes")
    map.factor = try field.number("factor")
    map.index = try field.string("index")
    map.axis = try field.whole("axis", from: 0)
    map.from = try field.whole("from", from: 0)
    map.to = try field.whole("to", from: 0)
    map.by = try field.string("by")
    map.stride = try field.wholes("stride")
    map.padding = try field.wholes("padding")
    map.operation = try field.string("operation")
    return map
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
