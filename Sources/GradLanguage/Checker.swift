import GradCore

/// Checks names and calls before anything is recorded, in branches that are not taken and functions
/// that are not called too.
struct Checker {
  let program: Program
  let settings: [String: InputValue]
  var report: Report

  /// What the names of the program stand for so far.
  var globals = NameMap()
  /// The same in the order they were first assigned, for hints.
  var order: [Int32] = []
  /// Every name that the program assigns or defines anywhere.
  var everywhere = NameMap()
  /// In the body of a function: its parameters and the names assigned so far.
  var locals: Set<Int32>?
  /// The names that the function assigns somewhere.
  var later: Set<Int32> = []
  var undefined: Set<Int32> = []
  /// Names that nothing assigns and a setting gives.
  private(set) var given: Set<Int32> = []
  var readGiven: Set<Int32> = []
  /// Which functions the one being checked calls, by name.
  var called: [Int32: Int32] = [:]
  /// What is wanted of each node of the expression being checked.
  var roles: [Role] = []
  /// Names whose statements were wrong; what follows from that is not said again.
  var tainted: Set<Int32> = []
  /// Names whose newest values are made of derivatives; statements that read them are left out.
  private var forgotten: Set<Int32> = []
  /// What chains of attributes begin with.
  var attributes = ChainBases()
  /// What chains of attributes and calls begin with.
  var callees = ChainBases()
  /// What chains of words for modules begin with.
  var modules = ChainBases()

  /// What is wanted of a node: a number, a truth, a text; of a method only what it is called on; of a list
  /// only its parts; that its names are known and no more.
  enum Role { case value, condition, text, method, list, anything, nothing }

  /// Whether the program differentiates, so that derivatives can be read.
  let isDifferentiated: Bool

  init(_ program: Program, _ settings: [InputValue]) {
    self.program = program
    self.settings = Dictionary(settings.map { (program.names.spelled($0.name), $0) }) { _, last in
      last
    }
    report = program.syntax
    let bodies = program.tree.functions.map(\.body)
    isDifferentiated = ([program.tree.statements] + bodies).joined().contains {
      $0.kind == .differentiate
    }
    // A text is no number, and what it is given to is none here.
    for statement in program.tree.statements where statement.kind != .text {
      for target in program.tree.targets(of: statement) where target.name >= 0 {
        everywhere[target.name] = everywhere[target.name] ?? .value
      }
      if statement.kind == .define {
        let function = program.tree.functions[Int(statement.function)]
        if function.name >= 0 { everywhere[function.name] = .function(Int(statement.function)) }
      }
    }
    for setting in settings {
      if let name = program.names.existing(setting.name), everywhere[name] == nil {
        given.insert(name)
      }
    }
  }

  /// Checks the whole program.
  mutating func run() {
    let tree = program.tree
    if tree.isDynamic { return runDynamic() }
    let lastComputed = tree.statements.lastIndex { $0.kind.isComputed } ?? -1
    var seen = NameMap()
    for (index, statement) in tree.statements.enumerated() where statement.kind != .text {
      if statement.kind == .forget || !forgotten.isEmpty && tree.reads(statement, forgotten) {
        forgotten.formUnion(tree.targets(of: statement).map(\.name))
        continue
      }
      if let target = tree.targets(of: statement).first, let node = derivative(statement) {
        seen[target.name] = .value
        everywhere[target.name] = .derivative(node)
        assign(target.name, .derivative(node))
        continue
      }
      let errors = report.errorCount
      for value in tree.values(of: statement) { check(value) }
      if report.errorCount > 0, report.errorCount > errors || readsTainted(statement) {
        tainted.formUnion(tree.targets(of: statement).map(\.name))
      }
      if !forgotten.isEmpty, statement.kind != .clear {
        forgotten.subtract(tree.targets(of: statement).map(\.name))
      }
      if statement.kind == .expression, index < lastComputed, !isName(statement) {
        report.warning(
          .noEffect, "the expression has no effect", at: program.range(of: statement.token),
          help: "give it a name: y = …")
      }
      for (position, target) in tree.targets(of: statement).enumerated() {
        if seen[target.name] == nil { checkSetting(target, statement, position) }
        seen[target.name] = .value
        assign(target.name, .value)
      }
      if statement.kind == .define {
        let name = tree.functions[Int(statement.function)].name
        seen[name] = .value
        assign(name, .function(Int(statement.function)))
      }
    }
    globals = everywhere
    var calls: [Int32: [Int32: Int32]] = [:]
    for function in tree.functions where !function.isBroken {
      called = [:]
      check(function)
      calls[function.name, default: [:]].merge(called) { first, _ in first }
    }
    checkRecursion(calls)
    checkSettingsAreRead()
    if !report.hasErrors { warnOfUnusedFormulas() }
    if !report.hasErrors, lastComputed < 0 {
      report.error(
        .emptyProgram, "the program computes nothing", at: 0..<0,
        help: "write an assignment, such as y = 2 * 3")
    }
  }

  /// Whether a statement reads a name whose own statement was wrong.
  private func readsTainted(_ statement: SyntaxTree.Statement) -> Bool {
    program.tree.reads(statement, tainted) || program.tree.reads(statement, program.tree.poisoned)
  }

  /// Warns of functions that are written as mathematics does and are not drawn, as nothing calls them.
  private mutating func warnOfUnusedFormulas() {
    if !program.tree.functions.contains(where: \.isFormula) { return }
    var mentions = [Int](repeating: 0, count: program.names.names.count)
    for token in program.tokens where token.kind == .name { mentions[Int(token.payload)] += 1 }
    for function in program.tree.functions
    where function.isFormula && mentions[Int(function.name)] == 1 {
      let name = program.names[function.name].prefix(40)
      report.warning(
        .noEffect, "\(quoted(program.names[function.name])) is a function and is never called",
        at: program.range(of: function.token), help: "write y = \(name)(x)")
    }
  }

  /// Whether a statement is a name alone, which notebooks show.
  private func isName(_ statement: SyntaxTree.Statement) -> Bool {
    program.tree.values(of: statement).allSatisfy {
      program.tree.nodes[Int($0.root)].kind == .name
    }
  }

  /// The syntax of the derivative of a function that a statement gives a name: `df = jax.grad(f)`.
  private mutating func derivative(_ statement: SyntaxTree.Statement) -> Int32? {
    guard statement.kind == .assign, let value = program.tree.values(of: statement).first,
      program.tree.nodes[Int(value.root)].kind == .call,
      program.callsGradient(value.root),
      program.derivative(ofFunction: value.root, { [visible] in visible.binding($0) }) != nil
    else { return nil }
    return value.root
  }

  private mutating func assign(_ name: Int32, _ binding: Binding) {
    if globals[name] == nil { order.append(name) }
    globals[name] = binding
  }

  private mutating func check(_ function: SyntaxTree.Function) {
    for parameter in function.parameters {
      guard let fallback = parameter.fallback else { continue }
      if program.isClosed(fallback, { [globals] in globals[$0] }) {
        check(fallback)
      } else {
        report.error(
          .badDefinition, "the default of a parameter is a number",
          at: program.range(of: parameter.token))
      }
    }
    locals = Set(function.parameters.map(\.name))
    let body = function.body.filter { $0.kind != .text }
    later = Set(body.flatMap { program.tree.targets(of: $0).map(\.name) })
    for statement in body {
      for value in program.tree.values(of: statement) { check(value) }
      if statement.kind == .expression {
        report.warning(
          .noEffect, "the expression has no effect", at: program.range(of: statement.token),
          help: "'return' gives a value back")
      }
      for target in program.tree.targets(of: statement) { locals?.insert(target.name) }
    }
    if let result = function.result { check(result) }
    locals = nil
    later = []
  }

  func lookup(_ name: Int32) -> Binding? { visible.binding(name) }

  /// What names stand for at present.
  ///
  /// A closure that takes the checker itself copies all of it at every call.
  var visible: VisibleNames {
    VisibleNames(globals: globals, locals: locals, later: later, given: given)
  }

  /// The names of the function that is checked, of the program, and of settings.
  struct VisibleNames {
    let globals: NameMap
    let locals: Set<Int32>?
    let later: Set<Int32>
    let given: Set<Int32>

    /// What a name stands for; `nil` if nothing.
    func binding(_ name: Int32) -> Binding? {
      if let locals, locals.contains(name) || later.contains(name) { return .value }
      return globals[name] ?? (given.contains(name) ? .value : nil)
    }
  }
}

/// What names stand for, by their numbers.
struct NameMap {
  private var bindings: [Binding?] = []

  subscript(name: Int32) -> Binding? {
    get { Int(name) < bindings.count ? bindings[Int(name)] : nil }
    set {
      while bindings.count <= Int(name) { bindings.append(nil) }
      bindings[Int(name)] = newValue
    }
  }
}
