import GradBase
import GradCore

/// Runs a checked program on a tape.
///
/// Works through a list of tasks rather than by recursion, so that neither a deep expression nor
/// nested calls use the machine's stack.
struct Recorder {
  let program: Program
  let tape: Tape
  let limit: Int
  /// Values for the inputs of the program, in the order they are recorded, in place of the
  /// program's own.
  var inputValues: [NumberArray]?
  /// A node that has a given value, whatever it is computed from.
  var held: (node: Int, value: NumberArray)?

  /// Where operators compute numbers that leave no nodes.
  let scratch = Tape(capacity: 8)
  var tasks: [Task] = []
  var operands: [Operand] = []
  /// The operands of the operator at hand, in memory that is taken once.
  private var variables: [Variable] = []
  /// What the calls whose arguments are being computed call.
  var resolutions: [Resolution] = []
  var frames = [Frame(call: -1, function: -1)]
  var globals: [Binding?]
  /// How many conditions and closed expressions the task at hand is inside of.
  var numeric = 0
  /// Names whose newest values are made of derivatives; statements that read them are left out.
  var forgotten: Set<Int32> = []
  /// The nodes and calls so far.
  var size = 0
  /// The numbers computed without a node so far.
  var effort = 0

  // The labels, put on the tape at the end.
  var names = NodeTexts()
  /// What nodes are called instead, where the program says so: `x.label = 'a'`.
  var shownNames: [UInt32: String] = [:]
  var spellings = NodeTexts()
  var conditions: [UInt32: String] = [:]
  var decisions: [Decision] = []
  var scopes: [UInt32: Int] = [:]
  /// The word where each node is written: its name, or its operator.
  var tokens: [Int32] = []
  /// The operator that each node was written with.
  var writtenWith: [Int32] = []
  var callOfNode: [Int32] = []
  var calls: [Labels.Call] = []
  private(set) var ordinals: [Int32: Int] = [:]
  /// Nodes that a call returned as it was given them.
  var passedThrough: Set<UInt32> = []
  /// The inputs of the program itself.
  var inputs: [UInt32] = []
  /// The node of the last assignment, and of a last line without a name.
  var lastTarget: UInt32?
  var unnamedOutput: UInt32?
  let settings: [String: InputValue]
  /// What the program differentiates, and which nodes it marks as parameters.
  var autograd = Autograd()

  // Of a program that is dynamic.
  let isDynamic: Bool
  /// All that is no number, in the order it was made.
  var heap: [Object] = []
  var loops: [Loop] = []
  var comprehensions: [OpenComprehension] = []
  /// The statements that were run so far.
  var statementCount = 0
  /// Of the first loop whose first pass alone is known, how many passes it has, 0 where that is not known.
  var passes: Int?
  var statementLimit = Recorder.mostStatements
  /// How many blocks around the task at hand are without derivatives.
  var detached = 0
  /// What the parameters of functions have where a call leaves them out.
  var defaults: [Int: [Operand]] = [:]
  /// The weights of layers that are inputs by now.
  var weightNodes: [WeightObject] = []
  var ordinalsOfTexts: [String: Int] = [:]
  /// The classes of the program, which methods refer to.
  var classes: [ClassObject] = []
  /// Calls that return no number, so that no figure can fold them.
  var dissolved: Set<Int32> = []
  /// The value that the last statement gave a name.
  var lastValue: (value: Operand, token: Int32)?
  /// The random numbers of a program that seeds them.
  var random: RandomObject?
  /// What the function that is being entered is given by names that are no parameters.
  var optionsAtHand: DictionaryObject?
  /// The call that is run, a node of the syntax.
  var callAtHand: Int32 = -1
  /// Arrays that a program of Python wrote as lists, which `+` joins.
  var listNodes: Set<UInt32> = []
  /// Arrays that comparisons made: as indices they choose where they hold.
  var maskNodes: Set<UInt32> = []
  /// Arrays that share entries with no other one, although they are the same.
  var copies: Set<UInt32> = []
  /// The changes of arrays, by the array whose entries it is.
  var changes: [UInt32: [Change]] = [:]
  /// Whether the program's library has arrays that never change.
  let hasFixedArrays: Bool
  /// The parts of arrays that were read so far.
  var parts: [ArrayPart: UInt32] = [:]
  /// Whether methods of arrays are PyTorch's.
  let usesTorch: Bool
  /// Names that the program uses as lists.
  let listNames: Set<Int32>
  /// Warnings that running the program gave.
  var warnings: [Diagnostic] = []

  /// What a name, an operand or an element is; a trivial type, as every step of the program moves some.
  enum Operand {
    case node(UInt32)
    /// A number that is on no tape; a truth is 1 or 0, and as an entry of an array it makes a mask.
    case number(Double, isTruth: Bool = false)
    case none
    /// What is no number, an index in ``heap``.
    case object(Int32)
  }

  /// What a name stands for at present.
  enum Binding {
    case value(Operand)
    case function(Int)
    /// The derivative of a function, as node `index` of the syntax writes it.
    case derivative(Int32)
  }

  /// The program, or a call of one of its functions.
  struct Frame {
    /// An index in ``calls``, or -1.
    var call: Int32
    var function: Int
    var locals: [Int32: Operand] = [:]
    /// In a program that is dynamic, the names of the function and of what is around it.
    var scope: Scope?
    /// The tasks, operands and loops there were when it began.
    var taskCount = 0
    var operandCount = 0
    var loopCount = 0
    var detached = 0
    /// The nodes there were when it began.
    var nodeCount = 0
    /// Whether it is the block of a class.
    var isClass = false
    /// Of a method the class that it belongs to, and what it was called on.
    var owner: ClassObject?
    var receiver = Operand.none
  }

  enum Task {
    case statement(SyntaxTree.Statement)
    /// Computes the node's expression and leaves it with the operands.
    case expression(Int32)
    /// Applies the node to the operands it left.
    case apply(Int32)
    case call(Int32)
    case choose(Int32)
    case shortCut(Int32)
    case truth
    case bind(SyntaxTree.Statement, firstNode: Int)
    case beginNumeric
    case endNumeric
    case leave
    /// Leaves the value of the last operand without its derivative.
    case hold(Int32)
    /// Differentiates the last operands, as call `index` of the syntax wants.
    case differentiate(Int32, Differentiation)
    /// Takes the derivatives of the last operand by `arguments`.
    case derive(Int32, Differentiation, arguments: [Operand])
    /// What programs have that are more than formulas.
    case step(Step)
  }

  init(_ program: Program, _ tape: Tape, _ settings: [InputValue], _ limit: Int) {
    precondition(tape.nodeCount == 0, "a program is recorded on an empty tape")
    self.program = program
    self.tape = tape
    self.limit = limit
    self.settings = Dictionary(settings.map { (program.names.spelled($0.name), $0) }) { _, last in
      last
    }
    globals = [Binding?](repeating: nil, count: program.names.names.count)
    isDynamic = program.tree.isDynamic || settings.contains { $0.array != nil }
    usesTorch = isDynamic && program.usesTorch
    hasFixedArrays = ["jnp", "jax", "tf", "tensorflow"].contains {
      program.names.existing($0) != nil
    }
    listNames = isDynamic ? program.listNames : []
  }

  /// Records the whole program.
  mutating func run() throws(ProgramError) {
    declareSettings()
    for statement in program.tree.statements {
      tasks.append(.statement(statement))
      try work()
    }
    nameOutput()
    if isDynamic { finishDynamic() }
    tape.labels.parameters = autograd.parameters
    tape.labels.end = autograd.end
    tape.labels.passes = passes
    var shown = names
    for (node, name) in shownNames { shown[node] = name }
    tape.labels.names = shown
    tape.labels.spellings = spellings
    tape.labels.conditions = conditions
    tape.labels.decisions = decisions
    tape.labels.scopesOfNames = scopes
    tape.labels.places = tokens.map {
      program.source.place(of: program.range(of: $0).lowerBound)
    }
    if !calls.isEmpty { tape.labels.callOfNode = callOfNode }
    tape.labels.calls = calls
  }

  /// The value of a closed expression.
  mutating func value(of expression: SyntaxTree.Expression) throws(ProgramError) -> Double {
    tasks += [.endNumeric, .expression(expression.root), .beginNumeric]
    try work()
    return number(operands.removeLast())
  }

  /// Makes inputs of the names that the program reads but never assigns.
  private mutating func declareSettings() {
    guard !settings.isEmpty else { return }
    let assigned = Set(
      program.tree.statements.flatMap { program.tree.targets(of: $0).map(\.name) })
    for (index, token) in program.tokens.enumerated() where token.kind == .name {
      guard let setting = settings[program.names[token.payload]], !assigned.contains(token.payload),
        globals[Int(token.payload)] == nil
      else { continue }
      let node = input(setting, Int32(index))
      names[node] = program.names[token.payload]
      globals[Int(token.payload)] = .value(.node(node))
    }
  }

  mutating func work() throws(ProgramError) {
    while let task = tasks.popLast() {
      switch task {
      case .statement(let statement):
        if isDynamic { try beginDynamic(statement) } else { begin(statement) }
      case .expression(let node): try begin(node)
      case .apply(let node): try apply(node)
      case .call(let node): try enter(node)
      case .choose(let node):
        let syntax = program.tree.nodes[Int(node)]
        let holds = number(operands.removeLast()) != 0
        if numeric == 0 { noteDecision(syntax.second, holds) }
        tasks.append(.expression(holds ? syntax.first : syntax.third))
      case .shortCut(let node): finishLogic(node)
      case .truth:
        operands[operands.count - 1] = .truth(number(operands[operands.count - 1]) != 0)
      case .bind(let statement, let firstNode): try bind(statement, firstNode)
      case .beginNumeric: numeric += 1
      case .endNumeric: numeric -= 1
      case .leave: leave()
      case .hold(let token): try hold(token)
      case .differentiate(let call, let what): try differentiate(call, what)
      case .derive(let call, let what, let arguments): try derive(call, what, arguments)
      case .step(let step): try take(step)
      }
    }
  }

  // MARK: Nodes

  /// Notes where a node that was just recorded comes from.
  mutating func note(_ variable: Variable, _ token: Int32) -> UInt32 {
    tokens.append(token)
    writtenWith.append(token)
    callOfNode.append(frames[frames.count - 1].call)
    return variable.index
  }

  mutating func input(_ value: Double, _ spelling: String, _ token: Int32) -> UInt32 {
    var (value, spelling) = (value, spelling)
    if frames.count == 1 || isDynamic {
      if let inputValues, inputs.count < inputValues.count {
        let given = inputValues[inputs.count].number ?? .nan
        if given != value { (value, spelling) = (given, shortestText(given)) }
      }
      inputs.append(UInt32(tape.nodeCount))
    }
    let node = note(tape.input(value), token)
    spellings[node] = spelling
    return node
  }

  /// An input whose value is given from outside the program.
  mutating func input(_ setting: InputValue, _ token: Int32) -> UInt32 {
    guard let array = setting.array else { return input(setting.value, setting.spelling, token) }
    return input(array, setting.spelling, token)
  }

  /// An input that is an array.
  mutating func input(_ array: NumberArray, _ spelling: String, _ token: Int32) -> UInt32 {
    var (array, spelling) = (array, spelling)
    if let inputValues, inputs.count < inputValues.count {
      let given = inputValues[inputs.count]
      if given != array { (array, spelling) = (given, given.programText) }
    }
    inputs.append(UInt32(tape.nodeCount))
    let node = note(tape.input(array), token)
    spellings[node] = spelling
    return node
  }

  /// The number that an operand is; 1 and 0 for what is no number, as it holds in a condition.
  func number(_ operand: Operand) -> Double {
    switch operand {
    case .number(let number, _): return number
    case .node(let node):
      // A condition notes its operands by itself.
      if numeric == 0 { tape.noteRead(node) }
      return tape.number(Int(node))
    case .none: return 0
    case .object(let object):
      return (heap[Int(object)] as? ArrayObject)?.array.number ?? (heap[Int(object)].isTrue ? 1 : 0)
    }
  }

  /// Leaves a literal with the operands: a constant, or its number alone.
  mutating func literal(_ value: Double, _ spelling: String, _ token: Int32) throws(ProgramError) {
    try grow(token)
    if numeric > 0 {
      operands.append(.number(value))
    } else {
      let node = note(tape.constant(value), token)
      spellings[node] = spelling
      operands.append(.node(node))
    }
  }

  /// Records an operator of the table, or computes it alone.
  mutating func record(
    _ row: any Operator.Type, _ values: [Operand], _ token: Int32
  ) throws(ProgramError) {
    if isDynamic, holdArray(values) {
      operands.append(try apply(row, values, token))
      return
    }
    try grow(token)
    if numeric > 0 {
      scratch.reset()
      let variables = values.map { scratch.constant(number($0)) }
      operands.append(.number(row.record(variables).value))
    } else {
      operands += values
      record(row, last: values.count, token)
    }
  }

  /// Records an operator of the table at the last operands.
  mutating func record(_ row: any Operator.Type, last count: Int, _ token: Int32) {
    variables.removeAll(keepingCapacity: true)
    for operand in operands[(operands.count - count)...] {
      guard case .node(let node) = operand else {
        preconditionFailure("a number on no tape has no derivative")
      }
      variables.append(tape.node(Int(node)))
    }
    operands.removeLast(count)
    operands.append(.node(note(recorded(row, variables), token)))
  }

  /// Records an operator of the table, or what is held in its place.
  func recorded(_ row: any Operator.Type, _ operands: [Variable]) -> Variable {
    if let held, held.node == tape.nodeCount { return tape.input(held.value) }
    return row.record(operands)
  }

  /// Counts a node or a call, or a number that conditions and closed expressions compute.
  mutating func grow(_ token: Int32) throws(ProgramError) {
    if numeric > 0 {
      effort += 1
      if effort <= 4 * (limit + program.source.bytes.count) { return }
    } else {
      size += 1
      if size <= limit { return }
    }
    throw failure(
      Mistake(
        code: .tooManyNodes, message: "the program expands to more than \(grouped(limit)) nodes",
        token: token, label: "the limit is reached here",
        help: loopHelp
          ?? (frames.count > 1
            ? "calls are expanded in place; call fewer functions from functions" : nil)))
  }

  mutating func nextOrdinal(of name: Int32) -> Int {
    let ordinal = (ordinals[name] ?? 0) + 1
    ordinals[name] = ordinal
    return ordinal
  }

  /// Ends the recording with a message.
  func failure(_ mistake: Mistake) -> ProgramError {
    var report = Report(program.source)
    report.error(
      mistake.code, mistake.message, at: program.range(of: mistake.token), label: mistake.label,
      help: mistake.help)
    return ProgramError(report.diagnostics)
  }
}
