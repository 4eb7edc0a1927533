/// Which name is which: for every name of a text the scope that it belongs to, and where it is given a
/// value.
///
/// Read from the words alone, so that it is known of a text with mistakes too, and of statements that are
/// left out when the program is recorded. Scopes are Python's: a name that a function assigns, and a
/// parameter, are the function's own.
package struct NameScopes: Sendable {
  /// A stretch of the text whose names are its own.
  package struct Scope: Sendable {
    /// What it is.
    package var kind: Kind
    /// The scope around it; `nil` for the program.
    package var parent: Int?
    /// The bytes of the text that are in it.
    package var range: Range<Int>
    /// The symbol of the function or class that it is the body of.
    package var owner: Int?
    /// The symbols of its names, by the names' numbers; those of the program have a table of their own.
    var symbols: [Int32: Int] = [:]
    /// The names that are declared to be those of the program.
    var outer: Set<Int32> = []

    /// What has names of its own.
    package enum Kind: Sendable { case program, function, `class`, lambda, comprehension }
  }

  /// A name in its scope.
  package struct Symbol: Sendable {
    /// The name as it is written first.
    package var name: String
    /// What it stands for, as far as the words say.
    package var kind: Kind
    /// The scope that it belongs to.
    package var scope: Int
    /// Where it is given a value or a meaning, in ``NameScopes/occurrences``, in the order of the text.
    package internal(set) var definitions: [Int] = []
    /// The parameters of a function, as symbols.
    package internal(set) var parameters: [Int] = []
    /// Whether the name belongs to something outside the text, as an imported module's does.
    package internal(set) var isForeign = false

    /// What a name stands for.
    package enum Kind: Sendable { case value, parameter, function, `class`, module }
  }

  /// A name where it is written.
  package struct Occurrence: Sendable {
    /// The bytes of the text.
    package var range: Range<Int>
    /// The symbol; `nil` for a name that nothing in the text gives a value.
    package internal(set) var symbol: Int?
    /// Whether it is given a value or a meaning here.
    package var isDefinition: Bool
    /// The scope in which it stands.
    package var scope: Int
    /// The number of the name.
    var name: Int32
    /// The callee's name, for the name of an argument: the `x` of `f(x=1)` belongs to `f`.
    var callee: Int32?
  }

  /// The scopes; the first is the program.
  package internal(set) var scopes: [Scope]
  /// The symbols of all scopes.
  package internal(set) var symbols: [Symbol] = []
  /// The names in the order of the text.
  package internal(set) var occurrences: [Occurrence] = []
  private let symbolsOfProgram: SymbolTable

  /// Reads the names of a program's text; O(words) but for the depth of scopes.
  package init(_ program: Program) {
    scopes = [Scope(kind: .program, parent: nil, range: 0..<program.source.bytes.count)]
    var reader = ScopeReader(program)
    reader.run()
    (scopes, symbols, occurrences) = (reader.scopes, reader.symbols, reader.occurrences)
    symbolsOfProgram = reader.symbolsOfProgram
    // Comprehensions have what they give a value behind where it is read; most programs have none.
    let areInOrder = occurrences.indices.dropFirst().allSatisfy {
      occurrences[$0 - 1].range.lowerBound <= occurrences[$0].range.lowerBound
    }
    if !areInOrder { occurrences.sort { $0.range.lowerBound < $1.range.lowerBound } }
    resolve()
  }

  /// Finds the symbol of every name.
  private mutating func resolve() {
    for index in occurrences.indices where occurrences[index].symbol == nil {
      let occurrence = occurrences[index]
      if let callee = occurrence.callee {
        occurrences[index].symbol = lookup(callee, from: occurrence.scope).flatMap { function in
          symbols[function].parameters.first {
            lookup(occurrence.name, in: symbols[$0].scope) == $0
          }
        }
      } else {
        occurrences[index].symbol = lookup(occurrence.name, from: occurrence.scope)
      }
    }
    for (index, occurrence) in occurrences.enumerated() where occurrence.isDefinition {
      if let symbol = occurrence.symbol { symbols[symbol].definitions.append(index) }
    }
  }

  /// The symbol that a name means in a scope.
  func lookup(_ name: Int32, from scope: Int) -> Int? {
    var current: Int? = scope
    while let index = current {
      // Names of a class are seen in its body alone, not in its methods.
      if index == scope || scopes[index].kind != .class {
        if index > 0, scopes[index].outer.contains(name) { return symbolsOfProgram[name] }
        if let symbol = lookup(name, in: index) { return symbol }
      }
      current = scopes[index].parent
    }
    return nil
  }

  /// The symbol of a name in a scope, not in those around it.
  private func lookup(_ name: Int32, in scope: Int) -> Int? {
    scope == 0 ? symbolsOfProgram[name] : scopes[scope].symbols[name]
  }

  /// The innermost scope around a byte.
  package func scope(at offset: Int) -> Int {
    // Scopes are in the order of their beginnings, the inner ones after those around them.
    var (low, high) = (0, scopes.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if scopes[middle].range.lowerBound <= offset { low = middle } else { high = middle }
    }
    var scope = low
    while offset > scopes[scope].range.upperBound, let parent = scopes[scope].parent {
      scope = parent
    }
    return scope
  }

  /// The symbols that can be named in a scope, the innermost first.
  package func visibleSymbols(from scope: Int) -> [Int] {
    var seen: Set<Int32> = []
    var result: [Int] = []
    var current: Int? = scope
    while let index = current {
      if index == scope || scopes[index].kind != .class {
        let all = index == 0 ? symbolsOfProgram.all : scopes[index].symbols.map { ($0, $1) }
        for (name, symbol) in all where seen.insert(name).inserted { result.append(symbol) }
      }
      current = scopes[index].parent
    }
    return result
  }

  /// The name at a byte, or that ends there.
  package func occurrence(at offset: Int) -> Int? {
    var (low, high) = (0, occurrences.count)
    while low < high {
      let middle = (low + high) / 2
      if occurrences[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, occurrences[low - 1].range.upperBound >= offset else { return nil }
    return low - 1
  }

  /// The names among the bytes of a stretch.
  package func occurrences(in range: Range<Int>) -> Range<Int> {
    func first(from offset: Int) -> Int {
      var (low, high) = (0, occurrences.count)
      while low < high {
        let middle = (low + high) / 2
        if occurrences[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return first(from: range.lowerBound)..<first(from: range.upperBound)
  }

  /// Whether scope `inner` is scope `outer` or in it.
  package func isScope(_ inner: Int, within outer: Int) -> Bool {
    var current: Int? = inner
    while let index = current {
      if index == outer { return true }
      current = scopes[index].parent
    }
    return false
  }
}
