import GradBase

/// Makes a trace of a description, and finds what is wrong with it.
struct TraceBuilder {
  let given: TraceDescription
  var trace = Trace(nodes: [], edges: [], calls: [], output: 0)
  /// Where each edge of the trace is in the description.
  private(set) var origins: [Int] = []
  private var positions: [String: Int] = [:]
  /// The edges into each node.
  var operands: [Range<Int>] = []
  private(set) var areFixed: [Bool] = []
  let scratch = Tape(capacity: 8)

  init(_ description: TraceDescription) { given = description }

  /// A node that is probably meant, as a help.
  func nearest(to id: String) -> String? {
    nearestName(to: id, among: given.nodes.map(\.id)).map { "did you mean '\($0)'?" }
  }

  private func position(of id: String, _ path: String) throws(TraceFault) -> Int {
    if let position = positions[id] { return position }
    throw TraceFault(path, "no node has the id '\(id)'", help: nearest(to: id))
  }

  // MARK: Nodes

  mutating func addNodes() throws(TraceFault) {
    if given.nodes.isEmpty {
      throw TraceFault(
        "$.nodes", "there is no node",
        help: "a trace is an object with nodes and edges, {\"nodes\": […], \"edges\": […]}")
    }
    let targets = Set(given.edges.map(\.target))
    for (index, node) in given.nodes.enumerated() {
      let path = "$.nodes[\(index)]"
      if node.id.isEmpty { throw TraceFault("\(path).id", "is empty") }
      if let other = positions.updateValue(index, forKey: node.id) {
        throw TraceFault("\(path).id", "'\(node.id)' is the id of $.nodes[\(other)] too")
      }
      let kind = try kind(of: node, hasOperands: targets.contains(node.id), path)
      if kind != .operation, node.value == nil, node.array == nil {
        throw TraceFault("\(path).value", "is missing; what is computed alone may lack it")
      }
      trace.nodes.append(
        Trace.Node(
          id: node.id, name: node.name, opcode: kind == .constant ? .constant : .input,
          expression: node.expression ?? "", condition: nil, value: node.value ?? .nan,
          derivative: 0, place: node.place, call: nil, scope: nil))
      if let array = node.array {
        trace.nodes[index].part = .init(nil, value: array, derivative: node.arrayDerivative)
      }
      if kind == .operation { trace.nodes[index].setForeign(node.operation ?? "") }
    }
    trace.output = given.nodes.count - 1
    if let output = given.output { trace.output = try position(of: output, "$.output") }
  }

  private func kind(
    of node: TraceDescription.Node, hasOperands: Bool, _ path: String
  ) throws(TraceFault) -> Trace.Node.Kind {
    let word = node.operation.flatMap { word in
      word == Trace.Node.Kind.operation.rawValue ? nil : Trace.Node.Kind(rawValue: word)
    }
    let kind = node.kind ?? word ?? (hasOperands || node.operation != nil ? .operation : .input)
    if let word, word != kind {
      throw TraceFault("\(path).operation", "'\(word)' does not go with the kind '\(kind)'")
    }
    if kind != .operation, word == nil, let operation = node.operation {
      throw TraceFault(
        "\(path).operation", "'\(operation)' does not go with the kind '\(kind)'",
        help: "leave it out")
    }
    if kind == .operation, node.operation?.isEmpty != false {
      throw TraceFault(
        "\(path).operation", "is missing",
        help: "the name of an operator, such as \"multiply\", or of one of your own")
    }
    return kind
  }

  // MARK: Edges

  mutating func addEdges() throws(TraceFault) {
    var edges: [(edge: Trace.Edge, origin: Int)] = []
    var counts = [Int](repeating: 0, count: trace.nodes.count)
    for (index, edge) in given.edges.enumerated() {
      let path = "$.edges[\(index)]"
      let source = try position(of: edge.source, "\(path).from")
      let target = try position(of: edge.target, "\(path).to")
      if trace.nodes[target].kind != .operation {
        throw TraceFault(
          "\(path).to",
          "'\(edge.target)' is of kind '\(trace.nodes[target].kind)', to which none leads"
        )
      }
      if source >= target {
        throw TraceFault(
          "\(path).to",
          source == target
            ? "'\(edge.target)' is computed from itself"
            : "'\(edge.target)' stands before '\(edge.source)'",
          help: "a node stands after those that it is computed from")
      }
      if let operand = edge.operand, operand < 0 {
        throw TraceFault("\(path).operand", "\(operand) is no operand", help: "they count from 0")
      }
      let operand = edge.operand ?? counts[target]
      counts[target] += 1
      // Without a partial it is worked out later, or missed.
      let own = Trace.Edge(
        source: source, target: target, operand: operand, partial: edge.partial ?? .nan,
        contribution: 0)
      edges.append((own, index))
    }
    edges.sort { ($0.edge.target, $0.edge.operand) < ($1.edge.target, $1.edge.operand) }
    for (edge, next) in zip(edges, edges.dropFirst())
    where edge.edge.target == next.edge.target && edge.edge.operand == next.edge.operand {
      let (first, last) = (min(edge.origin, next.origin), max(edge.origin, next.origin))
      throw TraceFault(
        "$.edges[\(last)].operand",
        "'\(given.edges[last].target)' has its operand \(next.edge.operand) by $.edges[\(first)]")
    }
    trace.edges = edges.map(\.edge)
    origins = edges.map(\.origin)
    areFixed = trace.areFixed
    var end = 0
    for index in trace.nodes.indices {
      let begin = end
      while end < edges.count, edges[end].edge.target == index { end += 1 }
      operands.append(begin..<end)
    }
  }

  // MARK: Calls

  mutating func addCalls() throws(TraceFault) {
    var numbers: [String: Int] = [:]
    for (index, node) in given.nodes.enumerated() {
      var innermost: Int?
      for (depth, id) in node.calls.enumerated() {
        if let known = numbers[id] {
          if trace.calls[known].parent != innermost {
            throw TraceFault(
              "$.nodes[\(index)].call[\(depth)]", "'\(id)' is in another call elsewhere",
              help: "calls stand outermost first")
          }
          innermost = known
          continue
        }
        // `f#1` is a call of `f`, `net#1.forward` one of `net.forward`.
        let end = id.lastIndex(of: "#") ?? id.endIndex
        let method = id[end...].drop(while: { $0 != "." })
        trace.calls.append(
          Trace.Call(
            id: id, function: String(id[..<end] + method), parent: innermost, arguments: [],
            result: index))
        innermost = trace.calls.count - 1
        numbers[id] = innermost
      }
      trace.nodes[index].call = innermost
      trace.nodes[index].scope =
        node.name == nil
        ? innermost : node.calls.last { node.id.hasPrefix("\($0).") }.flatMap { numbers[$0] }
    }
  }

  // MARK: Operators

  /// Finds out by which operator of the table a node was computed, if it was by one, and fills in what
  /// that operator knows.
  ///
  /// A node whose operands, formula or numbers are not those of the operator keeps what is given, as one
  /// of an operator that is not in the table: its formula may have numbers that are no nodes.
  mutating func identify(_ index: Int) throws(TraceFault) {
    guard trace.nodes[index].kind == .operation else { return }
    let name = trace.nodes[index].operation
    if trace.nodes[index].array != nil
      || operands[index].contains(where: { trace.nodes[trace.edges[$0].source].array != nil })
    {
      return try identifyArrays(index)
    }
    for row in Self.rows[name] ?? [] where use(row, for: index) { return }
    trace.nodes[index].setForeign(name)
    if trace.nodes[index].expression.isEmpty {
      trace.nodes[index].expression = spelling(of: index)
    }
    let whose =
      Self.rows[name] == nil ? "an operator of the table" : "'\(name)' at its own operands"
    if given.nodes[index].value == nil {
      throw TraceFault("$.nodes[\(index)].value", "is missing; only \(whose) does without")
    }
    for edge in operands[index] where given.edges[origins[edge]].partial == nil {
      // Nobody asks for the derivative by a constant.
      if areFixed[trace.edges[edge].source] { continue }
      // What is added to the source's derivative tells as much as can be known.
      if given.edges[origins[edge]].map?.word == "opaque" {
        trace.edges[edge].part = .init(nil, partials: nil, contribution: nil)
        continue
      }
      throw TraceFault(
        "$.edges[\(origins[edge])].partial", "is missing; only \(whose) does without")
    }
  }

  /// The rows of the table by the words for them.
  static let rows: [String: [any Operator.Type]] = {
    var rows: [String: [any Operator.Type]] = [:]
    for type in OperatorRow.all {
      for word in Set([type.row.operation, type.row.name] + type.row.aliases) {
        rows[word, default: []].append(type)
      }
    }
    return rows
  }()

  /// Makes a node one of an operator of the table, unless something speaks against it.
  private mutating func use(_ type: any Operator.Type, for index: Int) -> Bool {
    let (range, row) = (operands[index], type.row)
    let isWhole = trace.edges[range].enumerated().allSatisfy { $0.offset == $0.element.operand }
    guard isWhole, row.isVariadic ? !range.isEmpty : range.count == row.operands.count else {
      return false
    }
    let name = trace.nodes[index].operation
    let written = given.nodes[index].expression
    trace.nodes[index].opcode = type.opcode
    trace.nodes[index].condition = row.condition.map { holds in
      written.flatMap { Self.condition(of: $0, function: row.operation) }
        ?? (holds ? "True" : "False")
    }
    let own = spelling(of: index)
    scratch.reset()
    let variables = trace.edges[range].map { edge in
      let value = trace.nodes[edge.source].value
      return areFixed[edge.source] ? scratch.constant(value) : scratch.input(value)
    }
    let result = type.record(variables)
    let partials = scratch.edges(into: Int(result.index)).map { scratch.edge($0).partial }
    let isSame =
      (written.map { $0.filter { $0 != " " } == own.filter { $0 != " " } } ?? true)
      && (given.nodes[index].value.map { Trace.agree($0, result.value) } ?? true)
      && zip(range, partials).allSatisfy { edge, partial in
        given.edges[origins[edge]].partial.map { Trace.agree($0, partial) } ?? true
      }
    if !isSame {
      trace.nodes[index].setForeign(name)
      return false
    }
    if written == nil { trace.nodes[index].expression = own }
    if given.nodes[index].value == nil { trace.nodes[index].value = result.value }
    for (edge, partial) in zip(range, partials) where given.edges[origins[edge]].partial == nil {
      trace.edges[edge].partial = partial
    }
    return true
  }

  func spelling(of index: Int) -> String {
    var text: [UInt8] = []
    trace.spell(index, operands[index], into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// What stands before the first comma between the brackets of a call: `x > 0`.
  private static func condition(of expression: String, function: String) -> String? {
    guard expression.hasPrefix("\(function)(") else { return nil }
    var depth = 0
    let inside = expression.dropFirst(function.count + 1)
    for place in inside.indices {
      switch inside[place] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "," where depth == 0: return String(inside[..<place])
      default: break
      }
    }
    return nil
  }
}
