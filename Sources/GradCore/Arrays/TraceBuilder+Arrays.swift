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
    guard let shape = try? broadcastShape(values.map(\.shape)) else { return false }
    let isUnknown = trace.nodes[index].array?.summary?.isUnknown ?? false
    guard values.allSatisfy(\.isWhole), isUnknown || trace.nodes[index].anyValue.isWhole else {
      // Its name is all that says what it is.
      return shape == trace.nodes[index].shape
    }
    scratch.reset()
    let result = row.record(values.map { scratch.input($0) }).array
    if given.nodes[index].value == nil, given.nodes[index].array == nil || isUnknown {
      trace.nodes[index].part = .init(nil, value: result, derivative: nil)
      return true
    }
    let own = trace.nodes[index].anyValue
    let tolerance = Tolerance(of: given.nodes[index].type)
    return own.shape == result.shape
      && zip(own.entries, result.entries).allSatisfy { tolerance.agree($0, $1) }
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
      if partials == nil, let row,
        trace.edges[operands[target]].allSatisfy({ trace.nodes[$0.source].anyValue.isWhole })
      {
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
        // What is added to the source's derivative tells as much as can be known.
        if row != nil || told.contribution != nil || told.arrayContribution != nil {
          map = nil
          break
        }
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
      case ("inv", "opaque"): .inverse
      case ("solve", "opaque"): .solve
      case ("det", "opaque"): .determinant
      case ("logabsdet", "opaque"): .logDeterminant
      case ("softmax", "opaque"): word.axis.map { .softmax(axis: $0) }
      case ("log_softmax", "opaque"): word.axis.map { .logSoftmax(axis: $0) }
      case ("conv", "convolve"):
        .convolve(Convolution(stride: word.stride ?? [], padding: word.padding ?? []))
      default: nil
      }
    guard let operation else { return nil }
    let values = edges.map { trace.nodes[$0.source].anyValue }
    guard values.allSatisfy(\.isWhole), trace.nodes[index].anyValue.isWhole else {
      return (try? operation.shape(of: values.map(\.shape))) == target ? operation : nil
    }
    let tolerance = Tolerance(of: given.nodes[index].type)
    let largest = trace.nodes[index].anyValue.entries.reduce(0) { max($0, $1.magnitude) }
    scratch.reset()
    guard
      let result = try? Variable.applying(
        operation, to: values.map { scratch.input($0) }
      ).array,
      result.shape == target,
      zip(result.entries, trace.nodes[index].anyValue.entries).allSatisfy({
        tolerance.agree($0, $1, largest: largest)
      })
    else { return nil }
    return operation
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
