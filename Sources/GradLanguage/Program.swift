public import GradCore

import GradBase

/// A program of the language, read from its text; or the trace of one, as JSON.
///
/// A text that is a JSON object is a trace (``GradCore/TraceDescription``), as no program is. It is
/// drawn and told like a program, but it has one set of numbers only: what runs a program again is refused.
///
/// Reading never fails; what is wrong with the text is thrown, together with all that is wrong with
/// its names and calls, when the program is recorded.
///
/// ```swift
/// let program = Program(Source("lecture.grad", text: "a = 5\nJ = 3 * a"))
/// let (trace, warnings) = try program.trace()
/// ```
public struct Program: Sendable {
  /// The text.
  public let source: Source

  /// The words of the `#:` lines at the head of the text, for the command line.
  package let options: [HeadWord]

  /// The files that it may read.
  let files: ProgramFiles

  /// How long its recording may take; `nil` for as long as the language's limits allow.
  var patience: Patience?

  /// Whether the text is no program, but the trace of one.
  public let isTrace: Bool

  private(set) var tree: SyntaxTree
  /// The words of the text, then those of what is put into its texts.
  let tokens: [Token]
  /// The words of the text in their order.
  let ownTokens: [Token]
  let numbers: [Double]
  let names: NameTable
  let vocabulary: Vocabulary
  /// What is wrong with the text, apart from names and calls.
  let syntax: Report
  /// The number of the name `out`.
  let out: Int32

  /// The program that `source` writes.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - files: The files that it may read; by default none.
  public init(_ source: Source, files: ProgramFiles = .none) {
    Milestone.observer?(.parsed(source.name))
    var source = source
    var fault: Notebook.Fault?
    if source.isNotebook {
      do throws(Notebook.Fault) { source = try Notebook(source).source } catch { fault = error }
    }
    let isTrace = fault == nil && ForeignText.isTrace(source)
    var parser = Parser(isTrace || fault != nil ? Source(source.name, text: "") : source)
    parser.run()
    if let fault {
      parser.report = Report(source)
      parser.report.error(
        .notebook, fault.message, at: fault.offset..<min(fault.offset + 1, source.bytes.count),
        help: fault.help)
    }
    let options = parser.readOptions()
    self.init(source, parser, options: options, isTrace: isTrace, files: files)
  }

  /// What a parser has read.
  init(
    _ source: Source, _ parser: Parser, options: [HeadWord] = [], isTrace: Bool = false,
    files: ProgramFiles = .none
  ) {
    var parser = parser
    self.source = source
    self.options = options
    self.isTrace = isTrace
    self.files = files
    out = parser.names.number(of: "out")
    var tree = parser.tree
    tokens = parser.tokens
    ownTokens =
      tree.interpolations.isEmpty
      ? tokens
      : Array(tokens.prefix { $0.kind != .end }) + tokens.filter { $0.kind == .end }.prefix(1)
    numbers = parser.numbers
    names = parser.names
    vocabulary = Vocabulary(parser.names, parser.tree)
    if !tree.isDynamic { tree.isDynamic = Program.callsArrays(tree, parser.names, vocabulary) }
    self.tree = tree
    syntax = parser.report
    if !tree.isDynamic, source.isPython {
      // What is more than formulas of numbers is known when it runs.
      var checker = Checker(self, [])
      checker.run()
      self.tree.isDynamic = checker.report.hasErrors
    }
  }

  /// The most nodes and calls that a program may expand to, unless another limit is given.
  public static let nodeLimit = 1_000_000

  /// Records the program on an empty tape.
  ///
  /// - Parameters:
  ///   - tape: Where to record; it must be empty.
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to return, or its id in a trace; by default what the program
  ///     differentiates, else the target of the last statement.
  ///   - mayBeArray: Whether the output may be an array, rather than one number.
  ///   - nodeLimit: The most nodes and calls that the program may expand to.
  /// - Returns: The output, and the warnings, which concern the program or its values.
  /// - Throws: All that is wrong with the program; the tape then holds a part of it.
  public func record(
    on tape: Tape, settings: [InputValue] = [], of output: String? = nil,
    mayBeArray: Bool = false, nodeLimit: Int = Program.nodeLimit
  ) throws(ProgramError) -> (output: Variable, warnings: [Diagnostic]) {
    if isTrace { throw needed(for: "recording") }
    let report = try checked(settings)
    var recorder = Recorder(
      self, tape, settings, min(nodeLimit, patience?.nodes ?? nodeLimit))
    try recorder.run()
    let node = try recorder.output(output, mayBeArray: mayBeArray)
    var sum = report
    for warning in recorder.warnings { sum.append(warning) }
    if let warning = recorder.firstNotFinite() { sum.append(warning) }
    if output == nil, let warning = recorder.guessedOutput(node) { sum.append(warning) }
    return (tape.node(Int(node)), sum.sorted)
  }

  /// The trace of the program, and its warnings.
  ///
  /// - Parameters:
  ///   - settings: Values for inputs, and for names that the program reads but never assigns.
  ///   - output: The name of the node to differentiate, or its id in a trace; by default the one that
  ///     the program differentiates, else the target of the last statement.
  ///   - mayBeArray: Whether the output may be an array, whose entries then count alike in the trace's
  ///     derivatives.
  ///   - nodeLimit: The most nodes and calls that the program may expand to.
  /// - Returns: The trace, and the warnings, which concern the program or its values.
  /// - Throws: All that is wrong with the program.
  public func trace(
    settings: [InputValue] = [], of output: String? = nil, mayBeArray: Bool = false,
    nodeLimit: Int = Program.nodeLimit
  ) throws(ProgramError) -> (trace: Trace, warnings: [Diagnostic]) {
    if isTrace { return (try givenTrace(settings, output), []) }
    let tape = Tape()
    let (node, warnings) = try record(
      on: tape, settings: settings, of: output, mayBeArray: mayBeArray, nodeLimit: nodeLimit)
    return (tape.trace(of: node), warnings)
  }

  /// What is wrong with the program as it stands, and the warnings, without recording it.
  public func diagnostics(settings: [InputValue] = []) -> [Diagnostic] {
    if isTrace {
      do throws(ProgramError) { _ = try givenTrace(settings, nil) } catch {
        return error.diagnostics
      }
      return []
    }
    var checker = Checker(self, settings)
    checker.run()
    return checker.report.sorted
  }

  /// The warnings about the program; throws if there are errors.
  func checked(_ settings: [InputValue]) throws(ProgramError) -> Report {
    var checker = Checker(self, settings)
    checker.run()
    if checker.report.hasErrors { throw ProgramError(checker.report.sorted) }
    return checker.report
  }

  func range(of token: Int32) -> Range<Int> { tokens[Int(token)].range }

  func text(of token: Int32) -> String { source.text(range(of: token)) }
}
