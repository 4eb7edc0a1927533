import GradCore

/// Checks names and calls before anything is recorded, in branches that are not taken and functions
/// that are not called too.
struct Checker {
  let program: Program
  let settings: [String: Setting]
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

  /// What is wanted of a node: a number, a truth, a text; of a method only what it is called on.
  enum Role { case value, condition, text, method, nothing }

  init(_ program: Program, _ settings: [Setting]) {
    self.program = program
    self.settings = Dictionary(settings.map { ($0.name, $0) }) { _, last in last }
    report = program.syntax
    for statement in program.tree.statements {
      for target in program.tree.targets(of: statement) {
        everywhere[target.name] = everywhere[target.name] ?? .value
      }
      if statement.function >= 0 {
        let function = program.tree.functions[Int(statement.function)]
        everywhere[function.name] = .function(Int(statement.function))
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
    var seen = NameMap()
    for (index, statement) in tree.statements.enumerated() {
      for value in tree.values(of: statement) { check(value) }
      if statement.kind == .expression,
        tree.statements[(index + 1)...].contains(where: { $0.kind != .define })
      {
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
    if !report.hasErrors, !tree.statements.contains(where: { $0.kind != .define }) {
      report.error(
        .emptyProgram, "the program computes nothing", at: 0..<0,
        help: "write an assignment, such as y = 2 * 3")
    }
  }

  private mutating func assign(_ name: Int32, _ binding: Binding) {
    if globals[name] == nil { order.append(name) }
    globals[name] = binding
  }

  private mutating func check(_ function: SyntaxTree.Function) {
    for parameter in function.parameters {
      guard let fallback = parameter.fallback else { continue }
      if program.isClosed(fallback, { globals[$0] }) {
        check(fallback)
      } else {
        report.error(
          .badDefinition, "the default of a parameter is a number",
          at: program.range(of: parameter.token))
      }
    }
    locals = Set(function.parameters.map(\.name))
    later = Set(function.body.flatMap { program.tree.targets(of: $0).map(\.name) })
    for statement in function.body {
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

  func lookup(_ name: Int32) -> Binding? {
    if let locals, locals.contains(name) || later.contains(name) { return .value }
    return globals[name] ?? (given.contains(name) ? .value : nil)
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
