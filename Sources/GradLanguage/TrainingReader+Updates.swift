import GradBase

extension TrainingReader {
  // MARK: Updates by hand

  /// `w -= 0.1 * w.grad`, `w = w - rate * dw`, `w.assign_sub(rate * dw)`, `w.sub_(rate * w.grad)`.
  var updates: TrainingLoop? {
    let derivatives = derivatives
    var rates: [(target: String?, rate: Double?, name: String?)] = []
    var first: Int?
    for index in tokens.indices where subtracts(at: index) {
      for (factor, other) in factors(after: index)
      where isDerivative(other, derivatives) {
        let name = factor.count == 1 && kind(factor.lowerBound) == .name
        rates.append(
          (target(of: index), number(factor), name ? text(factor.lowerBound) : nil))
        first = first ?? index
      }
    }
    guard let first else { return nil }
    var loop = TrainingLoop()
    let blocks = readBlocks()
    loop.place = Span(program.source, tokens[first].range)
    let names = Set(rates.map(\.name))
    if names.count == 1, let name = rates[0].name {
      takeChanges(of: name, &loop, at: first, blocks)
    } else {
      for name in names.compactMap(\.self) {
        var other = TrainingLoop()
        takeChanges(of: name, &other, at: first, blocks)
        if other.schedule != nil { loop.unknown = "several rates change from pass to pass" }
      }
    }
    loop.rate = rates.contains { $0.rate == nil } ? nil : rates[0].rate
    if Set(rates.compactMap(\.rate)).count > 1 {
      for (target, rate, _) in rates {
        if let target, let rate, loop.rates[target] ?? rate == rate {
          loop.rates[target] = rate
        } else {
          loop.unknown = "it is not plain which parameter has which rate"
        }
      }
    }
    return loop
  }

  /// The name of what an update at word `index` moves: the first of the line.
  private func target(of index: Int) -> String? {
    var word = index
    while word > 0,
      ![.newline, .indent, .dedent, .semicolon, .colon].contains(tokens[word - 1].kind)
    {
      word -= 1
    }
    return kind(word) == .name ? text(word) : nil
  }

  /// Whether what follows word `index` is taken from something.
  private func subtracts(at index: Int) -> Bool {
    switch tokens[index].kind {
    case .minusAssign, .minus: return true
    case .open:
      return index > 0 && ["sub_", "assign_sub", "subtract_"].contains(text(index - 1))
    default: return false
    }
  }

  /// The two factors of a product that begins behind word `index`, either way round.
  private func factors(after index: Int) -> [(Range<Int>, Range<Int>)] {
    let begin = index + 1
    let middle = endOfFactor(from: begin)
    guard begin < middle, kind(middle) == .star else { return [] }
    let end = endOfFactor(from: middle + 1)
    guard middle + 1 < end else { return [] }
    let (first, second) = (begin..<middle, middle + 1..<end)
    return [(first, second), (second, first)]
  }

  /// Where a number, a name or an attribute ends that begins at `begin`.
  private func endOfFactor(from begin: Int) -> Int {
    guard let first = kind(begin) else { return begin }
    if first == .number { return begin + 1 }
    guard first == .name else { return begin }
    var index = begin + 1
    while true {
      if kind(index) == .dot, kind(index + 1) == .name {
        index += 2
      } else if kind(index) == .openSquare, let close = arguments(of: index).last?.upperBound {
        index = close + 1
      } else {
        return index
      }
    }
  }

  private func isDerivative(_ words: Range<Int>, _ names: Set<String>) -> Bool {
    let attributes = words.filter { kind($0) == .name }.map(text)
    return attributes.contains("grad")
      || attributes.count == 1 && names.contains(attributes[0]) && number(words) == nil
      || words.count > 1 && attributes.first.map(names.contains) ?? false
  }

  /// The names that hold derivatives: what calls such as `grad(J)(w)` give, and what goes over them.
  private var derivatives: Set<String> {
    var names: Set<String> = []
    for index in tokens.indices where kind(index) == .assign {
      let line = end(ofLineFrom: index)
      guard
        (index..<line).contains(where: { word in
          kind(word) == .name && Program.gradientWords.contains(text(word))
        })
          || (index..<line).contains(where: { kind($0) == .name && derivedCalls.contains(text($0)) }
          )
      else { continue }
      var word = index - 1
      while let kind = kind(word),
        [.name, .comma, .open, .close, .openSquare, .closeSquare].contains(kind)
      {
        if kind == .name { names.insert(text(word)) }
        word -= 1
      }
    }
    // `for p, g in zip(params, grads)`
    for index in tokens.indices where kind(index) == .name && text(index) == "zip" {
      let given = arguments(of: index + 1)
      guard let last = given.last, last.count == 1, names.contains(text(last.lowerBound)),
        kind(index - 2) == .name || kind(index - 2) == .close
      else { continue }
      let target = kind(index - 2) == .close ? index - 3 : index - 2
      if kind(target) == .name { names.insert(text(target)) }
    }
    return names
  }

  /// The functions that the program makes of derivatives: `df = grad(f)`.
  private var derivedCalls: Set<String> {
    var names: Set<String> = []
    for index in tokens.indices where kind(index) == .assign && kind(index - 1) == .name {
      let isFirst = kind(index + 1) == .name && Program.gradientWords.contains(text(index + 1))
      let isLast =
        kind(index + 2) == .dot && kind(index + 3) == .name
        && Program.gradientWords.contains(text(index + 3))
      if isFirst || isLast { names.insert(text(index - 1)) }
    }
    return names
  }

  func end(ofLineFrom index: Int) -> Int {
    tokens[index...].firstIndex { $0.kind == .newline || $0.kind == .end } ?? tokens.count
  }
}
