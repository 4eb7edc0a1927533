/// Reads scopes and names from the words of a text, statement by statement.
struct ScopeReader {
  let program: Program
  let tokens: [Token]
  var scopes: [NameScopes.Scope]
  var symbols: [NameScopes.Symbol] = []
  var occurrences: [NameScopes.Occurrence] = []
  /// The scope at hand.
  var scope = 0
  /// For each bracket the word that closes it.
  private var closing: [Int: Int] = [:]
  /// The brackets that hold a comprehension: `for` stands right in them.
  private var comprehensions: Set<Int> = []
  /// What the next indented block is the body of.
  private var pendingBlock: Int?
  /// For each indented block the scope around it, and the one that ends with it.
  private var blocks: [(outer: Int, own: Int?)] = []

  init(_ program: Program) {
    self.program = program
    tokens = program.tokens
    scopes = [
      NameScopes.Scope(kind: .program, parent: nil, range: 0..<program.source.bytes.count)
    ]
    matchBrackets()
  }

  private mutating func matchBrackets() {
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .open, .openSquare, .openBrace: open.append(index)
      case .close, .closeSquare, .closeBrace:
        if let begin = open.popLast() { closing[begin] = index }
      case .unclosed, .newline:
        for begin in open { closing[begin] = index }
        open = []
      case .otherKeyword:
        if let bracket = open.last, word(index) == "for" { comprehensions.insert(bracket) }
      default: break
      }
    }
  }

  func word(_ index: Int) -> String { program.text(of: Int32(index)) }

  func isWord(_ index: Int, _ text: StaticString) -> Bool {
    let range = tokens[index].range
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { program.source.bytes[range].elementsEqual($0) }
  }

  mutating func run() {
    var index = 0
    while tokens[index].kind != .end {
      switch tokens[index].kind {
      case .newline, .semicolon: index += 1
      case .indent:
        blocks.append((scope, pendingBlock))
        if let pendingBlock { scope = pendingBlock }
        pendingBlock = nil
        index += 1
      case .dedent:
        if let block = blocks.popLast() {
          if let own = block.own { close(own, at: index) }
          scope = block.outer
        }
        index += 1
      default:
        pendingBlock = nil
        var end = index
        while !endsStatement(tokens[end].kind) { end += 1 }
        readStatement(index..<end)
        index = end
      }
    }
    while let block = blocks.popLast() {
      if let own = block.own { close(own, at: tokens.count - 1) }
    }
  }

  private func endsStatement(_ kind: Token.Kind) -> Bool {
    kind == .newline || kind == .semicolon || kind == .end || kind == .indent || kind == .dedent
  }

  /// Ends a scope with the last word before `index`.
  private mutating func close(_ scope: Int, at index: Int) {
    var last = index - 1
    while last > 0, tokens[last].end == tokens[last].start || tokens[last].kind == .newline {
      last -= 1
    }
    let begin = scopes[scope].range.lowerBound
    scopes[scope].range = begin..<max(begin, Int(tokens[max(last, 0)].end))
  }

  // MARK: Statements

  private mutating func readStatement(_ range: Range<Int>) {
    let first = range.lowerBound
    switch tokens[first].kind {
    case .def: readFunction(range)
    case .import: readImport(range)
    case .from: readFrom(range)
    case .if: readHead(range, targets: nil)
    case .else: readHead(range, targets: nil)
    case .return: readExpression(first + 1..<range.upperBound)
    case .otherKeyword:
      switch word(first) {
      case "class": readClass(range)
      case "async" where first + 1 < range.upperBound:
        readStatement(first + 1..<range.upperBound)
      case "for":
        var end = first + 1
        while end < range.upperBound, !(tokens[end].kind == .otherKeyword && isWord(end, "in")) {
          end += 1
        }
        readHead(range, targets: first + 1..<end)
      case "global", "nonlocal":
        for index in first + 1..<range.upperBound where tokens[index].kind == .name {
          if isWord(first, "global") { scopes[scope].outer.insert(tokens[index].payload) }
          refer(index)
        }
      case "with", "except", "while", "elif", "try", "finally": readHead(range, targets: nil)
      default: readExpression(first + 1..<range.upperBound)
      }
    default: readAssignment(range)
    }
  }

  /// Reads what begins a block, and what stands behind its colon.
  private mutating func readHead(_ range: Range<Int>, targets: Range<Int>?) {
    if let targets { readTargets(targets) }
    let first = targets?.upperBound ?? range.lowerBound + 1
    let colon = find(.colon, in: first..<range.upperBound) ?? range.upperBound
    var begin = first
    var index = first
    // `with open(x) as f`
    while index < colon {
      if tokens[index].kind == .otherKeyword, isWord(index, "as") {
        readExpression(begin..<index)
        var end = index + 1
        while end < colon, tokens[end].kind != .comma { end += 1 }
        readTargets(index + 1..<end)
        begin = end
        index = end
      } else {
        index += 1
      }
    }
    readExpression(begin..<colon)
    if colon + 1 < range.upperBound { readStatement(colon + 1..<range.upperBound) }
  }

  private mutating func readFunction(_ range: Range<Int>) {
    let name = range.lowerBound + 1
    guard name < range.upperBound, tokens[name].kind == .name else {
      return readExpression(name..<range.upperBound)
    }
    let function = define(name, .function)
    guard name + 1 < range.upperBound, tokens[name + 1].kind == .open else {
      return readExpression(name + 1..<range.upperBound)
    }
    let end = min(closing[name + 1] ?? range.upperBound, range.upperBound)
    let inner = open(.function, at: name + 1, owner: function)
    readParameters(name + 2..<end, of: inner, function)
    let colon = find(.colon, in: end..<range.upperBound) ?? range.upperBound
    readExpression(min(end + 1, colon)..<colon)
    readBody(colon, range, inner)
  }

  private mutating func readClass(_ range: Range<Int>) {
    let name = range.lowerBound + 1
    guard name < range.upperBound, tokens[name].kind == .name else {
      return readExpression(name..<range.upperBound)
    }
    let owner = define(name, .class)
    let colon = find(.colon, in: name..<range.upperBound) ?? range.upperBound
    readExpression(name + 1..<colon)
    readBody(colon, range, open(.class, at: colon, owner: owner))
  }

  /// Reads a body on the line of its head, or waits for the block.
  private mutating func readBody(_ colon: Int, _ range: Range<Int>, _ inner: Int) {
    if colon + 1 >= range.upperBound {
      close(inner, at: range.upperBound)
      // The block may be yet to be written.
      pendingBlock = inner
      return
    }
    let outer = scope
    scope = inner
    readStatement(colon + 1..<range.upperBound)
    scope = outer
    close(inner, at: range.upperBound)
  }

  /// Reads names with their types and defaults, which belong to what is around the function.
  private mutating func readParameters(_ range: Range<Int>, of inner: Int, _ function: Int?) {
    var begin = range.lowerBound
    while begin < range.upperBound {
      var name = begin
      while name < range.upperBound, tokens[name].kind == .star || tokens[name].kind == .power {
        name += 1
      }
      let end = find(.comma, in: begin..<range.upperBound) ?? range.upperBound
      if name < end, tokens[name].kind == .name {
        let outer = scope
        scope = inner
        let parameter = define(name, .parameter)
        scope = outer
        if let function, let parameter { symbols[function].parameters.append(parameter) }
        readExpression(name + 1..<end)
      } else {
        readExpression(begin..<end)
      }
      begin = end + 1
    }
  }

  private mutating func readImport(_ range: Range<Int>) {
    var index = range.lowerBound + 1
    while index < range.upperBound {
      let end = find(.comma, in: index..<range.upperBound) ?? range.upperBound
      if end - index >= 3, tokens[end - 2].kind == .otherKeyword, isWord(end - 2, "as"),
        tokens[end - 1].kind == .name
      {
        define(end - 1, .module)
      } else if index < end, tokens[index].kind == .name {
        let symbol = define(index, .module)
        if let symbol { symbols[symbol].isForeign = true }
      }
      index = end + 1
    }
  }

  private mutating func readFrom(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound, tokens[index].kind != .import { index += 1 }
    index += 1
    while index < range.upperBound {
      let isAlias =
        index + 2 < range.upperBound && tokens[index + 1].kind == .otherKeyword
        && isWord(index + 1, "as")
      if isAlias { index += 2 }
      if tokens[index].kind == .name {
        let symbol = define(index, .module)
        if let symbol, !isAlias { symbols[symbol].isForeign = true }
      }
      index += 1
    }
  }

  private mutating func readAssignment(_ range: Range<Int>) {
    if let end = endOfFormulaHead(range) {
      let function = define(range.lowerBound, .function)
      let inner = open(.function, at: range.lowerBound + 1, owner: function)
      readParameters(range.lowerBound + 2..<end, of: inner, function)
      let outer = scope
      scope = inner
      readExpression(end + 2..<range.upperBound)
      scope = outer
      return close(inner, at: range.upperBound)
    }
    var begin = range.lowerBound
    if let colon = find(.colon, in: range), !hasLambda(range.lowerBound..<colon) {
      // `x: float = 3`
      readTargets(begin..<colon)
      begin = find(.assign, in: colon..<range.upperBound) ?? colon
      readExpression(colon + 1..<max(begin, colon + 1))
      if begin == colon { return readExpression(colon + 1..<range.upperBound) }
      begin += 1
    }
    var depth = 0
    for index in range where index >= begin {
      switch tokens[index].kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      case .assign where depth == 0, .plusAssign, .minusAssign, .starAssign, .slashAssign,
        .powerAssign:
        readTargets(begin..<index)
        begin = index + 1
      case .otherOperator where depth == 0 && ["@=", "//=", "%="].contains(word(index)):
        readTargets(begin..<index)
        begin = index + 1
      default: break
      }
    }
    readExpression(begin..<range.upperBound)
  }

  private func hasLambda(_ range: Range<Int>) -> Bool {
    range.contains { tokens[$0].kind == .otherKeyword && isWord($0, "lambda") }
  }

  /// The bracket that closes `f(x, y)` in `f(x, y) = …`.
  private func endOfFormulaHead(_ range: Range<Int>) -> Int? {
    let first = range.lowerBound
    guard range.count > 4, tokens[first].kind == .name, tokens[first + 1].kind == .open else {
      return nil
    }
    var index = first + 2
    while index + 2 < range.upperBound, tokens[index].kind == .name,
      tokens[index + 1].kind == .comma
    {
      index += 2
    }
    guard index + 2 < range.upperBound, tokens[index].kind == .name,
      tokens[index + 1].kind == .close, tokens[index + 2].kind == .assign
    else { return nil }
    return index + 1
  }

  // MARK: Parts of statements

  /// The first word of a kind outside brackets.
  func find(_ kind: Token.Kind, in range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index < range.upperBound {
      if tokens[index].kind == kind { return index }
      if let end = closing[index] { index = max(end, index) }
      index += 1
    }
    return nil
  }

  /// Reads what is given a value: names, also in brackets; of attributes and elements the names they
  /// belong to are read only.
  private mutating func readTargets(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      let next = index + 1 < range.upperBound ? tokens[index + 1].kind : .end
      if token.kind == .openSquare, index > range.lowerBound,
        [.name, .close, .closeSquare].contains(tokens[index - 1].kind)
      {
        let end = min(closing[index] ?? range.upperBound, range.upperBound)
        readExpression(index + 1..<end)
        index = end
      } else if token.kind == .name {
        if index > range.lowerBound, tokens[index - 1].kind == .dot {
          // An attribute belongs to an object.
        } else if next == .dot || next == .openSquare || next == .open {
          refer(index)
        } else {
          define(index, .value)
        }
      }
      index += 1
    }
  }

  /// Reads an expression, with the functions and comprehensions in it.
  mutating func readExpression(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      switch token.kind {
      case .name:
        if index > 0, tokens[index - 1].kind == .dot, tokens[index - 1].end == token.start { break }
        if index + 1 < range.upperBound, tokens[index + 1].kind == .assign {
          referArgument(index)
        } else {
          refer(index)
        }
      case .string: readString(index)
      case .open, .openSquare, .openBrace:
        if comprehensions.contains(index), let end = closing[index], end <= range.upperBound {
          readComprehension(index + 1..<end)
          index = end
        }
      case .otherKeyword where isWord(index, "lambda"):
        index = readLambda(index, range.upperBound)
        continue
      default: break
      }
      index += 1
    }
  }

  private mutating func readLambda(_ begin: Int, _ limit: Int) -> Int {
    let colon = find(.colon, in: begin + 1..<limit) ?? limit
    // It ends with the bracket or at the comma.
    var end = min(colon + 1, limit)
    while end < limit, tokens[end].kind != .comma, tokens[end].kind != .close,
      tokens[end].kind != .closeSquare, tokens[end].kind != .closeBrace
    {
      end = (closing[end] ?? end) + 1
    }
    end = min(end, limit)
    let inner = open(.lambda, at: begin, owner: nil)
    readParameters(begin + 1..<colon, of: inner, nil)
    let outer = scope
    scope = inner
    readExpression(min(colon + 1, end)..<end)
    scope = outer
    close(inner, at: end)
    return end
  }

  private mutating func readComprehension(_ range: Range<Int>) {
    let inner = open(.comprehension, at: range.lowerBound, owner: nil)
    let outer = scope
    scope = inner
    var index = range.lowerBound
    var begin = index
    while index < range.upperBound {
      if let end = closing[index] {
        index = end + 1
      } else if tokens[index].kind == .otherKeyword, isWord(index, "for") {
        readExpression(begin..<index)
        var end = index + 1
        while end < range.upperBound, !(tokens[end].kind == .otherKeyword && isWord(end, "in")) {
          end += 1
        }
        readTargets(index + 1..<end)
        begin = end
        index = end
      } else {
        index += 1
      }
    }
    readExpression(begin..<range.upperBound)
    scope = outer
    close(inner, at: range.upperBound)
  }

  // MARK: Names

  private mutating func open(_ kind: NameScopes.Scope.Kind, at index: Int, owner: Int?) -> Int {
    let start = Int(tokens[min(index, tokens.count - 1)].start)
    scopes.append(
      NameScopes.Scope(kind: kind, parent: scope, range: start..<start, owner: owner))
    return scopes.count - 1
  }

  /// Notes that a name is given a value or a meaning.
  @discardableResult private mutating func define(
    _ index: Int, _ kind: NameScopes.Symbol.Kind
  ) -> Int? {
    let name = tokens[index].payload
    let home = scopes[scope].outer.contains(name) ? 0 : scope
    let symbol: Int
    if let known = scopes[home].symbols[name] {
      symbol = known
      if symbols[symbol].kind == .value { symbols[symbol].kind = kind }
      if kind == .function { symbols[symbol].parameters = [] }
    } else {
      symbol = symbols.count
      scopes[home].symbols[name] = symbol
      symbols.append(
        NameScopes.Symbol(name: program.names[name], kind: kind, scope: home))
    }
    occurrences.append(
      NameScopes.Occurrence(
        range: tokens[index].range, symbol: symbol, isDefinition: true, scope: scope, name: name))
    return symbol
  }

  private mutating func refer(_ index: Int) {
    occurrences.append(
      NameScopes.Occurrence(
        range: tokens[index].range, symbol: nil, isDefinition: false, scope: scope,
        name: tokens[index].payload))
  }

  /// Notes the name of an argument, `f(x=1)`, which is the function's own.
  private mutating func referArgument(_ index: Int) {
    var open = index - 1
    var depth = 0
    while open >= 0 {
      switch tokens[open].kind {
      case .close, .closeSquare, .closeBrace: depth += 1
      case .open, .openSquare, .openBrace: depth -= 1
      case .newline, .semicolon: depth = -1
      default: break
      }
      if depth < 0 { break }
      open -= 1
    }
    guard open > 0, tokens[open].kind == .open, tokens[open - 1].kind == .name,
      open < 2 || tokens[open - 2].kind != .dot
    else { return }
    var occurrence = NameScopes.Occurrence(
      range: tokens[index].range, symbol: nil, isDefinition: false, scope: scope,
      name: tokens[index].payload)
    occurrence.callee = tokens[open - 1].payload
    occurrences.append(occurrence)
  }

  /// Reads the names in the braces of a formatted text: `f"{x}"`.
  private mutating func readString(_ index: Int) {
    let range = tokens[index].range
    let bytes = program.source.bytes
    guard bytes[range].prefix(2).contains(where: { $0 | 0x20 == UInt8(ascii: "f") }),
      bytes[range].contains(UInt8(ascii: "{"))
    else { return }
    var (depth, offset, isAfterDot) = (0, range.lowerBound, false)
    while offset < range.upperBound {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "{") {
        let isDoubled = depth == 0 && offset + 1 < range.upperBound && bytes[offset + 1] == byte
        if isDoubled { offset += 1 } else { depth += 1 }
      } else if byte == UInt8(ascii: "}") {
        depth = max(0, depth - 1)
      } else if depth > 0, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "!") {
        // What follows says how it is set.
        while offset < range.upperBound, bytes[offset] != UInt8(ascii: "}") { offset += 1 }
        continue
      } else if depth > 0,
        byte >= 0x80 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F
      {
        var end = offset
        while end < range.upperBound,
          bytes[end] >= 0x80 || (bytes[end] | 0x20) >= 0x61 && (bytes[end] | 0x20) <= 0x7A
            || bytes[end] == 0x5F || bytes[end] >= 0x30 && bytes[end] <= 0x39
        {
          end += 1
        }
        if !isAfterDot, let name = program.names.existing(program.source.text(offset..<end)) {
          occurrences.append(
            NameScopes.Occurrence(
              range: offset..<end, symbol: nil, isDefinition: false, scope: scope, name: name))
        }
        offset = end
        isAfterDot = false
        continue
      }
      isAfterDot = byte == UInt8(ascii: ".")
      offset += 1
    }
  }
}
