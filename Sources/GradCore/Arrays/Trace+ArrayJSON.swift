import GradBase

extension Trace {
  /// The most entries of an array that a trace's JSON gives one by one.
  static let mostEntries = 10_000

  /// Writes shape, value and derivative of node `index` as fields of an object that has been begun.
  func writeArrays(of index: Int, isExponent: Bool, to json: inout JSONText) {
    let node = nodes[index]
    let shape = node.shape
    json.field("shape") { json in json.array { json in for count in shape { json.number(count) } } }
    json.key("value")
    json.array(node.anyValue)
    json.key("derivative")
    if let derivative = node.anyDerivative, !isExponent {
      json.array(derivative)
    } else {
      json.null()
    }
  }

  /// Writes map, partial and contribution of edge `index` as fields of an object that has been begun.
  func writeMap(of index: Int, isFixed: Bool, to json: inout JSONText) {
    let edge = edges[index]
    guard let part = edge.part else {
      let (partial, contribution) = (edge.partial, edge.contribution)
      json.field("map") { json in json.object { json in json.field("is", "scale") } }
      json.key("partial")
      if isFixed, partial.isNaN { json.null() } else { json.number(partial) }
      json.key("contribution")
      if isFixed, contribution.isNaN { json.null() } else { json.number(contribution) }
      return
    }
    let factor = scale(edge)
    json.field("map") { json in
      json.object { json in
        if factor != nil { json.field("is", "scale") } else { writeWord(edge, part.map, to: &json) }
      }
    }
    if let factor {
      json.key("partial")
      json.number(factor)
    } else if let partials = part.partials, partials.count <= Self.mostEntries {
      json.key("partial")
      json.array(partials)
    }
    json.key("contribution")
    if let contribution = part.contribution {
      json.array(contribution)
    } else if nodes[edge.source].array == nil, !edge.contribution.isNaN {
      json.number(edge.contribution)
    } else {
      json.null()
    }
  }

  /// The number that an array is multiplied by, where an edge does only that.
  package func scale(_ edge: Edge) -> Double? {
    guard case .elementwise? = edge.part?.map, let partials = edge.part?.partials,
      nodes[edge.source].shape == nodes[edge.target].shape
    else { return nil }
    let others = edges(into: edge.target).filter { $0.operand != edge.operand }
    switch nodes[edge.target].opcode {
    case .multiply,
      .divide where edge.operand == 0:
      return others.allSatisfy { nodes[$0.source].array == nil } ? partials.entries[0] : nil
    case .negate, .identity, .add, .subtract: return partials.entries[0]
    default: return nil
    }
  }

  /// Writes what an edge does, in a word and its numbers.
  private func writeWord(_ edge: Edge, _ map: LinearMap?, to json: inout JSONText) {
    let operation = nodes[edge.target].arrayOperation
    let source = nodes[edge.source].shape
    func axes(_ numbers: [Int], _ json: inout JSONText) {
      json.field("axes") { json in json.array { json in for axis in numbers { json.number(axis) } }
      }
    }
    switch (map, operation) {
    case (.elementwise?, _), (.masked?, _): json.field("is", "elementwise")
    case (.left?, _): json.field("is", "matmul-left")
    case (.right?, _): json.field("is", "matmul-right")
    case (.strided(_, _, let factor)?, .reduce(_, let given, _)?):
      json.field("is", "sum")
      axes((try? GradCore.axes(given, of: source)) ?? [], &json)
      if factor != 1 {
        json.key("factor")
        json.number(factor)
      }
    case (.weighted?, .reduce(_, let given, _)?):
      json.field("is", "sum")
      axes((try? GradCore.axes(given, of: source)) ?? [], &json)
    case (_, .broadcast?):
      json.field("is", "broadcast")
      let missing = nodes[edge.target].shape.count - source.count
      let target = nodes[edge.target].shape
      axes(target.indices.filter { $0 < missing || source[$0 - missing] != target[$0] }, &json)
    case (_, .reshape?): json.field("is", "reshape")
    case (_, .transpose(let order)?):
      json.field("is", "permute")
      axes((try? ArrayOperation.order(order, of: source)) ?? [], &json)
    case (_, .select(let subscripts)?):
      json.field("is", "select")
      json.field("index", subscripts.text)
    case (_, .replace(let subscripts)?):
      json.field("is", edge.operand == 0 ? "select" : "place")
      json.field("index", edge.operand == 0 ? "other than \(subscripts.text)" : subscripts.text)
    case (.strided(let from, let to, _)?, .concatenate(let number)?):
      let axis = number < 0 ? number + source.count : number
      let from = (to.strides[axis] == 0 ? 0 : to.offset / to.strides[axis]) + from.offset
      writePart(axis, from, from + source[axis], to: &json)
    case (_, .stack(let number)?):
      writePart(
        number < 0 ? number + source.count + 1 : number, edge.operand, edge.operand + 1, to: &json)
    case (_, .pad?): json.field("is", "place")
    case (.convolution(let movement)?, _):
      json.field("is", "convolve")
      json.field("by", edge.operand == 0 ? "kernel" : "image")
      let numbers: [(StaticString, [Int])] = [
        ("stride", movement.stride), ("padding", movement.padding),
      ]
      for (key, numbers) in numbers {
        json.key(key)
        json.array { json in for number in numbers { json.number(number) } }
      }
    case (_, .pool?): json.field("is", "pool")
    default:
      json.field("is", "opaque")
      json.field(
        "operation", map == nil ? nodes[edge.target].expression : nodes[edge.target].operation)
    }
  }

  private func writePart(_ axis: Int, _ from: Int, _ to: Int, to json: inout JSONText) {
    json.field("is", "part")
    let numbers: [(StaticString, Int)] = [("axis", axis), ("from", from), ("to", to)]
    for (key, number) in numbers {
      json.key(key)
      json.number(number)
    }
  }
}

extension JSONText {
  /// Writes an array as nested lists, or what sums it up if it has many entries.
  fileprivate mutating func array(_ array: NumberArray) {
    if array.shape.isEmpty { return number(array.entries[0]) }
    if array.count > Trace.mostEntries {
      return object { json in
        json.field("summary") { json in
          json.object { json in
            let numbers: [(StaticString, Double)] = [
              ("min", array.entries.min() ?? .nan), ("max", array.entries.max() ?? .nan),
              ("norm", array.norm),
            ]
            for (name, number) in numbers {
              json.key(name)
              json.number(number)
            }
          }
        }
      }
    }
    var entry = 0
    func write(_ axis: Int, _ json: inout JSONText) {
      json.array { json in
        for _ in 0..<array.shape[axis] {
          if axis + 1 == array.shape.count {
            json.number(array.entries[entry])
            entry += 1
          } else {
            write(axis + 1, &json)
          }
        }
      }
    }
    write(0, &self)
  }
}

extension NumberArray {
  /// The root of the sum of the squares.
  package var norm: Double {
    var entries = entries
    return Reduction.norm(order: 2).evaluate(&entries)
  }
}
