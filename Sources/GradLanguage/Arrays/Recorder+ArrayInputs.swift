import GradBase
import GradCore

/// Arrays that are inputs, and what an output may be.
extension Recorder {
  /// The input that an array becomes which a program writes or draws at random, or a list of numbers; `nil`
  /// for other values.
  mutating func declaredArray(
    _ value: Operand, _ plain: Plainness, _ target: SyntaxTree.Target,
    _ expression: SyntaxTree.Expression
  ) throws(ProgramError) -> UInt32? {
    var array: NumberArray?
    var isList = false
    var type = NumberType.unsaid
    switch object(value) {
    case let plain as ArrayObject: (array, type) = (plain.array, plain.type)
    case let list as ListObject where plain == .data && !list.isTuple:
      if target.node < 0, listNames.contains(target.name) { return nil }
      guard isRectangular(list) else {
        // Python has lists of lists of any lengths; here they are matrices.
        if !program.source.isPython, list.items.contains(where: { object($0) is ListObject }) {
          _ = try arrayed(list, depth: 0, shortRow(expression.root))
        }
        return nil
      }
      isList = true
      let made = try arrayed(value, program.tree.nodes[Int(expression.root)].token)
      (array, type) = (numbers(of: made), self.type(of: made))
    default: break
    }
    guard var array else { return nil }
    try grow(target.token)
    var spelling = program.spelling(of: expression.root)
    if spelling.contains("[") || spelling.utf8.count > 200 { spelling = array.programText }
    if target.node < 0, frames.count == 1, let setting = settings[program.names[target.name]] {
      (array, spelling) = (setting.array ?? NumberArray(setting.value), setting.spelling)
    }
    let node = input(array, spelling, target.token)
    writtenWith[Int(node)] = program.tree.nodes[Int(expression.root)].token
    if isList { listNodes.insert(node) }
    if type == .truth { maskNodes.insert(node) } else { note(type, of: node) }
    return node
  }

  /// Where the first row of a list stands that is not as long as those before it.
  private func shortRow(_ root: Int32) -> Int32 {
    let rows = program.tree.children(of: root)
    let first = rows.first.map { program.tree.children(of: $0).count }
    let short = rows.first { program.tree.children(of: $0).count != first }
    return program.tree.nodes[Int(short ?? root)].token
  }

  /// Whether a list holds numbers alone, in rows of one length; a list in this language that does not is
  /// an error of its own when it is used.
  private func isRectangular(_ list: ListObject) -> Bool {
    guard !list.items.isEmpty else { return false }
    var shapes: Set<[Int]> = []
    for item in list.items {
      switch item {
      case .number: shapes.insert([])
      case .object(let number):
        guard let inner = heap[Int(number)] as? ListObject, !inner.isTuple, isRectangular(inner)
        else { return false }
        var shape: [Int] = []
        var next: ListObject? = inner
        while let row = next {
          shape.append(row.items.count)
          next = row.items.first.flatMap { object($0) as? ListObject }
        }
        shapes.insert(shape)
      default: return false
      }
    }
    return shapes.count == 1
  }

  /// Σ weights ⊙ value: what `X.backward(weights)` differentiates.
  mutating func weighted(
    _ value: Operand, _ weights: Operand, _ token: Int32
  ) throws(ProgramError) -> UInt32 {
    let product = try apply(Operators.Multiply.self, [value, try arrayed(weights, token)], token)
    let sum = try apply(.reduce(.sum, axes: nil, keepsAxes: false), [product], token)
    return try onTape(sum, token)
  }

  /// Refuses an output of several entries.
  func checkEntries(ofOutput node: UInt32) throws(ProgramError) {
    let shape = tape.node(Int(node)).shape
    guard shape.reduce(1, *) != 1 else { return }
    let name = names[node] ?? "the output"
    throw failure(
      .arrays, "\(quoted(name)) is an array of \(shapeText(shape)), and an output is one number",
      tokens[Int(node)],
      help:
        "J = sum(\(name)) or mean(\(name)) makes one; so does \(name).backward(v) with weights v")
  }

  /// A warning about the first array with an entry that is not finite.
  func arrayNotFinite(_ index: Int) -> Diagnostic? {
    let node = tape.node(index).array
    guard let entry = node.entries.first(where: { !$0.isFinite }) else { return nil }
    let name = names[UInt32(index)].map { " of \(quoted($0))" } ?? ""
    var report = Report(program.source)
    report.warning(
      .notFinite, "an entry\(name) is \(shortestText(entry))",
      at: program.range(of: writtenWith[index]), label: "the first value that is not finite")
    return report.diagnostics.first
  }
}
