package import GradBase

extension Trace {
  /// What the first key of a trace's JSON says.
  public static let schema = "graphviz-grad/trace/1"

  /// What it says of a trace with arrays.
  public static let schemaOfArrays = "graphviz-grad/trace/2"

  /// Reads the JSON of a trace, as this tool or another writes it; see ``TraceDescription``.
  ///
  /// - Throws: What is wrong with it, with its path.
  public init(json: String) throws(TraceFault) {
    try self.init(TraceDescription(json: Array(json.utf8)))
  }

  /// The trace as one JSON object of the schema `graphviz-grad/trace/1`, or `graphviz-grad/trace/2` where
  /// it has arrays, a node or an edge a line.
  ///
  /// It ends with a line break. O(nodes + edges).
  public func json() -> String {
    var bytes: [UInt8] = []
    writeJSON { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes the same in UTF-8, in pieces: of a long trace it is larger than the trace.
  ///
  /// - Parameters:
  ///   - write: Takes each piece.
  ///   - adding: Writes fields besides.
  package func writeJSON(
    to write: @escaping ([UInt8]) -> Void, adding: (inout JSONText) -> Void = { _ in }
  ) {
    var json = JSONText(to: write)
    json.object(.lines) { json in
      json.field("schema", hasArrays ? Self.schemaOfArrays : Self.schema)
      writeFields(to: &json)
      adding(&json)
    }
    json.finishLine()
  }

  /// Writes output, nodes and edges as fields of an object that has been begun.
  package func writeFields(to json: inout JSONText) {
    let areFixed = areFixed
    let areExponents = areExponents(areFixed)
    let hasArrays = hasArrays
    json.field("output", nodes[output].id)
    if let wantedDetail { json.field("detail", wantedDetail.rawValue) }
    json.field("nodes") { json in
      json.array(.lines) { json in
        for index in nodes.indices {
          json.object { json in
            writeNode(index, hasArrays, isExponent: areExponents[index], to: &json)
          }
        }
      }
    }
    json.field("edges") { json in
      json.array(.lines) { json in
        for index in edges.indices {
          json.object { json in
            writeEdge(index, hasArrays, isFixed: areFixed[edges[index].source], to: &json)
          }
        }
      }
    }
  }

  /// Writes node `index` as fields of an object that has been begun; the derivative by a constant
  /// exponent is null.
  package func writeNode(
    _ index: Int, _ hasArrays: Bool? = nil, isExponent: Bool = false, to json: inout JSONText
  ) {
    // A node is never copied as a whole here, which would count the references to all of its texts.
    let opcode = nodes[index].opcode
    json.key("id")
    json.string(nodes[index].id)
    json.key("name")
    if let name = nodes[index].name { json.string(name) } else { json.null() }
    json.key("kind")
    json.string(Trace.Node.Kind(opcode).rawValue)
    json.key("operation")
    // Most have the name of their row, for which the node need not be copied.
    let isOfRow = nodes[index].part == nil && opcode != .foreign
    json.string(
      isOfRow ? OperatorRow.operations[Int(opcode.rawValue)] : nodes[index].operation)
    json.key("expression")
    json.string(nodes[index].expression)
    if hasArrays ?? (nodes[index].part != nil) {
      writeArrays(of: index, isExponent: isExponent, to: &json)
    } else {
      json.key("value")
      json.number(nodes[index].value)
      writeNumber("derivative", isExponent ? nil : nodes[index].derivative, to: &json)
    }
    if let place = nodes[index].place, place.line > 0 {
      json.key("line")
      json.number(Int(place.line))
      json.key("column")
      json.number(Int(place.column))
    }
    if nodes[index].call != nil {
      let path = callPath(of: index)
      json.field("call") { json in
        json.array { json in for call in path { json.string(calls[call].id) } }
      }
    }
    if nodes[index].isUnused { json.field("unused", true) }
    if nodes[index].isData, opcode != .constant { json.field("data", true) }
  }

  /// Writes edge `index` as fields of an object that has been begun.
  ///
  /// What comes from a constant and is no number is null: the power of a negative number has no
  /// derivative by its exponent, for which nobody asks.
  package func writeEdge(
    _ index: Int, _ hasArrays: Bool? = nil, isFixed: Bool = false, to json: inout JSONText
  ) {
    let edge = edges[index]
    json.key("from")
    json.string(nodes[edge.source].id)
    json.key("to")
    json.string(nodes[edge.target].id)
    json.key("operand")
    json.number(edge.operand)
    if hasArrays ?? (edges[index].part != nil) {
      return writeMap(of: index, isFixed: isFixed, to: &json)
    }
    let (partial, contribution) = (edge.partial, edge.contribution)
    writeNumber("partial", isFixed && partial.isNaN ? nil : partial, to: &json)
    writeNumber("contribution", isFixed && contribution.isNaN ? nil : contribution, to: &json)
  }

  /// A number, or null for `nil`.
  private func writeNumber(_ name: StaticString, _ number: Double?, to json: inout JSONText) {
    json.key(name)
    if let number { json.number(number) } else { json.null() }
  }

  /// The calls that node `index` was recorded in, outermost first, as indices in ``calls``.
  public func callPath(of index: Int) -> [Int] {
    var path: [Int] = []
    var call = nodes[index].call
    while let current = call {
      path.append(current)
      call = calls[current].parent
    }
    return path.reversed()
  }
}
