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
    case .break, .continue, .raise, .delete: return ["\(indent)(\(statement.kind))"]
    case .text:
      let names = tree.targets(of: statement).map { program.names[$0.name] }
      return ["\(indent)(text [\(names.joined(separator: " "))])"]
    case .return, .yield: return ["\(indent)(\(statement.kind) \(values))"]
    case .class:
      let type = tree.classes[Int(statement.function)]
      return ["\(indent)(class \(program.names[type.name]))"] + block(type.body, indent)
    case .while, .for, .if, .detached, .attempt, .manage, .match, .case:
      let names = tree.targets(of: statement).map(target)
      let option = statement.option == .none ? "" : "-\(statement.option)"
      let words = ["\(statement.kind)\(option)"] + names + [values].filter { !$0.isEmpty }
      let head = "\(indent)(\(words.joined(separator: " ")))"
      let otherwise =
        statement.otherwise < 0
        ? [] : ["\(indent)(else)"] + block(statement.otherwise, indent)
      return [head] + block(statement.block, indent) + otherwise
    case .forget:
      let names = tree.targets(of: statement).map { program.names[$0.name] }
      return ["\(indent)(forget [\(names.joined(separator: " "))])"]
    case .label: return ["\(indent)(label \(values) \(program.text(of: statement.token)))"]
    case .assign:
      let names = tree.targets(of: statement).map(target)
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

  private func block(_ number: Int32, _ indent: String) -> [String] {
    number < 0 ? [] : tree.blocks[Int(number)].flatMap { lines($0, indent + "  ") }
  }

  private func target(_ target: SyntaxTree.Target) -> String {
    target.node < 0 ? program.names[target.name] : text(target.node)
  }

  private func text(_ index: Int32) -> String {
    let node = tree.nodes[Int(index)]
    let word = program.text(of: node.token)
    switch node.kind {
    case .number: return program.spelledNumber(node.token)
    case .string, .truth: return word
    case .name: return program.names[node.first]
    case .attribute: return "(. \(text(node.first)) \(program.names[node.second]))"
    case .none: return "None"
    case .ellipsis: return "..."
    case .slice:
      let parts = [node.first, node.second, node.third].map { $0 < 0 ? "_" : text($0) }
      return "(slice \(parts.joined(separator: " ")))"
    case .lambda:
      let function = tree.functions[Int(node.first)]
      let names = function.parameters.map { program.names[$0.name] }.joined(separator: " ")
      return "(lambda [\(names)] \(function.result.map { text($0.root) } ?? "?"))"
    case .comprehension:
      let comprehension = tree.comprehensions[Int(node.first)]
      let key = comprehension.key < 0 ? "" : "\(text(comprehension.key)): "
      let clauses = comprehension.clauses.map { clause in
        let conditions = clause.conditions.map { " (if \(text($0)))" }.joined()
        return " (for \(text(clause.target)) \(text(clause.items))\(conditions))"
      }
      return "(comprehension \(key)\(text(comprehension.element))\(clauses.joined()))"
    case .call, .tuple, .list, .dictionary, .subscript:
      let arguments = tree.arguments[Int(node.second)..<Int(node.third)].map { argument in
        let value = text(argument.value)
        return argument.keyword < 0 ? value : "\(program.names[argument.keyword])=\(value)"
      }
      let hasOwner = node.kind == .call || node.kind == .subscript
      let head = ["\(node.kind)"] + (hasOwner ? [text(node.first)] : [])
      return "(\((head + arguments).joined(separator: " ")))"
    default:
      let operands = tree.children(of: index).map(text).joined(separator: " ")
      return "(\(node.kind)\(node.isChained ? "*" : "") \(operands))"
    }
  }
}
