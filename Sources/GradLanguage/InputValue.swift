import GradBase
public import GradCore

/// A value given to a name from outside the program: `--set b=3.001`.
public struct InputValue: Sendable, Equatable {
  /// The name.
  public var name: String
  /// Its value; NaN for an array.
  public var value: Double
  /// Its value, if it is an array.
  public var array: NumberArray?
  /// The value as it was written.
  public var spelling: String

  /// A value for `name`.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
    spelling = shortestText(value)
  }

  /// An array for `name`, which was read from a file.
  public init(_ name: String, _ array: NumberArray, from file: String) {
    self.name = name
    (value, self.array) = (.nan, array)
    spelling = "@\(file)"
  }

  init(name: String, value: Double, spelling: String) {
    self.name = name
    self.value = value
    self.spelling = spelling
  }

  /// The settings that a text such as `a=5, b=1/3` writes; each value is a closed expression.
  ///
  /// - Parameter source: The text, with the name that messages give it, such as `--set`.
  /// - Returns: The settings in the order written.
  /// - Throws: All that is wrong with the text.
  public static func parse(_ source: Source) throws(ProgramError) -> [InputValue] {
    var parser = Parser(source)
    let parts = parser.readSettings()
    guard !parser.report.hasErrors else { throw ProgramError(parser.report.sorted) }
    let program = Program(parser.source, parser)
    var checker = Checker(program, [])
    for part in parts { checker.check(part.expression) }
    for part in parts where !program.isClosed(part.expression, { _ in nil }) {
      // What is undefined has been reported by its name.
      guard !checker.report.hasErrors else { break }
      checker.report.error(
        .invalidSetting, "a setting is a number", at: program.range(of: part.token))
    }
    guard !checker.report.hasErrors else { throw ProgramError(checker.report.sorted) }
    var recorder = Recorder(program, Tape(), [], Program.nodeLimit)
    var settings: [InputValue] = []
    for part in parts {
      settings.append(
        InputValue(
          name: program.names[part.name], value: try recorder.value(of: part.expression),
          spelling: program.spelling(of: part.expression.root)))
    }
    return settings
  }
}

extension Parser {
  /// Reads `name=expression`, several with commas between.
  fileprivate mutating func readSettings() -> [(
    name: Int32, token: Int32, expression: SyntaxTree.Expression
  )] {
    var parts: [(name: Int32, token: Int32, expression: SyntaxTree.Expression)] = []
    while true {
      guard token.kind == .name, next.kind == .assign else {
        if token.kind != .mistake, token.kind != .unclosed {
          report.error(
            .invalidSetting, "a setting is written NAME=VALUE", at: token.range,
            help: "for instance b=3.001, or a=5,b=1/3")
        }
        return parts
      }
      let (name, place) = (token.payload, Int32(position))
      advance()
      advance()
      if token.kind == .otherOperator, text(token) == "@" {
        report.error(
          .invalidSetting, "a file of numbers is named on the command line alone", at: token.range,
          help: "--set \(names[name])=@data.npy there")
        return parts
      }
      guard let expression = readExpression() else { return parts }
      parts.append((name, place, expression))
      if token.kind == .comma || token.kind == .semicolon {
        advance()
        continue
      }
      if token.kind == .newline, next.kind == .end { return parts }
      _ = unexpected()
      return parts
    }
  }
}
