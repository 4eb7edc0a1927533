import GradBase
import GradCore

/// Which case of a `match` a value is.
extension Recorder {
  /// Tries the cases of a `match` from number `first` on.
  mutating func tryCases(
    _ statement: SyntaxTree.Statement, _ value: Operand, from first: Int
  ) throws(ProgramError) {
    let cases = program.tree.blocks[Int(statement.block)]
    for (place, own) in cases.enumerated().dropFirst(first) where own.kind == .case {
      var found: [(name: Int32, value: Operand)] = []
      let pattern = program.tree.cases[Int(own.function)].pattern
      guard try matches(pattern, value, &found, own.token, of: statement) else { continue }
      for (name, value) in found { set(name, value) }
      guard let condition = program.tree.values(of: own).first else { return run(own.block) }
      tasks += [
        .step(.tryCase(statement, value, place)), .endNumeric, .expression(condition.root),
        .beginNumeric,
      ]
      return
    }
  }

  /// Goes on with a case behind its guard.
  mutating func finishCase(
    _ statement: SyntaxTree.Statement, _ value: Operand, _ place: Int
  ) throws(ProgramError) {
    let own = program.tree.blocks[Int(statement.block)][place]
    let holds = number(operands.removeLast()) != 0
    if numeric == 0, let condition = program.tree.values(of: own).first {
      noteDecision(condition.root, holds)
    }
    if holds { run(own.block) } else { try tryCases(statement, value, from: place + 1) }
  }

  /// Whether a value has a pattern; what it gives names is noted.
  private mutating func matches(
    _ pattern: SyntaxTree.Pattern, _ value: Operand, _ found: inout [(name: Int32, value: Operand)],
    _ token: Int32, of statement: SyntaxTree.Statement?
  ) throws(ProgramError) -> Bool {
    switch pattern {
    case .anything: return true
    case .nothing: return value.isNone
    case .star: return true
    case .number(let wanted):
      guard object(value) == nil, !value.isNone, !isArray(value) else { return false }
      let holds = number(value) == wanted
      if case .node = value, let root = statement.flatMap({ program.tree.values(of: $0).first }) {
        noteDecision(root.root, holds, comparedWith: "== \(shortestText(wanted))")
      }
      return holds
    case .text(let word): return (object(value) as? TextObject)?.text == program.plainText(word)
    case .path(let names):
      guard let wanted = try self.value(ofPath: names, token) else { return false }
      return try isEqual(value, wanted, token)
    case .bound(let inner, let name):
      guard try matches(inner, value, &found, token, of: statement) else { return false }
      found.append((name, value))
      return true
    case .either(let patterns):
      for pattern in patterns
      where try matches(pattern, value, &found, token, of: statement) { return true }
      return false
    case .sequence(let patterns):
      guard let list = object(value) as? ListObject, list.kind != .set else { return false }
      return try matchItems(patterns, list.items, &found, token)
    case .mapping(let pairs, let rest):
      guard let dictionary = object(value) as? DictionaryObject else { return false }
      let others = dictionary.copy()
      for (key, pattern) in pairs {
        let word: DictionaryObject.Key
        switch key {
        case .text(let token): word = .text(program.plainText(token))
        case .number(let number): word = .number(number)
        default: return false
        }
        guard let item = dictionary[word], try matches(pattern, item, &found, token, of: nil)
        else { return false }
        others[word] = nil
      }
      if let rest { found.append((rest, make(others))) }
      return true
    case .object(let path, let places, let named):
      return try matchObject(path, places, named, value, &found, token)
    }
  }

  private mutating func matchItems(
    _ patterns: [SyntaxTree.Pattern], _ items: [Operand],
    _ found: inout [(name: Int32, value: Operand)], _ token: Int32
  ) throws(ProgramError) -> Bool {
    let star = patterns.firstIndex(where: \.isStar)
    guard star == nil ? items.count == patterns.count : items.count >= patterns.count - 1 else {
      return false
    }
    let more = items.count - patterns.count
    for (place, pattern) in patterns.enumerated() {
      if place == star {
        guard case .star(let name) = pattern, name >= 0 else { continue }
        found.append((name, make(ListObject(Array(items[place...place + more])))))
      } else {
        let item = items[star.map { place > $0 ? place + more : place } ?? place]
        guard try matches(pattern, item, &found, token, of: nil) else { return false }
      }
    }
    return true
  }

  private mutating func matchObject(
    _ path: [Int32], _ places: [SyntaxTree.Pattern], _ named: [(Int32, SyntaxTree.Pattern)],
    _ value: Operand, _ found: inout [(name: Int32, value: Operand)], _ token: Int32
  ) throws(ProgramError) -> Bool {
    let word = program.names[path[path.count - 1]]
    let type = try self.value(ofPath: path, token) ?? make(WordObject(word))
    guard try isInstance(value, of: type, token) else { return false }
    guard let instance = object(value) as? InstanceObject else {
      // `int(n)` gives what it asks about a name.
      if places.isEmpty, named.isEmpty { return true }
      return places.count == 1 && named.isEmpty
        ? try matches(places[0], value, &found, token, of: nil) : false
    }
    var order = instance.type.fields
    if let name = program.names.existing("__match_args__"),
      let words = instance.type.attribute(name)
    {
      order = try allItems(of: words, token).map { program.names.existing(text(of: $0)) ?? -1 }
    }
    guard places.count <= order.count else {
      throw failure(
        .wrongArguments, "\(quoted(word)) has \(counted(order.count, "place")) for patterns",
        token, help: "__match_args__ names them")
    }
    for (name, pattern) in Array(zip(order, places)) + named {
      guard let own = instance[name] ?? instance.type.attribute(name),
        try matches(pattern, own, &found, token, of: nil)
      else { return false }
    }
    return true
  }

  /// What a path of names stands for; `nil` for a word of the language.
  private mutating func value(ofPath names: [Int32], _ token: Int32) throws(ProgramError)
    -> Operand?
  {
    guard var result = value(of: names[0]) else { return nil }
    for name in names.dropFirst() {
      guard let own = try attribute(name, of: result, token) else { return nil }
      result = own
    }
    return result
  }
}
