import GradBase
import GradCore

/// Errors that the program makes and catches itself.
extension Recorder {
  /// A `try` whose block is running, with what there was when it began.
  struct Attempt {
    var statement: SyntaxTree.Statement
    var taskCount: Int
    var operandCount: Int
    var frameCount: Int
    var loopCount: Int
    var comprehensionCount: Int
    var resolutionCount: Int
    var numeric: Int
    var detached: Int
    var scope: Scope?
    /// Whether one of its handlers is running, so that `finally` alone is left of it.
    var isHandling = false
  }

  /// What an object of the program is as an error: the names of its class and of those above it.
  private func kinds(of value: Operand) -> [String] {
    switch object(value) {
    case let error as ErrorObject: return PythonError.kinds(of: error.name)
    case let word as WordObject: return PythonError.kinds(of: word.name)
    case let instance as InstanceObject: return kinds(ofClass: instance.type)
    case let type as ClassObject: return kinds(ofClass: type)
    default: return ["Exception", "BaseException"]
    }
  }

  private func kinds(ofClass type: ClassObject) -> [String] {
    var names: [String] = []
    var pending = [type]
    while let next = pending.popLast() {
      names.append(next.name)
      names += next.errorBase.map { PythonError.kinds(of: $0) } ?? []
      pending += next.bases
    }
    return names
  }

  /// Begins a `try`.
  mutating func attempt(_ statement: SyntaxTree.Statement) {
    push(attempt: statement, isHandling: false)
    tasks.append(.step(.endAttempt))
    run(statement.block)
  }

  private mutating func push(attempt statement: SyntaxTree.Statement, isHandling: Bool) {
    attempts.append(
      Attempt(
        statement: statement, taskCount: tasks.count, operandCount: operands.count,
        frameCount: frames.count, loopCount: loops.count, comprehensionCount: comprehensions.count,
        resolutionCount: resolutions.count, numeric: numeric, detached: detached,
        scope: frames[frames.count - 1].scope, isHandling: isHandling))
  }

  /// Ends a `try` whose block, or one of whose handlers, ran to its end.
  mutating func endAttempt() {
    let attempt = attempts.removeLast()
    run(program.tree.attempts[Int(attempt.statement.function)].finally)
    if !attempt.isHandling { run(attempt.statement.otherwise) }
  }

  /// Leaves every `try` that a jump ends, and runs what each has to do at last.
  mutating func leaveAttempts(downTo count: Int) {
    while let attempt = attempts.last, attempt.taskCount >= count {
      attempts.removeLast()
      run(program.tree.attempts[Int(attempt.statement.function)].finally)
    }
  }

  /// Throws an error of the program: `raise ValueError(…)`.
  mutating func raised(_ value: Operand?, _ token: Int32) -> ProgramError {
    var error = failure(
      .raised, "the program ends with an error of its own here", token,
      help: "the conditions above lead here with these inputs")
    error.kinds = value.map(kinds(of:)) ?? ["Exception", "BaseException"]
    raisedValue = value
    return error
  }

  /// Goes on where an error is caught.
  ///
  /// - Throws: The error, where no `try` around it catches it.
  mutating func handle(_ error: ProgramError) throws(ProgramError) {
    while let attempt = attempts.popLast() {
      let syntax = program.tree.attempts[Int(attempt.statement.function)]
      let handler = attempt.isHandling ? nil : syntax.handlers.first { catches($0, error) }
      guard handler != nil || syntax.finally >= 0 && !error.kinds.isEmpty else { continue }
      unwind(to: attempt)
      guard let handler else {
        tasks.append(.step(.rethrow(error)))
        return run(syntax.finally)
      }
      defer { raisedValue = nil }
      push(attempt: attempt.statement, isHandling: true)
      tasks.append(.step(.endAttempt))
      if handler.name >= 0 {
        set(
          handler.name,
          raisedValue ?? make(ErrorObject(error.kinds.first ?? "Exception", [])))
      }
      return run(handler.block)
    }
    throw error
  }

  private func catches(_ handler: SyntaxTree.Handler, _ error: ProgramError) -> Bool {
    if error.kinds.isEmpty { return false }
    if handler.types.isEmpty { return true }
    return handler.types.contains { error.kinds.contains(program.names[$0]) }
  }

  private mutating func unwind(to attempt: Attempt) {
    tasks.removeLast(tasks.count - attempt.taskCount)
    operands.removeLast(operands.count - attempt.operandCount)
    for frame in frames[attempt.frameCount...] where frame.call >= 0 {
      dissolved.insert(frame.call)
    }
    frames.removeLast(frames.count - attempt.frameCount)
    frames[frames.count - 1].scope = attempt.scope
    loops.removeLast(loops.count - attempt.loopCount)
    comprehensions.removeLast(comprehensions.count - attempt.comprehensionCount)
    resolutions.removeLast(resolutions.count - attempt.resolutionCount)
    (numeric, detached) = (attempt.numeric, attempt.detached)
  }

  /// Refuses to divide by 0 where the program waits for that.
  func checkDivisor(_ y: Operand, _ token: Int32) throws(ProgramError) {
    guard !attempts.isEmpty, shape(of: y) == [], number(y) == 0, !usesTorch else { return }
    throw dividedByZero("division by 0", token)
  }

  func dividedByZero(_ message: String, _ token: Int32) -> ProgramError {
    var error = failure(.raised, message, token)
    error.kinds = PythonError.kinds(of: "ZeroDivisionError")
    return error
  }

  // MARK: Managed blocks

  /// Enters a block of `with`, whose manager is the last operand.
  mutating func enterManaged(_ statement: SyntaxTree.Statement) throws(ProgramError) {
    let manager = operands.removeLast()
    tasks += [.step(.exitManaged(manager, statement.token)), .step(.block(statement.block))]
    if let target = program.tree.targets(of: statement).first {
      tasks.append(.step(.giveTo(target)))
    } else {
      tasks.append(.step(.discard))
    }
    if try !callSpecial("__enter__", of: manager, [], statement.token) { operands.append(manager) }
  }

  mutating func exitManaged(_ manager: Operand, _ token: Int32) throws(ProgramError) {
    tasks.append(.step(.discard))
    let nothing = [Operand](repeating: .none, count: 3)
    if try !callSpecial("__exit__", of: manager, nothing, token) { operands.append(.none) }
  }
}

/// The errors of Python that programs name, with those that each is a kind of.
enum PythonError {
  /// The error above each.
  static let bases: [String: String] = [
    "BaseException": "object", "Exception": "BaseException", "ArithmeticError": "Exception",
    "ZeroDivisionError": "ArithmeticError", "OverflowError": "ArithmeticError",
    "FloatingPointError": "ArithmeticError", "AssertionError": "Exception",
    "AttributeError": "Exception", "ImportError": "Exception",
    "ModuleNotFoundError": "ImportError", "LookupError": "Exception", "IndexError": "LookupError",
    "KeyError": "LookupError", "NameError": "Exception", "OSError": "Exception",
    "FileNotFoundError": "OSError", "IOError": "OSError", "RuntimeError": "Exception",
    "NotImplementedError": "RuntimeError", "RecursionError": "RuntimeError",
    "StopIteration": "Exception", "TypeError": "Exception", "ValueError": "Exception",
    "LinAlgError": "ValueError", "KeyboardInterrupt": "BaseException", "Warning": "Exception",
    "UserWarning": "Warning",
  ]

  /// An error's name and those of the errors that it is a kind of.
  static func kinds(of name: String) -> [String] {
    var kinds = [name]
    while let base = bases[kinds[kinds.count - 1]], base != "object" { kinds.append(base) }
    return kinds
  }

  /// What Python raises where this library has a message of its own; nothing for what it does not do.
  static func kinds(ofCode code: String) -> [String] {
    switch Code(rawValue: code) {
    case .missingKey: kinds(of: "KeyError")
    // `index` and `remove` of a list call it otherwise.
    case .indexOutOfRange: kinds(of: "IndexError") + ["ValueError"]
    case .tupleCount: kinds(of: "ValueError")
    case .callsTooDeep: kinds(of: "RecursionError")
    case .file: kinds(of: "FileNotFoundError") + ["IOError"]
    default: []
    }
  }
}

/// An error that the program makes: `ValueError("too large")`.
final class ErrorObject: Object {
  let name: String
  let arguments: [Recorder.Operand]

  init(_ name: String, _ arguments: [Recorder.Operand]) {
    (self.name, self.arguments) = (name, arguments)
  }

  override var description: String { "an error" }
}
