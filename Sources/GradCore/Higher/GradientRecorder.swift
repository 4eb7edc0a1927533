/// Records backward sweeps as nodes of the tape itself: the derivative by a node is a node like any other,
/// so that it can be differentiated again.
///
/// A sweep goes over the tape once, from the output back, in a loop; what it records is one product and
/// at most one sum an edge, and the formula of each partial.
struct GradientRecorder {
  let tape: Tape
  let arithmetic: DerivativeArithmetic
  /// How many nodes the tape had before the first sweep.
  let programCount: Int
  /// By node from ``programCount`` on, the node whose edges were pulled back when it was recorded.
  private(set) var origins: [UInt32] = []
  /// By node from ``programCount`` on, whether it is what an edge adds to the derivative of its source.
  private(set) var areTerms: [Bool] = []
  /// The nodes at which a derivative jumps: those at kinks, such as `relu` at 0.
  private(set) var kinks: Set<Int> = []

  /// Whether every derivative that is passed on stays a factor of what it is passed on to: 3 · da, rather
  /// than 6 · a for da = 2 · a.
  private let keepsFactors: Bool

  /// A recorder of sweeps over what a tape holds.
  init(_ tape: Tape, keepsFactors: Bool = false) {
    self.tape = tape
    self.keepsFactors = keepsFactors
    arithmetic = DerivativeArithmetic(tape)
    programCount = tape.nodeCount
  }

  /// A sweep that was recorded.
  struct Sweep {
    /// What was differentiated.
    let output: Int
    /// By node up to the output, the node that is ∂output/∂node; the largest number where that is 0.
    ///
    /// Of an array whose entries all have the same known derivative, it is a number.
    fileprivate(set) var derivatives: [UInt32]
    /// By node up to the output, the node whose derivative it copies, as the operands of a sum do; the
    /// largest number for all others.
    fileprivate(set) var copied: [UInt32]
    /// The nodes of the tape that were recorded for it.
    fileprivate(set) var nodes: Range<Int>

    /// The node whose derivative the derivative by a node is a copy of; the node itself if it is none.
    func origin(of node: Int) -> Int {
      var node = node
      while node < copied.count, copied[node] != .max { node = Int(copied[node]) }
      return node
    }

    /// The node that is the derivative by a node; `nil` where that is 0, and for nodes that depend on no
    /// input.
    func derivative(_ node: Int) -> Int? {
      node < derivatives.count && derivatives[node] != .max ? Int(derivatives[node]) : nil
    }
  }

  /// Records ∂output/∂node for each node that depends on one of `inputs`.
  ///
  /// O(nodes + edges), without recursion.
  ///
  /// - Throws: That an operation has no rule; nothing is known of the sweep then.
  mutating func sweep(of output: Variable, by inputs: [Variable]) throws(DifferentiationFault)
    -> Sweep
  {
    let last = Int(output.index)
    let none = [UInt32](repeating: .max, count: last + 1)
    let start = tape.nodeCount
    var sweep = Sweep(output: last, derivatives: none, copied: none, nodes: start..<start)
    let depends = dependents(of: inputs, upTo: last)
    guard depends[last] else { return sweep }
    sweep.derivatives[last] = arithmetic.constant(1).index
    noteOrigins(last)
    for node in stride(from: last, through: 0, by: -1)
    where depends[node] && sweep.derivatives[node] != .max {
      let edges = tape.edges(into: node)
      if edges.isEmpty { continue }
      noteKink(at: node)
      let own = tape.node(Int(sweep.derivatives[node]))
      for edge in edges {
        let (source, _) = tape.edge(edge)
        guard depends[source] else { continue }
        let term = try term(node, edges, edge - edges.lowerBound, own)
        if arithmetic.number(term) == 0 { continue }
        let known = sweep.derivatives[source]
        noteOrigins(node)
        if Int(term.index) >= programCount { areTerms[Int(term.index) - programCount] = true }
        if known == .max {
          sweep.derivatives[source] = term.index
          if term.index == own.index { sweep.copied[source] = UInt32(node) }
        } else {
          sweep.derivatives[source] = arithmetic.add(tape.node(Int(known)), term).index
          sweep.copied[source] = .max
        }
      }
      noteOrigins(node)
    }
    sweep.nodes = start..<tape.nodeCount
    return sweep
  }

  /// The nodes up to `last` that depend on one of `inputs`, these included.
  private func dependents(of inputs: [Variable], upTo last: Int) -> [Bool] {
    var depends = [Bool](repeating: false, count: last + 1)
    for input in inputs where input.index <= last { depends[Int(input.index)] = true }
    let storage = tape.storage
    var begin = 0
    for node in 0...last {
      let end = Int(storage.pointee.edgeEnds[node])
      if !depends[node] {
        for edge in begin..<end where depends[Int(storage.pointee.sources[edge])] {
          depends[node] = true
        }
      }
      begin = end
    }
    return depends
  }

  /// Notes what the nodes that have just been recorded were recorded for.
  mutating func noteOrigins(_ node: Int) {
    while origins.count < tape.nodeCount - programCount {
      origins.append(UInt32(node))
      areTerms.append(false)
    }
  }

  /// What operand `k` of a node gets of the node's own derivative: of the operand's shape, or a number that
  /// counts for every entry.
  private func term(
    _ node: Int, _ edges: Range<Int>, _ k: Int, _ own: Variable
  ) throws(DifferentiationFault) -> Variable {
    let edge = edges.lowerBound + k
    guard let map = tape.storage.pointee.arrays?.map(edge) else {
      return product(partial(node, edges, k), own)
    }
    guard case .elementwise = map, tape.opcode(node).type != nil else {
      return try transposed(map, node, edges, k, own)
    }
    let (source, _) = tape.edge(edge)
    return summed(
      product(arrayPartial(node, edges, k), own), from: tape.node(node).shape,
      to: tape.node(source).shape)
  }

  // MARK: Partials

  /// The partial by operand `k` of an operator at numbers.
  func partial(_ node: Int, _ edges: Range<Int>, _ k: Int) -> Variable {
    let exact = tape.edge(edges.lowerBound + k).partial
    let all = PartialForms.all(of: tape.opcode(node))
    guard let forms = all.indices.contains(k) ? all[k] : all.last, !forms.isConstant,
      var formula = forms.plain
    else { return arithmetic.constant(exact) }
    let (values, sources) = (tape.storage.pointee.values, tape.storage.pointee.sources)
    func operand(_ k: Int) -> Double { values[Int(sources[edges.lowerBound + k])] }
    if let smooth = forms.smooth, !Self.keepsDigits(formula.value(operand, values[node]), exact) {
      formula = smooth
    }
    return record(formula, node, edges) { comparisons in
      comparisons.contains { comparison in
        comparison.sign.holds(
          comparison.left.value(operand, values[node]),
          comparison.right.value(operand, values[node])
        )
      } ? .all : .none
    }
  }

  /// Whether a formula for readers comes to the number that the row computes.
  static func keepsDigits(_ value: Double, _ exact: Double) -> Bool {
    value.isFinite && abs(value - exact) <= 1e-14 * exact.magnitude
  }

  /// Where comparisons hold: at all entries, at none, or at those that a mask says.
  enum Holding {
    case all, none
    case some(NumberArray)
  }

  /// Records a formula at the operands of a node.
  func record(
    _ formula: PartialFormula, _ node: Int, _ edges: Range<Int>,
    _ holding: ([PartialFormula.Comparison]) -> Holding
  ) -> Variable {
    switch formula {
    case .number(let value): return arithmetic.constant(value)
    case .operand(let k): return tape.node(tape.edge(edges.lowerBound + k).source)
    case .result: return tape.node(node)
    case .apply(let opcode, let parts):
      return arithmetic.apply(opcode, parts.map { record($0, node, edges, holding) })
    case .choice(let comparisons, let first, let second):
      switch holding(comparisons) {
      case .all: return record(first, node, edges, holding)
      case .none: return record(second, node, edges, holding)
      case .some(let mask):
        return arithmetic.apply(
          .choose(mask: mask), record(first, node, edges, holding),
          record(second, node, edges, holding))
      }
    }
  }

  /// A partial times the target's derivative; an exact zero of either wins over an infinity of the other.
  func product(_ partial: Variable, _ own: Variable) -> Variable {
    let result =
      keepsFactors ? arithmetic.scale(partial, own) : arithmetic.multiply(partial, own)
    if !result.isArray {
      guard !partial.isArray, !own.isArray else { return result }
      let isZero =
        partial.value == 0 && !own.value.isFinite || own.value == 0 && !partial.value.isFinite
      return isZero ? arithmetic.constant(0) : result
    }
    if tape.isFinite(Int(result.index)) { return result }
    let shape = result.shape
    let (a, b) = (entries(of: partial, as: shape), entries(of: own, as: shape))
    let mask = zip(a, b).map { $0 == 0 || $1 == 0 ? 0.0 : 1 }
    if !mask.contains(0) { return result }
    return arithmetic.apply(.choose(mask: NumberArray(shape, mask)), result, arithmetic.constant(0))
  }

  // MARK: Kinks

  mutating func noteKink(at node: Int) {
    let opcode = tape.opcode(node)
    if let reduction = tape.storage.pointee.arrays?.operations[UInt32(node)] {
      if reduction.isAtKink(tape, node) { kinks.insert(node) }
      return
    }
    guard opcode.hasKinks else { return }
    let edges = tape.edges(into: node)
    let shape = tape.node(node).shape
    let operands = edges.map { entries(of: tape.node(tape.edge($0).source), as: shape) }
    let isAtKink = entries(of: tape.node(node), as: shape).enumerated().contains { i, z in
      opcode.isAtKink(operands.map { $0[i] }, z)
    }
    if isAtKink { kinks.insert(node) }
  }

  /// The entries of a variable that is broadcast to a shape.
  func entries(of variable: Variable, as shape: [Int]) -> [Double] {
    let (own, strided) = tape.storage.array(Int(variable.index))
    if shape.isEmpty { return [strided.base[0]] }
    var view = View(own)
    view.strides = strided.strides
    let wide = Strided(strided.base, view.broadcast(to: shape))
    let count = shape.reduce(1, *)
    return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      guard let base = buffer.baseAddress else { return }
      copy(shape, from: wide, to: Strided(base, View(shape)))
    }
  }
}
