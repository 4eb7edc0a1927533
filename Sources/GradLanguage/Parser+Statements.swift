extension Parser {
  /// Reads one statement; false after a mistake, which has been reported.
  mutating func readStatementHere() -> Bool {
    // Nearly every statement.
    if token.kind == .name, next.kind == .assign { return readAssignment() }
    if token.kind == .name, next.kind == .dot, isClearing {
      let begin = Int32(tree.targets.count)
      // `w.grad.zero_()` forgets the derivative by one name alone.
      if text(tokens[position + 2]) == "grad" {
        tree.targets.append(.init(name: token.payload, token: Int32(position)))
      }
      add(
        SyntaxTree.Statement(
          kind: .clear, token: Int32(position), targets: begin..<Int32(tree.targets.count)))
      skipStatement()
      return true
    }
    if isLeftOut(), !drawsBesides() {
      readOuterNames()
      readShown()
      return true
    }
    switch token.kind {
    case .mistake, .unclosed: return false
    case .def: return readDefinition()
    case .return: return readReturn()
    case .import, .from: return readImport()
    case .otherKeyword, .if, .else: return readOtherStatement()
    case .otherOperator where text(token) == "@": return readDecorator()
    case .name where isMatch: return readMatch()
    case .name where isCase: return readCase()
    case .name where isFormula: return readFormula()
    case .name where isOfAttribute: return readAttribute()
    default: return readAssignment()
    }
  }

  /// Whether the statement gives a value to an attribute of a name: `x.label = 'x'`.
  private var isOfAttribute: Bool {
    guard next.kind == .dot, position + 3 < tokens.count else { return false }
    return tokens[position + 2].kind == .name && tokens[position + 3].kind == .assign
      && LeftOut.settings.contains(text(tokens[position + 2]))
      && (text(token) != "self" || text(tokens[position + 2]).contains("grad"))
  }

  /// Notes the names of the program that a function assigns: `global x`.
  private mutating func readOuterNames() {
    guard token.kind == .otherKeyword, function != nil,
      text(token) == "global" || text(token) == "nonlocal"
    else { return }
    tree.isDynamic = true
    while !endsStatement(token.kind) {
      let word = token
      if word.kind == .name { function?.outerNames.insert(word.payload) }
      advance()
    }
  }

  /// Reads a name for the figure, or what a parameter is, and leaves out what other attributes are
  /// given.
  private mutating func readAttribute() -> Bool {
    let object = Int32(position)
    let attribute = text(tokens[position + 2])
    let label = tokens[position + 4]
    if attribute == "label" || attribute == "name", label.kind == .string, function == nil,
      endsStatement(tokens[position + 5].kind)
    {
      let name = add(.init(kind: .name, token: object, first: token.payload))
      let value = Int32(tree.values.count)
      tree.values.append(.init(begin: name, root: name))
      add(SyntaxTree.Statement(kind: .label, token: object + 4, values: value..<value + 1))
    } else if attribute == "requires_grad", label.kind == .true || label.kind == .false,
      isKnown(token.payload)
    {
      let name = add(.init(kind: .name, token: object, first: token.payload))
      add(
        statement(
          .mark, object, [.init(begin: name, root: name)], label.kind == .false ? .off : .none))
    } else if attribute == "grad" {
      add(SyntaxTree.Statement(kind: .clear, token: object))
    }
    skipStatement()
    return true
  }

  /// Reads what a program imports; the modules themselves are built in.
  private mutating func readImport() -> Bool {
    let isFrom = token.kind == .from
    advance()
    var path: [Token] = []
    while !endsStatement(token.kind) {
      if token.kind == .name {
        path.append(token)
        origins[token.payload] = text(path[0])
      }
      let isAlias = token.kind == .otherKeyword && text(token) == "as"
      if isAlias, next.kind == .name, let original = path.last {
        // `jr` of `import jax.random as jr` is the module's own name, too.
        if isFrom || text(original) == "random" {
          tree.importedNames[next.payload] = original.payload
        }
        origins[next.payload] = text(path[0])
        tree.modules.insert(next.payload)
        advance()
      } else if !isFrom, token.kind == .name, last.kind != .dot {
        tree.modules.insert(token.payload)
      }
      advance()
    }
    return true
  }
}

/// `1 name`, `2 names`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
