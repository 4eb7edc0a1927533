import GradBase

extension TraceBuilder {
  /// Finds out how a node that has to do with arrays was computed, and gives its edges their maps.
  mutating func identifyArrays(_ index: Int) throws(TraceFault) {
    let name = trace.nodes[index].operation
    let row = (Self.rows[name] ?? []).first { isValue(of: $0, at: index) }
    if let row { trace.nodes[index].opcode = row.opcode }
    if row == nil, given.nodes[index].value == nil, given.nodes[index].array == nil {
      throw TraceFault(
        "$.nodes[\(index)].value", "is missing; only operators of the table do without")
    }
    for edge in operands[index] { try addMap(to: edge, row) }
    if row == nil, let operation = operation(of: index, name) {
      let part = trace.nodes[index].part
      trace.nodes[index].part = .init(
        operation, value: part?.value, derivative: part?.derivative)
      trace.nodes[index].opcode = .arrays
    } else if row == nil {
      trace.nodes[index].setForeign(name)
    }
    if trace.nodes[index].expression.isEmpty {
      trace.nodes[index].expression =
        trace.nodes[index].arrayOperation.map { operation in
          var text = ""
          for piece in operation.programTemplate(trace.edges[operands[index]].map(\.source)).pieces
          {
            switch piece {
            case .text(let part): text += part
            case .node(let node, _): text += trace.mention(of: node)
            default: break
            }
          }
          return text
        } ?? spelling(of: index)
    }
  }

  /// Whether a row of the table at the operands of a node gives its value, which it then is.
  private mutating func isValue(of row: any Operator.Type, at index: Int) -> Bool {
    let range = operands[index]
    let isWhole = trace.edges[range].enumerated().allSatisfy { $0.offset == $0.element.operand }
    guard isWhole, row.row.condition == nil,
      row.row.isVariadic ? !range.isEmpty : range.count == row.row.operands.count
    else { return false }
    let values = trace.edges[range].map { trace.nodes[$0.source].anyValue }
    guard (try? broadcastShape(values.map(\.shape))) != nil else { return false }
    scratch.reset()
    let result = row.record(values.map { scratch.input($0) }).array
    if given.nodes[index].value == nil, given.nodes[index].array == nil {
      trace.nodes[index].part = .init(nil, value: result, derivative: nil)
      return true
    }
    let own = trace.nodes[index].anyValue
    return own.shape == result.shape
      && zip(own.entries, result.entries).allSatisfy { Trace.agree($0, $1) }
  }

  /// Gives an edge its map, as it is told or as the operator has it.
  private mutating func addMap(to edge: Int, _ row: (any Operator.Type)?) throws(TraceFault) {
    let told = given.edges[origins[edge]]
    let path = "$.edges[\(origins[edge])]"
    let (source, target) = (trace.edges[edge].source, trace.edges[edge].target)
    let (from, to) = (trace.nodes[source].shape, trace.nodes[target].shape)
    if from.isEmpty, to.isEmpty, told.map.map({ $0.word == "scale" }) ?? true { return }
    var map: LinearMap?
    var partials = told.arrayPartial
    if let words = told.map {
      map = try MapReader(map: words, source: from, target: to, path: path).linearMap(partials)
    } else if row != nil {
      map = .elementwise
    }
    switch map {
    case .elementwise:
      if partials == nil, let partial = told.partial {
        partials = NumberArray(to, [Double](repeating: partial, count: to.reduce(1, *)))
      }
      if partials == nil, let row {
        let operands = operands[target]
        scratch.reset()
        let result = row.record(
          trace.edges[operands].map { scratch.input(trace.nodes[$0.source].anyValue) })
        let place = scratch.storage.place(
          of: Int(result.index), scratch.edges(into: Int(result.index)))
        partials = NumberArray(
          to,
          GradCore.partials(
            row, trace.edges[edge].operand, place.broadcastOperands, place.value, to,
            literals: trace.edges[operands].map { areFixed[$0.source] }))
      }
      guard let partials else {
        throw TraceFault("\(path).partial", "is missing; only operators of the table do without")
      }
      guard partials.shape == to else {
        throw TraceFault(
          "\(path).partial",
          "has the shape \(shapeText(partials.shape)), and the target \(shapeText(to))")
      }
    case .left, .right:
      let shapes = trace.edges[operands[target]].map { trace.nodes[$0.source].shape }
      guard shapes.count == 2, (try? MatrixProduct.shape(shapes[0], shapes[1])) == to,
        (map == .left) == (trace.edges[edge].operand == 0)
      else {
        throw TraceFault(
          "\(path).map",
          "a matrix product of \(shapes.map(shapeText).joined(separator: " and ")) "
            + "is not \(shapeText(to))")
      }
    case .convolution(let movement):
      let shapes = trace.edges[operands[target]].map { trace.nodes[$0.source].shape }
      guard (try? ArrayOperation.convolve(movement).shape(of: shapes)) == to else {
        throw TraceFault("\(path).map", "a convolution of these shapes is not \(shapeText(to))")
      }
    default: break
    }
    trace.edges[edge].part = .init(map, partials: partials, contribution: nil)
    trace.edges[edge].partial = .nan
  }

  /// The operation of this library that a node is, if its maps say so and it gives the value.
  private func operation(of index: Int, _ name: String) -> ArrayOperation? {
    let edges = trace.edges[operands[index]]
    let words = operands[index].map { given.edges[origins[$0]].map }
    guard let first = edges.first, let word = words.first ?? nil else { return nil }
    let (source, target) = (trace.nodes[first.source].shape, trace.nodes[index].shape)
    let operation: ArrayOperation? =
      switch (name, word.word) {
      case ("matmul", "matmul-left"): .matrixProduct
      case ("sum", "sum"):
        .reduce(.sum, axes: word.axes, keepsAxes: target.count == source.count)
      case ("mean", "sum"):
        .reduce(.mean, axes: word.axes, keepsAxes: target.count == source.count)
      case ("reshape", "reshape"): .reshape(target)
      case ("transpose", "permute"):
        .transpose(word.axes == source.indices.reversed() ? nil : word.axes)
      case ("broadcast_to", "broadcast"): .broadcast(target)
      case ("getitem", "select"):
        word.index.flatMap { [ArrayOperation.Subscript]($0) }.map { .select($0) }
      case ("concatenate", "part"): word.axis.map { .concatenate(axis: $0) }
      case ("stack", "part"): word.axis.map { .stack(axis: $0) }
      case ("conv", "convolve"):
        .convolve(Convolution(stride: word.stride ?? [], padding: word.padding ?? []))
      default: nil
      }
    guard let operation else { return nil }
    scratch.reset()
    guard
      let result = try? Variable.applying(
        operation, to: edges.map { scratch.input(trace.nodes[$0.source].anyValue) }
      ).array,
      result.shape == target,
      zip(result.entries, trace.nodes[index].anyValue.entries).allSatisfy({ Trace.agree($0, $1) })
    else { return nil }
    return operation
  }
}

extension Trace {
  /// Works out all derivatives and contributions from the maps, where there are arrays, and holds those
  /// that are given against them.
  ///
  /// What only another tool knows is taken as it is given; what then is not known is left out.
  mutating func differentiateArrays(
    _ description: TraceDescription, _ origins: [Int], isGiven: Bool
  ) throws(TraceFault) {
    guard nodes[output].anyValue.count == 1 else {
      throw TraceFault(
        "$.output", "'\(nodes[output].id)' has the shape \(shapeText(nodes[output].shape))",
        help: "what is differentiated is one number")
    }
    var sums: [Int: NumberArray] = [output: NumberArray(nodes[output].shape, [1])]
    var isKnown = [Bool](repeating: true, count: nodes.count)
    var end = edges.count
    for index in nodes.indices.reversed() {
      let shape = nodes[index].shape
      let zeros = NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *)))
      var own: NumberArray? = isKnown[index] ? sums[index] ?? zeros : nil
      let told = description.nodes[index]
      if isGiven, let given = told.arrayDerivative ?? told.derivative.map({ NumberArray($0) }) {
        if let own { try check(given, own, "$.nodes[\(index)].derivative", "the maps make it") }
        own = given
      }
      let isConstant = nodes[index].kind == .constant && nodes[index].array != nil
      if nodes[index].array == nil {
        nodes[index].derivative = own?.entries[0] ?? .nan
      } else if let part = nodes[index].part {
        nodes[index].part = .init(
          part.operation, value: part.value, derivative: isConstant ? nil : own)
      }
      while end > 0, edges[end - 1].target == index {
        end -= 1
        let source = edges[end].source
        let told = description.edges[origins[end]]
        let given =
          isGiven ? told.arrayContribution ?? told.contribution.map { NumberArray($0) } : nil
        var contribution: NumberArray?
        if edges[end].part == nil || edges[end].part?.map != nil {
          contribution = own.map { transposed(edges[end], $0) }
        }
        if let given {
          if let contribution {
            try check(
              given, contribution, "$.edges[\(origins[end])].contribution", "its map makes it")
          } else if given.shape != nodes[source].shape {
            throw TraceFault(
              "$.edges[\(origins[end])].contribution",
              "has the shape \(shapeText(given.shape)), and its source \(shapeText(nodes[source].shape))"
            )
          }
          contribution = given
        }
        set(contribution, on: end)
        if let contribution {
          sums[source] = sums[source].map { $0 + contribution } ?? contribution
        } else {
          isKnown[source] = false
        }
      }
    }
  }

  private mutating func set(_ contribution: NumberArray?, on edge: Int) {
    let isArray = nodes[edges[edge].source].array != nil
    edges[edge].contribution = isArray ? .nan : contribution?.entries[0] ?? .nan
    guard let part = edges[edge].part else { return }
    edges[edge].part = .init(
      part.map, partials: part.partials, contribution: isArray ? contribution : nil)
  }

  private func check(
    _ given: NumberArray, _ own: NumberArray, _ path: String, _ reason: String
  ) throws(TraceFault) {
    guard given.shape == own.shape else {
      throw TraceFault(
        path, "has the shape \(shapeText(given.shape)), and \(reason) \(shapeText(own.shape))")
    }
    let largest = own.entries.reduce(0) { max($0, $1.magnitude) }
    for (a, b) in zip(given.entries, own.entries)
    where b.isFinite && !Self.agree(a, b, largest: 1e-4 * largest) {
      throw TraceFault(
        path, "\(shortestText(a)) is given, and \(reason) \(shortestText(b))",
        help: "leave it out, and it is worked out")
    }
  }
}

extension TraceDescription.Edge {
  /// Takes what an edge from or to an array has.
  mutating func take(_ edge: Trace.Edge, of trace: Trace) {
    (partial, contribution) = (nil, edge.contribution.isNaN ? nil : edge.contribution)
    arrayContribution = edge.arrayContribution
    map = trace.words(of: edge)
    if map?.word == "scale" {
      partial = trace.scale(edge)
    } else {
      arrayPartial = edge.arrayPartial
    }
  }
}
