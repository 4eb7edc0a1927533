import GradCore

/// Everything that a style asks for when it draws a trace: names, numbers, sentences.
struct Composition {
  /// The nodes and edges that are drawn.
  let trace: Trace
  let direction: FigureOptions.Direction
  /// The whole trace, from which formulas are read.
  private let full: Trace
  /// The node of `full` of each node drawn.
  private let origins: [Int]
  private let selection: Trace.Selection
  private let options: FigureOptions
  /// The node whose paths are lit.
  let focus: Int?
  var words: Words { options.words }
  private let names: [MathText]
  /// The edges that leave each node, in the order that derivatives come back over them.
  private let outgoing: [[Int]]
  /// The steps in which values are computed and derivatives come back.
  let steps: Steps

  init(_ full: Trace, _ options: FigureOptions) {
    self.full = full
    self.options = options
    direction = options.direction
    var selection = full.drawn(
      at: options.style.detail ?? options.detail ?? full.suggestedDetail, options.folding)
    let focus = options.focus.flatMap { full.index(of: $0) }
    if let focus { selection.isKept[focus] = true }
    let (trace, origins) = full.contracted(to: selection)
    self.trace = trace
    self.origins = origins
    self.selection = selection
    self.focus = focus.flatMap { origins.firstIndex(of: $0) }
    names = full.mathNames()
    var outgoing = [[Int]](repeating: [], count: trace.nodes.count)
    for (index, edge) in trace.edges.enumerated() { outgoing[edge.source].append(index) }
    self.outgoing = outgoing
    steps = Steps(trace)
  }

  /// When each part of a figure appears, if it is shown one step at a time.
  struct Steps {
    /// For each node the step that computes its value, from 1; 0 for what is given.
    var forward: [Int] = []
    /// For each edge the step in which the derivative comes back over it.
    var backward: [Int] = []
    /// For each node the step after which its derivative is known.
    var derivative: [Int] = []
    /// The step in which the backward pass begins: the output's derivative by itself.
    var first = 0
    /// The last step.
    var last = 0

    init(_ trace: Trace) {
      var step = 0
      for node in trace.nodes {
        if node.kind == .operation { step += 1 }
        forward.append(node.kind == .operation ? step : 0)
      }
      step += 1
      first = step
      backward = [Int](repeating: 0, count: trace.edges.count)
      for index in trace.nodes.indices.reversed() {
        for edge in trace.edges(into: index).indices {
          step += 1
          backward[edge] = step
        }
      }
      derivative = [Int](repeating: first, count: trace.nodes.count)
      for (edge, step) in zip(trace.edges, backward) {
        derivative[edge.source] = max(derivative[edge.source], step)
      }
      last = step
    }
  }

  // MARK: Names and numbers

  /// The name of node `index`, set as mathematics.
  func name(of index: Int) -> MathText { names[origins[index]] }

  func number(_ number: Double) -> String { options.numbers(number) }

  func value(of index: Int) -> String { number(trace.nodes[index].value) }

  func role(of index: Int) -> Figure.Role {
    if index == trace.output { return .output }
    return trace.nodes[index].kind == .input ? .input : .operation
  }

  /// The right-hand side of node `index`, set as mathematics; empty for an input.
  func formula(of index: Int) -> MathText {
    if trace.nodes[index].kind != .operation { return MathText() }
    let origin = origins[index]
    return full.mathFormula(of: origin, in: selection.scope(of: origin, in: full)) {
      selection.isKept[$0]
    } mention: {
      names[$0]
    }
  }

  /// The right-hand side of node `index` with the numbers of what it is computed from: `3 · 2`.
  func numbers(of index: Int) -> String {
    let origin = origins[index]
    let formula = full.mathFormula(of: origin, in: selection.scope(of: origin, in: full)) {
      selection.isKept[$0]
    } mention: {
      MathText(number(full.nodes[$0].value))
    }
    return formula.plain.split(separator: "·", omittingEmptySubsequences: false)
      .joined(separator: " · ")
  }

  /// `u = b·c`, or `b` for an input; cut in the middle if it is long.
  func title(of index: Int) -> MathText { fullTitle(of: index).shortened(to: 42) }

  /// The title with nothing cut.
  func fullTitle(of index: Int) -> MathText {
    let formula = formula(of: index)
    return formula.runs.isEmpty ? name(of: index) : name(of: index) + " = " + formula
  }

  /// The operation alone, as a gate bears it: `×`, `+1`, `1/x`.
  ///
  /// A folded call is a gate of its function's name.
  func gate(of index: Int) -> MathText {
    let origin = origins[index]
    if let call = selection.folded(returning: origin, in: full) {
      return MathName.text(full.calls[call].function)
    }
    return full.gate(of: origin) { selection.isKept[$0] }
  }

  /// The operators that node `index` stands for: its own and those that are written into it.
  func opcodes(within index: Int) -> [Opcode] {
    var opcodes: [Opcode] = []
    var seen: Set<Int> = []
    var stack = [origins[index]]
    while let node = stack.popLast() {
      opcodes.append(full.nodes[node].opcode)
      for operand in full.operands(of: node)
      where !selection.isKept[operand] && seen.insert(operand).inserted { stack.append(operand) }
    }
    return opcodes
  }

  /// The open call in whose body node `index` is; `nil` for the program itself.
  func scope(of index: Int) -> Int? { selection.scope(of: origins[index], in: full) }

  func data(of index: Int) -> [(key: String, value: String)] {
    let node = trace.nodes[index]
    return [
      ("name", node.id), ("value", number(node.value)), ("derivative", number(node.derivative)),
    ]
  }

  // MARK: Derivatives

  /// What the derivative of node `index` is called.
  func derivativeName(of index: Int) -> MathText {
    options.notation.derivative(name(of: trace.output), name(of: index))
  }

  func partialName(ofEdge index: Int) -> MathText {
    options.notation.partial(
      name(of: trace.edges[index].target), name(of: trace.edges[index].source))
  }

  /// `db = 6`, or with the sum where several edges come back: `db = 2 + 3 = 5`.
  func derivativeRow(of index: Int) -> MathText {
    let total = number(trace.nodes[index].derivative)
    let terms = contributions(to: index).map { number(trace.edges[$0].contribution) }
    let sum = (2...3).contains(terms.count) ? " = " + Self.sum(terms) : ""
    return derivativeName(of: index) + sum + " = " + total
  }

  /// The edges over which something comes back to node `index`.
  func contributions(to index: Int) -> [Int] {
    outgoing[index].filter { !trace.nodes[trace.edges[$0].target].isUnused }
  }

  /// What stands on the backward line of an edge: one text or none.
  func backwardLabels(_ index: Int) -> [Figure.Label] {
    let text = edgeLabel(index)
    if text.runs.isEmpty { return [] }
    return [Figure.Label(kind: .partial, text: text, fontSize: 12, place: .onBackward)]
  }

  private func edgeLabel(_ index: Int) -> MathText {
    let edge = trace.edges[index]
    let (partial, contribution) = (number(edge.partial), number(edge.contribution))
    switch options.edgeLabels {
    case .partial: return MathText("×" + partial)
    case .contribution: return MathText(contribution)
    case .product:
      let derivative = number(trace.nodes[edge.target].derivative)
      return MathText("\(derivative)·\(Self.bracketed(partial)) = \(contribution)")
    case .none: return MathText()
    }
  }

  // MARK: Sentences

  /// The value and the chain rule at node `index`: `b = 3; db = du · ∂u/∂b = 3 · 2 = 6`.
  func tooltip(of index: Int) -> String {
    let title = fullTitle(of: index).plain
    return "\(title) = \(value(of: index))\n\(chainRule(of: index))"
  }

  /// `db = du · ∂u/∂b = 3 · 2 = 6`, with a sum where there are several ways back.
  func chainRule(of index: Int) -> String {
    let edges = contributions(to: index)
    let name = derivativeName(of: index).plain
    let total = number(trace.nodes[index].derivative)
    if edges.isEmpty { return "\(name) = \(total)" }
    let symbols = edges.map(factorNames).joined(separator: " + ")
    let numbers = edges.map(factorNumbers).joined(separator: " + ")
    let terms = Self.sum(edges.map { number(trace.edges[$0].contribution) })
    return [name, symbols, numbers].joined(separator: " = ")
      + (edges.count > 1 ? " = \(terms) = \(total)" : " = \(total)")
  }

  /// The chain rule at one edge: what it adds to the derivative of its source.
  func tooltip(ofEdge index: Int) -> String {
    let edge = trace.edges[index]
    let name = derivativeName(of: edge.source).plain
    let isOnlyOne = contributions(to: edge.source).count <= 1
    let sum = "\(factorNames(index)) = \(factorNumbers(index)) = \(number(edge.contribution))"
    return isOnlyOne ? "\(name) = \(sum)" : "\(name) = … + \(sum)"
  }

  func factorNames(_ edge: Int) -> String {
    let target = derivativeName(of: trace.edges[edge].target).plain
    return "\(target) · \(partialName(ofEdge: edge).plain)"
  }

  func factorNumbers(_ edge: Int) -> String {
    let derivative = number(trace.nodes[trace.edges[edge].target].derivative)
    return "\(derivative) · \(Self.bracketed(number(trace.edges[edge].partial)))"
  }

  /// `2 − 3` for 2 and −3.
  static func sum(_ terms: [String]) -> String {
    var text = terms.first ?? "0"
    for term in terms.dropFirst() {
      text += term.hasPrefix("−") ? " − \(term.dropFirst())" : " + \(term)"
    }
    return text
  }

  /// A negative number in brackets, where it stands behind a sign.
  static func bracketed(_ number: String) -> String {
    number.hasPrefix("−") ? "(\(number))" : number
  }
}
