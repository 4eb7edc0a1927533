import GradBase
import GradCore

extension Recorder {
  /// Begins a statement: its values first, then its names.
  mutating func begin(_ statement: SyntaxTree.Statement) {
    if statement.kind == .forget
      || !forgotten.isEmpty && frames.count == 1 && program.tree.reads(statement, forgotten)
    {
      noteLost(statement)
      if frames.count > 1, statement.targets.isEmpty, training.firstStep == nil {
        training.firstStep = tape.nodeCount
      }
      forgotten.formUnion(program.tree.targets(of: statement).map(\.name))
      forgotten.subtract(training.kept)
      return
    }
    // What clears a derivative gives its name no value.
    if !forgotten.isEmpty, frames.count == 1, statement.kind != .clear {
      forgotten.subtract(program.tree.targets(of: statement).map(\.name))
    }
    switch statement.kind {
    case .forget, .text: break
    case .define:
      let name = program.tree.functions[Int(statement.function)].name
      globals[Int(name)] = .function(Int(statement.function))
    case .label: label(statement)
    case .expression where !isOutput(statement): break
    case .clear: clear(program.tree.targets(of: statement).first?.name)
    case .assign where derivative(of: statement) != nil:
      if let node = derivative(of: statement),
        let target = program.tree.targets(of: statement).first
      {
        globals[Int(target.name)] = .derivative(node)
      }
    case .expression, .assign, .differentiate, .look, .mark:
      tasks.append(.bind(statement, firstNode: tape.nodeCount))
      let visible = visible
      for value in program.tree.values(of: statement).reversed() {
        if program.isClosed(value, { visible.binding($0) }) {
          tasks.append(.endNumeric)
          tasks.append(.expression(value.root))
          tasks.append(.beginNumeric)
        } else {
          tasks.append(.expression(value.root))
        }
      }
    case .while, .for, .if, .break, .continue, .return, .yield, .class, .raise, .detached,
      .attempt, .manage, .match, .case, .delete:
      preconditionFailure("blocks make a program dynamic")
    }
  }

  /// Notes what a node is called in the figure, unless the text is no name or that of another node.
  mutating func label(_ statement: SyntaxTree.Statement) {
    let text = program.text(of: statement.token).filter { $0 != "'" && $0 != "\"" }
    guard let value = program.tree.values(of: statement).first,
      case .value(.node(let node))? = globals[Int(program.tree.nodes[Int(value.root)].first)],
      program.names.existing(text) == nil, isName(text)
    else { return }
    shownNames[node] = text
  }

  private func isName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.first.map { $0 == "_" || $0.properties.isXIDStart } == true
      && scalars.allSatisfy { $0.properties.isXIDContinue && $0 != "·" && $0 != "\u{387}" }
      && Token.keywords[text] == nil
  }

  /// Whether an expression without a name is the last statement, which is the output.
  func isOutput(_ statement: SyntaxTree.Statement) -> Bool {
    frames.count == 1
      && program.tree.statements.last { $0.kind.isComputed }?.token == statement.token
  }

  func lookup(_ name: Int32) -> GradLanguage.Binding? { visible.binding(name) }

  /// What names stand for at present.
  ///
  /// A closure that takes the machine itself copies all of it at every call.
  @inline(__always) var visible: VisibleNames {
    let last = frames.count - 1
    return VisibleNames(
      locals: isDynamic ? [:] : frames[last].locals, scope: isDynamic ? frames[last].scope : nil,
      globals: globals)
  }

  /// The names of the innermost call, of what is around its function, and of the program.
  struct VisibleNames {
    let locals: [Int32: Operand]
    let scope: Scope?
    let globals: [Binding?]

    /// What a name stands for; `nil` if nothing.
    func binding(_ name: Int32) -> GradLanguage.Binding? {
      if locals[name] != nil { return .value }
      var scope = scope
      while let inner = scope {
        if inner.values[name] != nil { return .value }
        scope = inner.outer
      }
      switch globals[Int(name)] {
      case .function(let function): return .function(function)
      case .derivative(let node): return .derivative(node)
      case .value: return .value
      case nil: return nil
      }
    }
  }

  /// Gives the values among the operands their names.
  mutating func bind(
    _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    if statement.values.count == 1, statement.kind == .assign, statement.option != .spread {
      // Nearly every statement, so that no list is made for its one value.
      let value = operands.removeLast()
      let expression = program.tree.values[Int(statement.values.lowerBound)]
      for place in statement.targets {
        try bind(program.tree.targets[Int(place)], value, expression, statement, firstNode)
      }
      return
    }
    let expressions = Array(program.tree.values(of: statement))
    let values = Array(operands.suffix(expressions.count))
    operands.removeLast(expressions.count)
    switch statement.kind {
    case .differentiate: return try differentiate(values, statement)
    case .mark: return mark(values, isOff: statement.option == .off)
    case .look: return
    default: break
    }
    guard statement.kind == .assign else {
      // The last line is a name, which is the output as it is, or makes a node called `out`.
      if program.tree.nodes[Int(expressions[0].root)].kind == .name,
        case .node(let node) = values[0]
      {
        unnamedOutput = node
        return
      }
      let token = program.tree.nodes[Int(expressions[0].root)].token
      try bind(
        .init(name: program.out, token: token), values[0], expressions[0], statement, firstNode)
      if case .value(.node(let node))? = globals[Int(program.out)] { unnamedOutput = node }
      return
    }
    let targets = program.tree.targets(of: statement)
    if statement.option == .spread {
      return try spread(expressions[0], targets, statement, firstNode)
    }
    for (position, target) in targets.enumerated() {
      let value = position % values.count
      try bind(target, values[value], expressions[value], statement, firstNode)
    }
  }

  mutating func bind(
    _ target: SyntaxTree.Target, _ value: Operand, _ expression: SyntaxTree.Expression,
    _ statement: SyntaxTree.Statement, _ firstNode: Int
  ) throws(ProgramError) {
    if numeric > 0 {
      if isDynamic {
        set(target.name, value)
      } else {
        frames[frames.count - 1].locals[target.name] = value
      }
      return
    }
    let name = program.names[target.name]
    let node: UInt32
    var value = value
    if statement.option == .update || detached > 0, case .node(let leaf) = value {
      value = .node(try held(leaf, target.token))
    }
    switch value {
    case .number(let number, let type):
      try grow(target.token)
      let isFirst = frames.count == 1 && globals[Int(target.name)] == nil
      if isFirst, let setting = settings[name] {
        node = input(setting, target.token)
      } else {
        node = input(number, program.spelling(of: expression.root), target.token)
        note(type, of: node)
        writtenWith[Int(node)] = program.tree.nodes[Int(expression.root)].token
      }
    case .node(let result):
      let isNew =
        (Int(result) >= firstNode || autograd.reused.contains(result))
        && (names[result] == nil || isUnpacked(result, as: target, statement))
        && !passedThrough.contains(result)
        && (tape.opcode(Int(result)).isOperation || held?.node == Int(result))
      if isNew {
        node = result
        tokens[Int(node)] = target.token
      } else {
        try checkUnchanged(value, target.token)
        try grow(target.token)
        node = note(recorded(Operators.Identity.self, [tape.node(Int(result))]), target.token)
        if autograd.reused.contains(result) { autograd.move(from: result, to: node, tape) }
      }
    case .none, .object: preconditionFailure("only numbers are nodes")
    }
    mark(node, target, expression, statement)
    self.name(node, target, statement)
  }

  /// Whether a node is one of several results that a call has named as its caller does: `h, c = lstm(x, h, c)`.
  private func isUnpacked(
    _ node: UInt32, as target: SyntaxTree.Target, _ statement: SyntaxTree.Statement
  ) -> Bool {
    guard statement.option == .unpack, names[node] == program.names[target.name] else {
      return false
    }
    let call = Int(callOfNode[Int(node)])
    let own = frames[frames.count - 1].call
    return call >= 0 && calls[call].parts[node] != nil && scopes[node] == nil
      && calls[call].parent == (own < 0 ? nil : Int(own))
  }

  /// Makes the target of a statement stand for a node, which then has its name.
  mutating func name(
    _ node: UInt32, _ target: SyntaxTree.Target, _ statement: SyntaxTree.Statement
  ) {
    names[node] = program.names[target.name]
    // What the program names has a derivative, be it computed from plain arrays alone.
    if isDynamic { tape.activate(Int(node)) }
    let scope = frames[frames.count - 1].call
    if callOfNode[Int(node)] != scope { scopes[node] = Int(scope) }
    if isDynamic {
      set(target.name, .node(node))
      if frames.count == 1, statement.kind == .assign { lastTarget = node }
    } else if frames.count == 1 {
      globals[Int(target.name)] = .value(.node(node))
      if statement.kind == .assign { lastTarget = node }
    } else {
      frames[frames.count - 1].locals[target.name] = .node(node)
    }
  }

  /// The node that is differentiated, of one entry unless an array may be.
  func output(_ wanted: String?, mayBeArray: Bool = false) throws(ProgramError) -> UInt32 {
    let node = try namedOutput(wanted, mayBeArray)
    if isDynamic, !mayBeArray { try checkEntries(ofOutput: node) }
    if wanted != nil { try checkWeights(of: node) }
    return node
  }

  /// What the last statement gives, if it is a number or an array.
  var lastOutput: UInt32? {
    if case .object(let number)? = lastValue?.value, !(heap[Int(number)] is ArrayObject) {
      return unnamedOutput
    }
    return unnamedOutput ?? lastTarget
  }

  /// The loss that leads nowhere, where the last statement gives no single number that could be the output.
  func loss(insteadOf output: UInt32?) -> UInt32? {
    guard isDynamic, autograd.output == nil else { return nil }
    if let output, tape.node(Int(output)).shape.reduce(1, *) == 1,
      tape.opcode(Int(output)).isOperation
    {
      return nil
    }
    return lostLoss(besides: output)
  }

  private func namedOutput(
    _ wanted: String?, _ mayBeArray: Bool
  ) throws(ProgramError) -> UInt32 {
    guard let wanted else {
      if !mayBeArray, let lost = loss(insteadOf: lastOutput) { return lost }
      if isDynamic { try checkOutput() }
      guard let node = autograd.output ?? unnamedOutput ?? lastTarget else {
        preconditionFailure("a checked program has an output")
      }
      return node
    }
    if let name = program.names.existing(wanted), case .value(.node(let node))? = globals[Int(name)]
    {
      return node
    }
    if tape.nodeCount > 0 {
      let trace = tape.trace(of: tape.node(tape.nodeCount - 1))
      if let index = trace.index(of: wanted) { return UInt32(index) }
    }
    let known = globals.indices.filter { if case .value? = globals[$0] { true } else { false } }
      .map { program.names[Int32($0)] }
    let nearest = nearestName(to: wanted, among: known)
    var help = nearest.map { "did you mean '\($0)'?" }
    if help == nil, known.count <= 12 {
      help = "the program names \(known.joined(separator: ", "))"
    }
    var report = Report(program.source)
    report.error(.unknownOutput, "no node is called \(quoted(wanted))", at: nil, help: help)
    throw ProgramError(report.diagnostics)
  }

  /// A warning about the first value that is not finite; `nil` if all are.
  func firstNotFinite() -> Diagnostic? {
    for index in 0..<tape.nodeCount where !tape.isFinite(index) {
      let sources = tape.edges(into: index).map { tape.edge($0).source }
      guard sources.allSatisfy(tape.isFinite) else { continue }
      if ([index] + sources).contains(where: { tape.node($0).isArray }) {
        return arrayNotFinite(index)
      }
      let operands = sources.map { tape.node($0).value }
      let spelling = spellings[UInt32(index)] ?? ""
      if ["inf", "-inf", "nan", "Inf", "-Inf", "NaN"].contains(spelling) { continue }
      let value = shortestText(tape.node(index).value)
      var formula = spelling
      if let row = tape.opcode(index).type?.row {
        if row.operands.count == operands.count, operands.isEmpty { continue }
        Formula.write(-1) { node in
          node < 0
            ? row.programTemplate(Array(operands.indices)) : .literal(shortestText(operands[node]))
        } to: { piece in
          if case .text(let part) = piece { formula += part }
        }
      }
      var report = Report(program.source)
      report.warning(
        .notFinite, "\(formula.count > 60 ? "a value" : formula) is \(value)",
        at: program.range(of: writtenWith[index]), label: "the first value that is not finite")
      return report.diagnostics.first
    }
    return nil
  }
}
