import GradBase
import GradCore
import GradLanguage

/// What is said of the word under the pointer.
package struct Hover: Sendable, Equatable {
  /// The word.
  package var range: Range<Int>
  /// Lines of the language of figures, to be set as code.
  package var lines: [String]
  /// A sentence below them.
  package var note: String?
}

extension Analysis {
  /// How many values of one name are told.
  private static let mostValues = 3

  /// What is said of the word at a byte; `nil` where there is nothing to say.
  package func hover(at offset: Int, _ numbers: Numbers?) -> Hover? {
    guard let index = scopes.occurrence(at: offset) else { return operation(at: offset, numbers) }
    let occurrence = scopes.occurrences[index]
    let name = source.text(occurrence.range)
    guard let symbol = occurrence.symbol.map({ scopes.symbols[$0] }) else {
      return known(name, occurrence.range)
    }
    switch symbol.kind {
    case .function:
      return Hover(range: occurrence.range, lines: [signature(of: symbol)])
    case .class: return Hover(range: occurrence.range, lines: ["class \(symbol.name)"])
    case .module: return known(name, occurrence.range)
    case .parameter:
      guard let function = scopes.scopes[symbol.scope].owner else { return nil }
      return Hover(
        range: occurrence.range, lines: [symbol.name],
        note: "a parameter of \(scopes.symbols[function].name)")
    case .value: return value(occurrence, symbol, numbers)
    }
  }

  /// The head of a function: `f(x, k=2)`.
  func signature(of symbol: NameScopes.Symbol) -> String {
    "\(symbol.name)(\(parameters(of: symbol).joined(separator: ", ")))"
  }

  /// The parameters of a function, with their defaults: `k=2`.
  func parameters(of symbol: NameScopes.Symbol) -> [String] {
    symbol.parameters.map { index in
      let parameter = scopes.symbols[index]
      guard let head = parameter.definitions.first,
        let value = fallback(behind: scopes.occurrences[head].range.upperBound)
      else { return parameter.name }
      return "\(parameter.name)=\(value)"
    }
  }

  /// The default of the parameter that ends at a byte of a head; `nil` if it has none.
  private func fallback(behind offset: Int) -> String? {
    let words = program.words(in: offset..<program.logicalLine(at: offset).upperBound)
    var (depth, begin, end) = (0, Int?.none, offset)
    for word in words {
      let text = source.text(word.range)
      if depth == 0, text == ")" || text == "," { break }
      if depth == 0, begin == nil, text == "=" {
        begin = word.range.upperBound
        continue
      }
      depth += ["(", "[", "{"].contains(text) ? 1 : [")", "]", "}"].contains(text) ? -1 : 0
      end = word.range.upperBound
    }
    guard let begin, begin < end else { return nil }
    return String(source.text(begin..<end).drop { $0 == " " })
  }

  private func value(
    _ occurrence: NameScopes.Occurrence, _ symbol: NameScopes.Symbol, _ numbers: Numbers?
  ) -> Hover? {
    guard let numbers else { return nil }
    let (nodes, targets) = nodes(of: occurrence, symbol, numbers)
    guard !nodes.isEmpty else { return nil }
    var lines = nodes.prefix(Self.mostValues).flatMap { node in
      let lines = numbers.explanation(node)
      // The same name has a value in each call.
      let call = nodes.count > 1 ? numbers.call(node) : nil
      return call.map { id in lines.map { "\(id): \($0)" } } ?? lines
    }
    if nodes.count == 1, targets.count == 1, numbers.areWhole,
      let partial = numbers.partial(of: targets[0], by: nodes[0])
    {
      lines.append(partial)
    }
    let more = nodes.count - Self.mostValues
    return Hover(
      range: occurrence.range, lines: lines,
      note: more > 0 ? "and \(grouped(more)) more values" : nil)
  }

  /// The nodes that a name stands for where it is written, and where it is read, those that are computed
  /// from them there.
  func nodes(
    of occurrence: NameScopes.Occurrence, _ symbol: NameScopes.Symbol, _ numbers: Numbers
  ) -> (nodes: [Int], targets: [Int]) {
    let trace = numbers.trace
    if occurrence.isDefinition {
      return (
        numbers.nodes(at: occurrence.range.lowerBound).filter { trace.nodes[$0].name != nil }, []
      )
    }
    let form = NameForm.of(symbol.name)
    let isOfProgram = symbol.scope == 0
    // What the line computes has the node among its operands: which version of the name is read, the
    // trace knows.
    var sources: [Int] = []
    var targets: [Int] = []
    var isRepeated = false
    var places: Set<Int> = []
    let isPart = [UInt8(ascii: "["), UInt8(ascii: ".")].contains(
      byte(at: occurrence.range.upperBound))
    let line = program.logicalLine(at: occurrence.range.lowerBound)
    for node in numbers.nodes(in: line) {
      for edge in trace.edges(into: node) {
        let source = trace.nodes[edge.source]
        guard let name = source.name, NameForm.of(name) == form,
          isOfProgram ? source.scope == nil : source.scope == trace.nodes[node].call
        else { continue }
        // The element of a list is not the list.
        if isPart, source.array == nil { continue }
        if !sources.contains(edge.source) { sources.append(edge.source) }
      }
      if let place = trace.nodes[node].place, let offset = self.source.offset(of: place) {
        if !places.insert(offset).inserted { isRepeated = true }
      }
      if trace.nodes[node].name != nil { targets.append(node) }
    }
    // Of a line that runs once a name is its newest version; older ones come from lists that hold them.
    if !isRepeated, let newest = sources.max() { return ([newest], targets) }
    if !sources.isEmpty || isPart { return (sources, targets) }
    // A condition leaves no node; a name that has one value only has that one.
    let all = symbol.definitions.flatMap { definition in
      numbers.nodes(at: scopes.occurrences[definition].range.lowerBound).filter {
        trace.nodes[$0].name != nil
      }
    }
    return (symbol.definitions.count == 1 && all.count == 1 ? all : [], [])
  }

  private func byte(at offset: Int) -> UInt8 {
    offset < buffer.bytes.count ? buffer.bytes[offset] : 0
  }

  /// What is said of an operation without a name: its value.
  private func operation(at offset: Int, _ numbers: Numbers?) -> Hover? {
    guard let numbers, let word = program.word(at: offset), word.kind == .operator else {
      return nil
    }
    let nodes = numbers.nodes(at: word.range.lowerBound)
    guard let node = nodes.first else { return nil }
    var lines = nodes.prefix(Self.mostValues).map {
      "\(numbers.formula($0)) = \(numbers.value($0))"
    }
    if nodes.count == 1, let derivative = numbers.derivative(node) { lines.append(derivative) }
    let more = nodes.count - Self.mostValues
    return Hover(
      range: word.range, lines: lines, note: more > 0 ? "and \(grouped(more)) more values" : nil)
  }

  /// What is said of a name of the language.
  private func known(_ name: String, _ range: Range<Int>) -> Hover? {
    switch KnownName(name) {
    case .function(let row):
      Hover(range: range, lines: row.lines(as: name), note: row.note(besides: name))
    case .constant(let value): Hover(range: range, lines: ["\(name) = \(shortestText(value))"])
    default: nil
    }
  }
}

extension OperatorRow {
  /// The head as programs call it: `leaky_relu(x, negative_slope=0.01)`.
  func signature(as name: String) -> String {
    var parts = operands.map { operand in
      operand.fallback.map { "\(keyword(of: operand))=\(shortestText($0))" } ?? operand.name
    }
    if isVariadic { parts = ["x", "y", "…"] }
    if condition != nil { parts.insert("condition", at: 0) }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// What programs call an operand that may be left out.
  private func keyword(of operand: Operand) -> String { operand.keywords.first ?? operand.name }

  /// Which letters of the formula stand for operands that the head calls otherwise: ` (y is min, w is max)`.
  private var letters: String {
    let others = operands.filter { $0.fallback != nil && keyword(of: $0) != $0.name }
    if others.isEmpty { return "" }
    return " (\(others.map { "\($0.name) is \(keyword(of: $0))" }.joined(separator: ", ")))"
  }

  /// The formula, and the derivative by each operand.
  func lines(as name: String) -> [String] {
    var lines = [signature(as: name)]
    if formula != "\(self.name)(\(operands.map(\.name).joined(separator: ", ")))" {
      lines[0] += " = \(formula)\(letters)"
    }
    for (operand, partial) in zip(operands, partials) {
      lines.append("∂\(name)/∂\(operand.name) = \(partial)")
    }
    return lines
  }

  /// What the formulas call the result, and what else the function is called.
  func note(besides name: String) -> String? {
    var sentences: [String] = []
    let mentionsResult = partials.contains { partial in
      partial.split { !$0.isLetter && $0 != "_" }.contains("z")
    }
    if mentionsResult { sentences.append("z is the value of \(name).") }
    let others = ([self.name] + aliases).filter { $0 != name }
    if !others.isEmpty { sentences.append("Also written \(others.joined(separator: ", ")).") }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
