import GradBase

extension Trace {
  /// The most entries of an array that a trace's JSON gives one by one.
  static let mostEntries = 10_000

  /// Writes shape, value and derivative of node `index` as fields of an object that has been begun.
  func writeArrays(of index: Int, isExponent: Bool, to json: inout JSONText) {
    let node = nodes[index]
    let shape = node.shape
    json.field("shape") { json in json.array { json in for count in shape { json.number(count) } } }
    if let type = node.array?.type { json.field("dtype", type) }
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
    let map = words(of: edge)
    json.field("map") { json in json.object { json in json.fields(of: map) } }
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

  /// What an edge from or to an array does, in a word and its numbers.
  package func words(of edge: Edge) -> TraceDescription.Map {
    let map = edge.part?.map
    let source = nodes[edge.source].shape
    let target = nodes[edge.target].shape
    func of(
      _ word: String, _ set: (inout TraceDescription.Map) -> Void = { _ in }
    ) -> TraceDescription.Map {
      var words = TraceDescription.Map(word)
      set(&words)
      return words
    }
    func part(_ axis: Int, _ from: Int, _ to: Int) -> TraceDescription.Map {
      of("part") { ($0.axis, $0.from, $0.to) = (axis, from, to) }
    }
    switch (map, nodes[edge.target].arrayOperation) {
    case (.elementwise?, _), (.masked?, _): return of(scale(edge) == nil ? "elementwise" : "scale")
    case (.left?, _): return of("matmul-left")
    case (.right?, _): return of("matmul-right")
    case (.strided(_, _, let factor)?, .reduce(_, let given, _)?):
      return of("sum") {
        $0.axes = try? GradCore.axes(given, of: source)
        $0.factor = factor == 1 ? nil : factor
      }
    case (.weighted?, .reduce(_, let given, _)?):
      return of("sum") { $0.axes = try? GradCore.axes(given, of: source) }
    case (_, .broadcast?):
      let missing = target.count - source.count
      return of("broadcast") {
        $0.axes = target.indices.filter { $0 < missing || source[$0 - missing] != target[$0] }
      }
    case (_, .reshape?): return of("reshape")
    case (_, .transpose(let order)?):
      return of("permute") { $0.axes = try? ArrayOperation.order(order, of: source) }
    case (_, .select(let subscripts)?): return of("select") { $0.index = subscripts.text() }
    case (_, .replace(let subscripts)?) where edge.operand == 1:
      return of("place") { $0.index = subscripts.text() }
    case (.strided(_, let to, _)?, .concatenate(let number)?):
      let axis = number < 0 ? number + source.count : number
      let from = to.strides[axis] == 0 ? 0 : to.offset / to.strides[axis]
      return part(axis, from, from + source[axis])
    case (_, .stack(let number)?):
      let axis = number < 0 ? number + source.count + 1 : number
      return part(axis, edge.operand, edge.operand + 1)
    case (.convolution(let movement)?, _):
      return of("convolve") {
        $0.by = edge.operand == 0 ? "kernel" : "image"
        ($0.stride, $0.padding) = (movement.stride, movement.padding)
      }
    case (_, .pool?): return of("pool")
    default:
      let target = nodes[edge.target]
      return of("opaque") { $0.operation = map == nil ? target.expression : target.operation }
    }
  }
}

extension JSONText {
  /// Writes a map as fields of an object that has been begun.
  fileprivate mutating func fields(of map: TraceDescription.Map) {
    func list(_ key: StaticString, _ numbers: [Int]?) {
      guard let numbers else { return }
      self.key(key)
      array { json in for number in numbers { json.number(number) } }
    }
    func whole(_ key: StaticString, _ number: Int?) {
      guard let number else { return }
      self.key(key)
      self.number(number)
    }
    func text(_ key: StaticString, _ text: String?) {
      guard let text else { return }
      self.key(key)
      string(text)
    }
    text("is", map.word)
    list("axes", map.axes)
    if let factor = map.factor {
      key("factor")
      number(factor)
    }
    text("index", map.index)
    whole("axis", map.axis)
    whole("from", map.from)
    whole("to", map.to)
    text("by", map.by)
    list("stride", map.stride)
    list("padding", map.padding)
    text("operation", map.operation)
  }

  /// Writes an array as nested lists, or what sums it up if it has many entries.
  package mutating func array(_ array: NumberArray) {
    if let summary = array.summary { return self.summary(summary) }
    if array.shape.isEmpty { return number(array.entries[0]) }
    if array.count > Trace.mostEntries {
      let ends = (array.entries.min() ?? .nan, array.entries.max() ?? .nan)
      return summary(
        ArraySummary(range: ends.0 <= ends.1 ? ends.0...ends.1 : nil, norm: array.norm, means: []))
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

extension JSONText {
  /// Writes what is known of an array; null where only its shape is.
  private mutating func summary(_ summary: ArraySummary) {
    if summary.isUnknown { return null() }
    object { json in
      json.field("summary") { json in
        json.object { json in
          let numbers: [(StaticString, Double)] = [
            ("min", summary.range?.lowerBound ?? .nan), ("max", summary.range?.upperBound ?? .nan),
            ("norm", summary.norm),
          ]
          for (name, number) in numbers {
            json.key(name)
            json.number(number)
          }
          if !summary.means.isEmpty {
            json.field("means") { json in
              json.array { json in
                for row in summary.means {
                  json.array { json in for mean in row { json.number(mean) } }
                }
              }
            }
          }
        }
      }
    }
  }
}

extension NumberArray {
  /// The root of the sum of the squares.
  package var norm: Double {
    if let summary { return summary.norm }
    var entries = entries
    return Reduction.norm(order: 2).evaluate(&entries)
  }
}
