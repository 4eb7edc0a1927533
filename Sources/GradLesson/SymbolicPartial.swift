import GradCore
import GradFigure

/// The partial on an edge of a figure as a formula: `∂u/∂b = c` for `u = b * c`.
///
/// It is recorded from the formulas of the operator table, over all the ways from the operand to the
/// node through what has no node of its own; so its value is at hand, and must be that on the edge.
struct SymbolicPartial {
  /// The formula.
  let text: MathText
  /// Whether it needs brackets as a factor.
  let isLoose: Bool
  /// Whether it is a number, whatever the values are.
  let isConstant: Bool

  /// A formula longer than this is no help to a reader.
  private static let longest = 40

  /// The partial on edge `edge` of the reading's trace; `nil` if it would be too long.
  init?(_ reading: Reading, edge: Int) {
    let tape = Tape()
    var recorder = PartialRecorder(reading, SymbolicArithmetic(tape: tape))
    guard let result = recorder.partial(edge: edge) else { return nil }
    let value = reading.trace.edges[edge].partial
    let isSame = abs(result.value - value) <= 1e-9 * max(1, abs(value)) || result.value == value
    let opcode = tape.opcode(Int(result.index))
    guard isSame else { return nil }
    isConstant = opcode == .constant
    let trace = tape.trace(of: result)
    let names = recorder.names
    text = trace.mathFormula(of: Int(result.index), in: nil) {
      names[$0] != nil
    } mention: {
      names[$0] ?? MathText(trace.nodes[$0].id)
    }
    if text.count > Self.longest { return nil }
    if opcode.type == nil {
      isLoose = text.plain.hasPrefix("−")
    } else if case .function = opcode.type?.row.spelling {
      isLoose = false
    } else {
      isLoose = ![.multiply, .power].contains(opcode)
    }
  }
}

/// Records the formula of one partial.
private struct PartialRecorder {
  private let reading: Reading
  private let arithmetic: SymbolicArithmetic
  /// What stands for each node of the whole trace.
  private var variables: [Int: Variable] = [:]
  /// How the nodes with names are called.
  private(set) var names: [Int: MathText] = [:]

  init(_ reading: Reading, _ arithmetic: SymbolicArithmetic) {
    self.reading = reading
    self.arithmetic = arithmetic
  }

  mutating func partial(edge index: Int) -> Variable? {
    let (full, edge) = (reading.full, reading.trace.edges[index])
    let (source, target) = (reading.origins[edge.source], reading.origins[edge.target])
    let inner = reading.inner(of: target)
    for node in inner.sorted() { record(node) }
    let result = named(target)
    variables[target] = result
    // The way back from the target, as in a backward sweep, but with formulas.
    var derivatives: [Int: Variable] = [target: arithmetic.constant(1)]
    let isSeparate = !reading.selection.mergesOperands && inner.isEmpty
    for node in [target] + inner.sorted(by: >) {
      guard let own = derivatives[node] else { continue }
      for way in full.edges(into: node) where !isSeparate || way.operand == edge.operand {
        guard let partial = partial(way) else { return nil }
        let term = arithmetic.multiply(own, partial)
        derivatives[way.source] = derivatives[way.source].map { arithmetic.add($0, term) } ?? term
      }
    }
    return derivatives[source]
  }

  /// A node by its name.
  private mutating func named(_ node: Int) -> Variable {
    if let variable = variables[node] { return variable }
    let variable = arithmetic.tape.input(reading.full.nodes[node].value)
    names[Int(variable.index)] = reading.name(ofOrigin: node)
    variables[node] = variable
    return variable
  }

  private mutating func operand(_ node: Int) -> Variable {
    let full = reading.full
    guard full.nodes[node].kind == .constant else { return named(node) }
    return arithmetic.constant(full.nodes[node], full.nodes[node].value)
  }

  /// A node without a name of its own, as the program writes it.
  private mutating func record(_ node: Int) {
    guard let row = reading.full.nodes[node].opcode.type else { return }
    let operands = reading.full.operands(of: node).map { operand($0) }
    variables[node] = row.record(operands)
  }

  /// The partial on one edge of the whole trace, by the formula of its operator.
  private mutating func partial(_ way: Trace.Edge) -> Variable? {
    let full = reading.full
    guard let row = full.nodes[way.target].row else { return nil }
    let operands = full.operands(of: way.target)
    if row.isVariadic, operands.count != row.operands.count {
      // The table has formulas for two operands; the partials of more are numbers too.
      return arithmetic.constant(way.partial)
    }
    let (value, values) = (full.nodes[way.target].value, operands.map { full.nodes[$0].value })
    let ties = values.count { $0 == value }
    if row.literalsTakeTies, ties > 1, way.partial != 1 / Double(ties) {
      // A literal has taken all; the formulas do not know which operand that is.
      return arithmetic.constant(way.partial)
    }
    var names: [String: Variable] = [:]
    for (name, node) in zip(row.operands.map(\.name), operands) { names[name] = operand(node) }
    names["z"] = variables[way.target]
    return RowFormula.partial(of: full.nodes[way.target].opcode, by: way.operand).flatMap {
      arithmetic.record($0, names)
    }
  }
}

extension SymbolicArithmetic {
  /// A constant of a program: a number, or a name such as `pi`.
  func constant(_ node: Trace.Node, _ value: Double) -> Variable {
    constant(value, spelling: ["pi", "e"].contains(node.expression) ? node.expression : nil)
  }
}
