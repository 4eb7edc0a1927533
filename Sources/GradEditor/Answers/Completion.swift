import GradCore
import GradLanguage
import GradRequest

/// What may be written at a place.
package struct Completion: Sendable, Equatable {
  /// What stands there already and goes.
  package var range: Range<Int>
  /// What may come.
  package var items: [Item]
  /// Whether there is more, which another letter would bring.
  package var isIncomplete = false

  /// A word that may be written.
  package struct Item: Sendable, Equatable {
    /// The word.
    package var label: String
    /// What it is.
    package var kind: Kind
    /// Beside it: its value, or its formula.
    package var detail: String?
    /// Below it, a line each: the formula and the derivatives.
    package var lines: [String] = []
    /// A sentence below that.
    package var note: String?
    /// Whether brackets come behind it.
    package var isCalled = false
    /// The group it is sorted into: 0 for what the program names.
    package var rank = 0
  }

  /// What a word is.
  package enum Kind: Int, Sendable {
    case function = 3
    case variable = 6
    case `class` = 7
    case module = 9
    case property = 10
    case keyword = 14
    case constant = 21
  }

  /// How many words are given at once.
  static let most = 500
}

extension Analysis {
  /// What may be written at a byte.
  package func completion(at offset: Int, _ numbers: Numbers?) -> Completion {
    let begin = beginOfWord(before: offset)
    let prefix = source.text(begin..<offset)
    var completion = Completion(range: begin..<offset, items: [])
    if let word = program.word(at: begin), word.range.lowerBound < begin {
      switch word.kind {
      case .options: return optionCompletion(at: offset, word)
      case .comment: return completion
      case .string where word.range.upperBound > begin: return completion
      case .number where word.range.upperBound >= begin: return completion
      // A text whose end is yet to be written.
      case .mistake where "'\"".utf8.contains(buffer.bytes[word.range.lowerBound]):
        return completion
      default: break
      }
    }
    if prefix.first?.isNumber == true { return completion }
    let before = program.lastWord(before: begin)
    let text = before.map { source.text($0.range) }
    if text == "def" || text == "class" { return completion }
    if text == "." {
      completion.items = afterDot(before?.range.lowerBound ?? begin)
    } else {
      completion.items = names(from: scopes.scope(at: begin), at: begin, prefix, numbers)
      let known = Set(completion.items.map(\.label))
      completion.items += Self.functions.filter { !known.contains($0.label) }
      if before == nil || text == ";" || text == ":" { completion.items += Self.beginnings }
      completion.items += Self.inner
    }
    completion.limit(to: prefix)
    return completion
  }

  /// The names that the program knows at a place, with their values; of many those that begin with what is
  /// written.
  private func names(
    from scope: Int, at offset: Int, _ prefix: String, _ numbers: Numbers?
  ) -> [Completion.Item] {
    let line = program.logicalLine(at: offset)
    var visible = scopes.visibleSymbols(from: scope).filter { index in
      let symbol = scopes.symbols[index]
      // What the line itself gives a value has none yet, nor has what comes below it; but a function is
      // called when all of the program is known.
      let limit = symbol.scope == scope ? min(line.lowerBound, offset) : .max
      return symbol.kind == .parameter && symbol.scope > 0
        || symbol.definitions.contains { scopes.occurrences[$0].range.lowerBound < limit }
    }
    if visible.count > Completion.most {
      let begun = prefix.lowercased()
      visible = visible.filter { scopes.symbols[$0].name.lowercased().hasPrefix(begun) }
    }
    visible.sort { scopes.symbols[$0].name < scopes.symbols[$1].name }
    return visible.prefix(Completion.most + 1).map { index in
      let symbol = scopes.symbols[index]
      switch symbol.kind {
      case .function:
        return .init(
          label: symbol.name, kind: .function, detail: signature(of: symbol), isCalled: true)
      case .class: return .init(label: symbol.name, kind: .class, isCalled: true)
      case .module: return .init(label: symbol.name, kind: .module)
      case .parameter: return .init(label: symbol.name, kind: .variable, detail: "parameter")
      case .value:
        let node = numbers.flatMap { numbers in
          symbol.definitions.last.flatMap {
            numbers.nodes(at: scopes.occurrences[$0].range.lowerBound).last
          }
        }
        let detail = node.flatMap { node in numbers.map { "= \($0.value(node))" } }
        return .init(label: symbol.name, kind: .variable, detail: detail)
      }
    }
  }

  /// The functions of a module, or of the value before the dot.
  private func afterDot(_ dot: Int) -> [Completion.Item] {
    let begin = beginOfWord(before: dot)
    let owner = source.text(begin..<dot)
    let symbol = scopes.occurrence(at: begin).flatMap { scopes.occurrences[$0].symbol }
    let isModule =
      symbol.map { scopes.symbols[$0].kind == .module }
      ?? { if case .module? = KnownName(owner) { true } else { false } }()
    if isModule {
      return Self.functions
        + KnownName.constants.map { Completion.Item(label: $0, kind: .constant, rank: 2) }
        + KnownName.wrappers.map {
          Completion.Item(label: $0, kind: .function, isCalled: true, rank: 3)
        }
    }
    // A method has what it is called on as its first operand.
    return Self.functions.compactMap { item in
      guard case .function(let row)? = KnownName(item.label), row.operands.count == 1,
        row.condition == nil
      else { return nil }
      return item
    }
  }

  /// The functions of the operator table.
  private static let functions: [Completion.Item] = KnownName.functions.compactMap { name in
    guard case .function(let row)? = KnownName(name) else { return nil }
    let lines = row.lines(as: name)
    return .init(
      label: name, kind: .function, detail: row.formula, lines: lines,
      note: row.note(besides: name),
      isCalled: true, rank: 1)
  }

  private static let beginnings: [Completion.Item] =
    ["def", "for", "if", "return", "while", "import", "from", "class", "elif", "else"].map {
      .init(label: $0, kind: .keyword, rank: 4)
    }

  private static let inner: [Completion.Item] =
    ["and", "or", "not", "if", "else", "in", "lambda", "True", "False", "None"].map {
      .init(label: $0, kind: .keyword, rank: 5)
    }
    + KnownName.constants.map { .init(label: $0, kind: .constant, rank: 3) }
    + KnownName.words.map { .init(label: $0, kind: .function, isCalled: true, rank: 3) }
    + KnownName.modules.map { .init(label: $0, kind: .module, rank: 6) }
}

extension Completion {
  /// Leaves what begins with the letters that are written, and at most as many as are given at once.
  mutating func limit(to prefix: String) {
    var seen: Set<String> = []
    items = items.filter { seen.insert($0.label).inserted }
    if items.count <= Self.most { return }
    let begun = prefix.lowercased()
    items = items.filter { $0.label.lowercased().hasPrefix(begun) }
    if items.count > Self.most {
      isIncomplete = true
      items = Array(items.prefix(Self.most))
    }
  }
}
