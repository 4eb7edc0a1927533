extension Trace {
  /// What a node has besides that is an array, or that an operation on arrays made.
  ///
  /// A box of its own, so that the nodes of long programs of numbers stay small.
  final class ArrayPart: Sendable, Equatable {
    let operation: ArrayOperation?
    /// The forward value; `nil` for a number.
    let value: NumberArray?
    /// The derivative of the output; `nil` for a number, and where it was not worked out.
    let derivative: NumberArray?

    init(_ operation: ArrayOperation?, value: NumberArray?, derivative: NumberArray?) {
      self.operation = operation
      self.value = value
      self.derivative = derivative
    }

    static func == (a: ArrayPart, b: ArrayPart) -> Bool {
      a === b
        || a.operation == b.operation && a.value == b.value && a.derivative == b.derivative
    }
  }

  /// What an edge from or to an array has besides.
  final class ArrayEdgePart: Sendable, Equatable {
    /// The map; `nil` where the edge stands for a path of several.
    let map: LinearMap?
    /// The partial at each entry of the target, of an elementwise map; or ∂target/∂source of the source's
    /// shape, where the target is a number.
    let partials: NumberArray?
    /// What the edge adds to the source's derivative; `nil` where that was not worked out.
    let contribution: NumberArray?

    init(_ map: LinearMap?, partials: NumberArray?, contribution: NumberArray?) {
      self.map = map
      self.partials = partials
      self.contribution = contribution
    }

    static func == (a: ArrayEdgePart, b: ArrayEdgePart) -> Bool {
      a === b
        || a.map == b.map && a.partials == b.partials && a.contribution == b.contribution
    }
  }

  /// Whether any node is an array.
  public var hasArrays: Bool { nodes.contains { $0.part != nil } }
}

extension Trace.Node {
  /// The shape of the value; `[]` for a number.
  public var shape: [Int] { part?.value?.shape ?? [] }

  /// The forward value of an array; `nil` for a number, which has a ``value``.
  public var array: NumberArray? { part?.value }

  /// The derivative of the output by an array; `nil` for a number, which has a ``derivative``, and for an
  /// array that is constant or computed from constants alone.
  public var arrayDerivative: NumberArray? { part?.derivative }

  /// The operation on arrays that made the node; `nil` for inputs, constants and operators of the table.
  public var arrayOperation: ArrayOperation? { part?.operation }

  /// The forward value, number or array.
  package var anyValue: NumberArray { part?.value ?? NumberArray(value) }

  /// The derivative, of a number or an array.
  var anyDerivative: NumberArray? {
    part?.value == nil ? NumberArray(derivative) : part?.derivative
  }
}

extension Trace.Edge {
  /// The linear map from the source to the target, where one of them is an array; `nil` between numbers,
  /// and where the edge stands for a path of several maps.
  package var map: LinearMap? { part?.map }

  /// Whether one of its ends is an array.
  public var isOfArrays: Bool { part != nil }

  /// The partial at each entry of the target where the map is elementwise, or ∂target/∂source where the
  /// target is a number; `nil` for other maps, and between numbers, where it is ``partial``.
  public var arrayPartial: NumberArray? { part?.partials }

  /// What the edge adds to the derivative of its source, an array; `nil` where the source is a number,
  /// for which ``contribution`` has it, and where it was not worked out.
  public var arrayContribution: NumberArray? { part?.contribution }
}

extension Trace {
  /// The transposed map of an edge at a derivative of its target: what it adds to that of its source.
  package func transposed(_ edge: Edge, _ own: NumberArray) -> NumberArray {
    through(edge, own, from: nodes[edge.target].shape, to: nodes[edge.source].shape) {
      map, own, into, place in map.addTransposed(own, to: into, place)
    }
  }

  /// The map of an edge at a tangent of its source: what it adds to that of its target.
  package func mapped(_ edge: Edge, _ tangent: NumberArray) -> NumberArray {
    through(edge, tangent, from: nodes[edge.source].shape, to: nodes[edge.target].shape) {
      map, tangent, into, place in map.add(tangent, to: into, place)
    }
  }

  /// Whether all entries that the transposed map of an edge needs are known, at a derivative of its target.
  func canTranspose(_ edge: Edge, _ own: NumberArray) -> Bool {
    guard let map = edge.part?.map else { return edge.part == nil && own.isWhole }
    if map.readsOperands {
      let operands = edges(into: edge.target).map { nodes[$0.source].anyValue }
      if !operands.allSatisfy(\.isWhole) { return false }
    }
    return own.isWhole && !(map.readsValue && !nodes[edge.target].anyValue.isWhole)
  }

  /// The transposed map of an edge with absolute values throughout, or in forward mode the map: the most that
  /// each entry could be, had no terms cancelled.
  func magnitudes(_ edge: Edge, _ own: NumberArray, isForward: Bool = false) -> NumberArray {
    let own = NumberArray(own.shape, own.entries.map(\.magnitude))
    let ends = (nodes[edge.target].shape, nodes[edge.source].shape)
    let (from, to) = isForward ? (ends.1, ends.0) : ends
    switch edge.part?.map {
    case .softmax:
      // z ⊙ (t − Σ z ⊙ t), where the z add up to 1.
      let most = own.entries.max() ?? 0
      return NumberArray(from, nodes[edge.target].anyValue.entries.map { 2 * $0 * most })
    case .logSoftmax(let axis):
      let most = own.entries.max() ?? 0
      return NumberArray(from, own.entries.map { _ in Double(from[axis] + 1) * most })
    case .inverse, .solve:
      // At most n times the largest factors; the matrix itself is not taken apart with other signs.
      let first = edges(into: edge.target).first { $0.operand == 0 } ?? edge
      let matrix = nodes[first.source].anyValue
      var most = (own.entries.max() ?? 0) * Double(matrix.shape.last ?? 1) * matrix.largestInverse
      if edge.operand == 0 {
        most *= nodes[edge.target].anyValue.entries.reduce(0) { max($0, $1.magnitude) }
      }
      return NumberArray(to, [Double](repeating: most, count: to.reduce(1, *)))
    case nil, .elementwise, .masked, .left, .right, .strided, .weighted, .sparse, .cumulative,
      .contraction, .convolution:
      break
    }
    return through(edge, own, from: from, to: to, absolute: true) { map, own, into, place in
      if isForward {
        map.absolute.add(own, to: into, place)
      } else {
        map.absolute.addTransposed(own, to: into, place)
      }
    }
  }

  private func through(
    _ edge: Edge, _ own: NumberArray, from: [Int], to: [Int], absolute: Bool = false,
    _ body: (LinearMap, Entries, Entries, MapPlace) -> Void
  ) -> NumberArray {
    guard let part = edge.part else {
      let isZero = edge.partial == 0 || own.entries[0] == 0
      return NumberArray(isZero ? 0 : edge.partial * own.entries[0])
    }
    guard let map = part.map else {
      preconditionFailure("an edge that stands for a path has no map of its own")
    }
    // Only some maps depend on values.
    let needsOperands = map.readsOperands
    var memory: [Entries] = []
    func copied(_ array: NumberArray) -> Strided {
      let base = Entries.allocate(capacity: array.count)
      base.initialize(from: array.entries, count: array.count)
      if absolute { for i in 0..<array.count { base[i] = base[i].magnitude } }
      memory.append(base)
      return Strided(base, View(array.shape))
    }
    defer { for base in memory { base.deallocate() } }
    let operands = edges(into: edge.target).map { edge in
      let node = nodes[edge.source]
      return (
        shape: node.shape,
        entries: copied(needsOperands ? node.anyValue : NumberArray(0)).reshaped(node.shape)
      )
    }
    let target = nodes[edge.target]
    let place = MapPlace(
      partials: absolute ? part.partials?.entries.map(\.magnitude) : part.partials?.entries,
      operands: operands, operand: edge.operand,
      shape: target.shape, value: copied(map.readsValue ? target.anyValue : NumberArray(0)))
    let own = copied(own)
    let into = copied(NumberArray(to, [Double](repeating: 0, count: to.reduce(1, *))))
    body(map, own.base, into.base, place)
    let count = to.reduce(1, *)
    return NumberArray(to, Array(UnsafeBufferPointer(start: into.base, count: count)))
  }
}

extension Strided {
  /// The same memory as an array of a shape in row-major order.
  fileprivate func reshaped(_ shape: [Int]) -> Strided { Strided(base, View(shape)) }
}

extension LinearMap {
  /// The map with the absolute values of the numbers that it has itself.
  fileprivate var absolute: LinearMap {
    switch self {
    case .strided(let from, let to, let factor):
      return .strided(from: from, to: to, factor: factor.magnitude)
    case .weighted(let weights, let to): return .weighted(weights.map(\.magnitude), to: to)
    case .sparse(var map):
      map.weight = map.weight.magnitude
      return .sparse(map)
    case .elementwise, .masked, .left, .right, .inverse, .solve, .softmax, .logSoftmax, .cumulative,
      .contraction, .convolution:
      return self
    }
  }

  /// Whether the map depends on the values of the target's operands.
  var readsOperands: Bool {
    switch self {
    case .left, .right, .contraction, .convolution, .solve: true
    case .elementwise, .masked, .inverse, .strided, .weighted, .sparse, .softmax, .logSoftmax,
      .cumulative:
      false
    }
  }

  /// Whether the map depends on the value of the target.
  var readsValue: Bool {
    switch self {
    case .softmax, .logSoftmax, .inverse, .solve: true
    case .elementwise, .masked, .left, .right, .strided, .weighted, .sparse, .cumulative,
      .contraction, .convolution:
      false
    }
  }
}

extension Tape {
  /// What a trace says of node `index` besides its number; `nil` if that is all.
  func arrayPart(_ index: Int, _ gradients: Gradients?) -> Trace.ArrayPart? {
    guard let arrays = storage.pointee.arrays else { return nil }
    let isArray = arrays.view(index) != nil
    let operation = arrays.operations[UInt32(index)]
    if !isArray, operation == nil { return nil }
    return Trace.ArrayPart(
      operation, value: isArray ? node(index).array : nil,
      derivative: isArray ? derivative(index, gradients) : nil)
  }

  /// The derivative by an array; zeros for one that the output does not come to.
  private func derivative(_ index: Int, _ gradients: Gradients?) -> NumberArray? {
    guard storage.isActive(index) else { return nil }
    if let known = gradients?.array(index) { return known }
    let shape = node(index).shape
    return NumberArray(shape, [Double](repeating: 0, count: shape.reduce(1, *)))
  }

  /// The edge numbered `number` of a trace: with its map, if one of its ends is an array.
  ///
  /// - Parameters:
  ///   - edge: The edge without numbers.
  ///   - number: Its number on the tape.
  ///   - own: The derivative of its target.
  /// - Returns: The edge with its numbers.
  func arrayEdge(_ edge: Trace.Edge, _ number: Int, _ own: NumberArray?) -> Trace.Edge {
    guard let map = storage.pointee.arrays?.map(number) else { return edge }
    var edge = edge
    var place = storage.place(of: edge.target, edges(into: edge.target))
    place.operand = edge.operand
    let source = place.operands[edge.operand].shape
    func transposed(_ own: NumberArray) -> NumberArray {
      var result = [Double](repeating: 0, count: source.reduce(1, *))
      var own = own.entries
      own.withUnsafeMutableBufferPointer { own in
        result.withUnsafeMutableBufferPointer { result in
          guard let own = own.baseAddress, let result = result.baseAddress else { return }
          map.addTransposed(own, to: result, place)
        }
      }
      return NumberArray(source, result)
    }
    let isActive = storage.hasDerivative(edge.source)
    if place.shape.isEmpty {
      // The partials by all entries of the source; the contribution is a multiple of them.
      let partials = transposed(NumberArray(1))
      let own = own?.entries[0] ?? 0
      let contribution = partials.entries.map { $0 == 0 || own == 0 ? 0 : $0 * own }
      if source.isEmpty {
        (edge.partial, edge.contribution) = (partials.entries[0], contribution[0])
        return edge
      }
      edge.part = Trace.ArrayEdgePart(
        map, partials: partials,
        contribution: isActive ? NumberArray(source, contribution) : nil)
      (edge.partial, edge.contribution) = (.nan, .nan)
      return edge
    }
    var partials: NumberArray?
    if case .elementwise = map, let row = place.row {
      partials = NumberArray(
        place.shape,
        GradCore.partials(
          row, edge.operand, place.broadcastOperands, place.value, place.shape,
          literals: place.areLiterals))
    }
    if case .masked(let mask) = map { partials = NumberArray(place.shape, mask) }
    let contribution = isActive ? own.map(transposed) : nil
    edge.part = Trace.ArrayEdgePart(
      map, partials: partials, contribution: source.isEmpty ? nil : contribution)
    edge.partial = .nan
    edge.contribution = source.isEmpty ? contribution?.entries[0] ?? 0 : .nan
    return edge
  }
}
