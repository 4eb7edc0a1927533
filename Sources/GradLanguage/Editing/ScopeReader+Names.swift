/// How names are noted: where they get a meaning, and where they are read.
extension ScopeReader {
  mutating func open(_ kind: NameScopes.Scope.Kind, at index: Int, owner: Int?) -> Int {
    let start = Int(tokens[min(index, tokens.count - 1)].start)
    scopes.append(
      NameScopes.Scope(kind: kind, parent: scope, range: start..<start, owner: owner))
    return scopes.count - 1
  }

  /// Notes that a name is given a value or a meaning.
  @discardableResult mutating func define(
    _ index: Int, _ kind: NameScopes.Symbol.Kind
  ) -> Int? {
    let name = tokens[index].payload
    let home = scope == 0 || scopes[scope].outer.contains(name) ? 0 : scope
    let symbol: Int
    if let known = home == 0 ? symbolsOfProgram[name] : scopes[home].symbols[name] {
      symbol = known
      if symbols[symbol].kind == .value { symbols[symbol].kind = kind }
      if kind == .function { symbols[symbol].parameters = [] }
    } else {
      symbol = symbols.count
      if home == 0 { symbolsOfProgram[name] = symbol } else { scopes[home].symbols[name] = symbol }
      symbols.append(
        NameScopes.Symbol(name: program.names[name], kind: kind, scope: home))
    }
    occurrences.append(
      NameScopes.Occurrence(
        range: tokens[index].range, symbol: symbol, isDefinition: true, scope: scope, name: name))
    return symbol
  }

  mutating func refer(_ index: Int) {
    occurrences.append(
      NameScopes.Occurrence(
        range: tokens[index].range, symbol: nil, isDefinition: false, scope: scope,
        name: tokens[index].payload))
  }

  /// Notes the name of an argument, `f(x=1)`, which is the function's own.
  mutating func referArgument(_ index: Int) {
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
  mutating func readString(_ index: Int) {
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
