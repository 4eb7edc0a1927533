import Testing

@testable import GradLanguage

/// What the parser makes of programs, and how it reads precedence.
@Suite struct TreeCorpusTests {
  @Test(arguments: try Corpus.files("Trees")) func trees(_ file: String) throws {
    try Corpus(Corpus.folder("Trees/\(file)")).check { input in
      let program = Program(Source("case", text: input))
      let wrong = program.syntax.diagnostics.map { "\($0.code): \($0.message)" }
      return (TreeText(program).lines + wrong).joined(separator: "\n")
    }
  }
}

/// A syntax tree as text, one statement a line, operators before their operands.
struct TreeText {
  let program: Program
  var tree: SyntaxTree { program.tree }

  init(_ program: Program) { self.program = program }

  var lines: [String] { tree.statements.flatMap { lines($0, "") } }

  private func lines(_ statement: SyntaxTree.Statement, _ indent: String) -> [String] {
    let values = tree.values(of: statement).map { text($0.root) }.joined(separator: " ")
    switch statement.kind {
    case .expression, .differentiate, .look, .mark, .clear:
      let words = [
        "\(statement.kind)", statement.option == .none ? "" : "\(statement.option)", values,
      ]
      return ["\(indent)(\(words.filter { !$0.isEmpty }.joined(separator: " ")))"]
    case .forget:
      let names = tree.targets(of: statement).map { program.names[$0.name] }
      return ["\(indent)(forget [\(names.joined(separator: " "))])"]
    case .label: return ["\(indent)(label \(values) \(program.text(of: statement.token)))"]
    case .assign:
      let names = tree.targets(of: statement).map { program.names[$0.name] }
      let option = statement.option == .none ? "" : "-\(statement.option)"
      return ["\(indent)(assign\(option) [\(names.joined(separator: " "))] \(values))"]
    case .define:
      let function = tree.functions[Int(statement.function)]
      let parameters = function.parameters.map { parameter in
        let name = program.names[parameter.name]
        return parameter.fallback.map { "\(name)=\(text($0.root))" } ?? name
      }
      let head = "\(indent)(def \(program.names[function.name]) ["
      return [head + parameters.joined(separator: " ") + "]"]
        + function.body.flatMap { lines($0, indent + "  ") }
        + ["\(indent)  (return \(function.result.map { text($0.root) } ?? "?")))"]
    }
  }

  private func text(_ index: Int32) -> String {
    let node = tree.nodes[Int(index)]
    let word = program.text(of: node.token)
    switch node.kind {
    case .number: return program.spelledNumber(node.token)
    case .string, .truth: return word
    case .name: return program.names[node.first]
    case .attribute: return "(. \(text(node.first)) \(program.names[node.second]))"
    case .call, .tuple:
      let arguments = tree.arguments[Int(node.second)..<Int(node.third)].map { argument in
        let value = text(argument.value)
        return argument.keyword < 0 ? value : "\(program.names[argument.keyword])=\(value)"
      }
      let head = node.kind == .call ? ["call", text(node.first)] : ["tuple"]
      return "(\((head + arguments).joined(separator: " ")))"
    default:
      let operands = tree.children(of: index).map(text).joined(separator: " ")
      return "(\(node.kind)\(node.isChained ? "*" : "") \(operands))"
    }
  }
}
