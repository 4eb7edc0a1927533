import GradCore
package import GradLanguage

/// Where names come from, and where they are.
extension Analysis {
  /// Where the name at a byte is given the value that is read there.
  ///
  /// Of several statements that give it one, those that the numbers come from; without them the nearest
  /// one before.
  package func definitions(at offset: Int, _ numbers: Numbers?) -> [Range<Int>] {
    guard let index = scopes.occurrence(at: offset), let number = scopes.occurrences[index].symbol
    else { return [] }
    let (occurrence, symbol) = (scopes.occurrences[index], scopes.symbols[number])
    let all = symbol.definitions.map { scopes.occurrences[$0].range }
    if occurrence.isDefinition || all.count < 2 {
      return occurrence.isDefinition ? [occurrence.range] : all
    }
    if let numbers {
      let places = nodes(of: occurrence, symbol, numbers).nodes.compactMap { node in
        numbers.trace.nodes[node].place.flatMap { source.offset(of: $0) }
      }
      let found = all.filter { places.contains($0.lowerBound) }
      if !found.isEmpty { return found }
    }
    let line = program.logicalLine(at: offset)
    return (all.last { $0.lowerBound < line.lowerBound } ?? all.first).map { [$0] } ?? []
  }

  /// Where the name at a byte is written, all versions of it.
  package func references(at offset: Int, withDefinitions: Bool = true) -> [NameScopes.Occurrence] {
    guard let index = scopes.occurrence(at: offset), let symbol = scopes.occurrences[index].symbol
    else { return [] }
    return scopes.occurrences.filter {
      $0.symbol == symbol && (withDefinitions || !$0.isDefinition)
    }
  }
}

/// A text in the place of another.
package struct TextEdit: Sendable, Equatable {
  /// The bytes that go.
  package var range: Range<Int>
  /// What comes.
  package var text: String

  /// An edit from its parts.
  package init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = text
  }
}

/// Why a name is not changed.
package struct RenameRefusal: Error, Sendable, Equatable {
  /// A sentence without its full stop.
  package var message: String
}

extension Analysis {
  /// The name at a byte, if it can be changed.
  package func renamed(at offset: Int) throws(RenameRefusal) -> Range<Int> {
    guard let index = scopes.occurrence(at: offset) else {
      throw RenameRefusal(message: "there is no name of the program here")
    }
    let occurrence = scopes.occurrences[index]
    guard let symbol = occurrence.symbol else {
      let name = source.text(occurrence.range)
      throw RenameRefusal(
        message: KnownName(name) == nil
          ? "nothing gives '\(name)' a value" : "'\(name)' is a name of the language")
    }
    let name = scopes.symbols[symbol].name
    if scopes.symbols[symbol].kind == .module {
      throw RenameRefusal(message: "'\(name)' is imported, and known by this name")
    }
    let home = scopes.scopes[scopes.symbols[symbol].scope]
    if home.kind == .comprehension, let outer = home.parent,
      scopes.visibleSymbols(from: outer).contains(where: {
        NameForm.areEqual(scopes.symbols[$0].name, name)
      })
    {
      throw RenameRefusal(message: "'\(name)' is also the name of something outside the brackets")
    }
    return occurrence.range
  }

  /// The edits that give the name at a byte another one.
  ///
  /// - Throws: Why that would not be the same program.
  package func rename(at offset: Int, to name: String) throws(RenameRefusal) -> [TextEdit] {
    let range = try renamed(at: offset)
    guard KnownName.canBeName(name) else {
      throw RenameRefusal(message: "'\(name)' is no name")
    }
    guard let index = scopes.occurrence(at: range.lowerBound),
      let number = scopes.occurrences[index].symbol
    else { return [] }
    let symbol = scopes.symbols[number]
    if NameForm.areEqual(name, symbol.name) {
      // The same name in other letters, as µ and μ.
      return references(at: offset).map { TextEdit($0.range, name) }
    }
    let uses = references(at: offset)
    for other in scopes.occurrences where other.symbol != number {
      guard NameForm.areEqual(source.text(other.range), name) else { continue }
      let seesIt = scopes.isScope(other.scope, within: symbol.scope)
      let hidesIt =
        other.symbol.map { hidden in
          let home = scopes.symbols[hidden].scope
          return home != symbol.scope && uses.contains { scopes.isScope($0.scope, within: home) }
            && scopes.isScope(home, within: symbol.scope)
        } ?? false
      if seesIt || hidesIt {
        let line = buffer.line(of: other.range.lowerBound) + 1
        throw RenameRefusal(message: "'\(name)' is used already, in line \(line)")
      }
    }
    return uses.map { TextEdit($0.range, name) } + headEdits(of: symbol, to: name)
  }

  /// The edits of the options at the head that mention a name of the program: `#: --of J`.
  private func headEdits(of symbol: NameScopes.Symbol, to name: String) -> [TextEdit] {
    if symbol.scope != 0 { return [] }
    var edits: [TextEdit] = []
    var option = ""
    for word in program.options {
      let begin = word.span.range.lowerBound
      var value = begin..<word.span.range.upperBound
      if word.text.hasPrefix("--") {
        option = String(word.text.dropFirst(2).prefix { $0 != "=" })
        guard let sign = buffer.bytes[value].firstIndex(of: UInt8(ascii: "=")) else { continue }
        value = sign + 1..<value.upperBound
      }
      guard Self.optionsOfNames.contains(option) else { continue }
      var offset = value.lowerBound
      while offset < value.upperBound {
        var end = offset
        while end < value.upperBound, Self.isWordByte(buffer.bytes[end]) { end += 1 }
        if end > offset, NameForm.areEqual(source.text(offset..<end), symbol.name),
          end == value.upperBound || ",=@".utf8.contains(buffer.bytes[end])
        {
          edits.append(TextEdit(offset..<end, name))
        }
        offset = max(end, offset) + 1
      }
    }
    return edits
  }

  /// The options whose values are names of the program.
  private static let optionsOfNames: Set<String> = [
    "of", "wrt", "focus", "nudge", "open", "fold", "blank",
  ]
}
