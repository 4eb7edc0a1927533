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
  var variables: [Variable] = []
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
  /// The `try` blocks that are running, the innermost last, and what the error at hand is to the program.
  var attempts: [Attempt] = []
  var raisedValue: Operand?
  /// The statements that were run so far.
  var statementCount = 0
  /// Of the first loop whose first pass alone is known, how many passes it has, 0 where that is not known.
  var passes: Int?
  /// Which pass of the loops that train is recorded, and what is asked of it.
  var training = TrainingPass()
  var statementLimit = Recorder.mostStatements
  /// How many steps are left until somebody asks whether the recording may go on.
  var stepsToPatience = Patience.stride
  /// How many blocks around the task at hand are without derivatives.
  var detached = 0
  /// What the parameters of functions have where a call leaves them out.
  var defaults: [Int: [Operand]] = [:]
  /// The weights of layers that are inputs by now.
  var weightNodes: [WeightObject] = []
  var ordinalsOfTexts: [String: Int] = [:]
  /// What functions of the program have for the way back, by their numbers.
  var ownRules: [Int: OwnFunctionObject.Rule] = [:]
  /// The classes of the program, which methods refer to.
  var classes: [ClassObject] = []
  /// Calls that return no number, so that no figure can fold them.
  var dissolved: Set<Int32> = []
  /// The value that the last statement gave a name.
  var lastValue: (value: Operand, token: Int32)?
  /// The random numbers of a program that seeds them: NumPy's, Python's own, and PyTorch's.
  var random: RandomObject?
  var randomOfPython: RandomObject?
  var randomOfTorch: RandomObject?
  /// Whether PyTorch draws numbers of double precision where a call does not say.
  var isDoubleByDefault = false
  /// What the function that is being entered is given by names that are no parameters.
  var optionsAtHand: DictionaryObject?
  /// Of a dictionary of arguments those by names that the program has only as texts.
  var otherOptions: [String: Operand] = [:]
  /// The call that is run, a node of the syntax.
  var callAtHand: Int32 = -1
  /// Arrays that a program of Python wrote as lists, which `+` joins.
  var listNodes: Set<UInt32> = []
  /// Arrays that comparisons made: as indices they choose where they hold.
  var maskNodes: Set<UInt32> = []
  /// What Python knows of the numbers of nodes, of those that somebody asked for or that say it themselves.
  let typesOfNodes = NodeTypes()
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
  /// Whether numbers are NumPy's own, so that only their formulas say how they change.
  let usesNumPyAlone: Bool
  /// Names that the program uses as lists.
  let listNames: Set<Int32>
  /// Warnings that running the program gave.
  var warnings: [Diagnostic] = []

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
    usesNumPyAlone = program.usesNumPyAlone
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
    try addUp()
    nameOutput()
    forgetStale()
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
    tape.labels.places = program.source.places(
      of: tokens.lazy.map { [program] in program.range(of: $0).lowerBound })
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
    while true {
      do throws(ProgramError) { return try workOn() } catch { try handle(error) }
    }
  }

  private mutating func workOn() throws(ProgramError) {
    while let task = tasks.popLast() {
      try checkPatience()
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
