import GradBase

/// What a program says of the training of which only the first pass is recorded: how often, and by which
/// rule.
///
/// It is read from the words of the program, as what changes parameters by derivatives is not run.
public struct TrainingLoop: Sendable, Equatable {
  /// The optimizer, as the program spells it: `SGD`; `nil` where the program subtracts derivatives itself.
  public internal(set) var optimizer: String?
  /// What a derivative is multiplied by; `nil` where that is not a number of the program.
  public internal(set) var rate: Double?
  /// The other numbers that the optimizer is given, by their names: `momentum`.
  public internal(set) var numbers: [String: Double] = [:]
  /// The options of the optimizer that are no numbers.
  public internal(set) var others: [String] = []
  /// Whether parameters have rates of their own.
  public internal(set) var hasSeveralRates = false
  /// Where the optimizer or the first update is written.
  public internal(set) var place: Span?
}

extension Program {
  /// What the program says of its training; `nil` where it does not train.
  public var trainingLoop: TrainingLoop? {
    let reader = TrainingReader(program: self)
    return reader.optimizer ?? reader.updates
  }
}

/// Finds in the words of a program how it trains.
private struct TrainingReader {
  let program: Program
  private var tokens: [Token] { program.tokens }

  private func text(_ index: Int) -> String { program.source.text(tokens[index].range) }

  private func kind(_ index: Int) -> Token.Kind? {
    tokens.indices.contains(index) ? tokens[index].kind : nil
  }

  // MARK: Optimizers

  /// Makers of optimizers, of PyTorch, Keras and optax.
  private static let makers: Set<String> = [
    "SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "LBFGS", "Adadelta", "Adamax", "NAdam", "Nadam",
    "sgd", "adam", "adamw", "rmsprop", "adagrad",
  ]

  /// Options that say nothing of where parameters go.
  private static let neutral: Set<String> = [
    "params", "name", "foreach", "fused", "maximize", "capturable", "differentiable",
  ]

  /// `optimizer = torch.optim.SGD([w, b], lr=0.01)`, where something goes a step by it.
  var optimizer: TrainingLoop? {
    let calls = tokens.indices.filter { index in
      kind(index) == .name && kind(index + 1) == .open && Self.makers.contains(text(index))
    }
    guard let call = calls.first, steps else { return nil }
    var loop = TrainingLoop()
    loop.optimizer = text(call)
    loop.place = Span(program.source, tokens[call].range)
    let isTorch = kind(call + 2).map { _ in parametersComeFirst(call) } ?? false
    for (position, argument) in arguments(of: call + 1).enumerated() {
      let isNamed = kind(argument.lowerBound) == .name && kind(argument.lowerBound + 1) == .assign
      let value = isNamed ? argument.lowerBound + 2..<argument.upperBound : argument
      let name = isNamed ? text(argument.lowerBound) : nil
      switch name ?? "" {
      case "lr", "learning_rate": loop.rate = number(value)
      case "": if position == (isTorch ? 1 : 0) { loop.rate = number(value) }
      case "betas":
        let parts = value.compactMap { kind($0) == .number ? number($0..<$0 + 1) : nil }
        if parts.count == 2 {
          (loop.numbers["beta1"], loop.numbers["beta2"]) = (parts[0], parts[1])
        } else {
          loop.others.append("betas")
        }
      case "eps", "epsilon": loop.numbers["epsilon"] = number(value)
      case "beta_1", "b1": loop.numbers["beta1"] = number(value)
      case "beta_2", "b2": loop.numbers["beta2"] = number(value)
      case let name where Self.neutral.contains(name): break
      case let name:
        if let number = number(value) {
          loop.numbers[name] = number
        } else if kind(value.lowerBound) != .false {
          loop.others.append(name)
        }
      }
    }
    return loop
  }

  /// Whether the program goes a step by an optimizer.
  private var steps: Bool {
    tokens.indices.contains { index in
      kind(index) == .name && kind(index + 1) == .open
        && ["step", "apply_gradients", "update", "minimize"].contains(text(index))
    }
  }

  /// Whether the first argument of an optimizer is what it moves, as in PyTorch.
  private func parametersComeFirst(_ call: Int) -> Bool {
    guard let first = arguments(of: call + 1).first else { return false }
    return number(first) == nil
      && !(kind(first.lowerBound) == .name && kind(first.lowerBound + 1) == .assign)
  }

  /// The words of each argument of the call whose bracket opens at `open`.
  private func arguments(of open: Int) -> [Range<Int>] {
    var arguments: [Range<Int>] = []
    var (depth, begin, index) = (0, open + 1, open)
    while let kind = kind(index), kind != .end {
      switch kind {
      case .open, .openSquare, .openBrace: depth += 1
      case .close, .closeSquare, .closeBrace: depth -= 1
      default: break
      }
      if depth == 0 || depth == 1 && kind == .comma {
        if begin < index { arguments.append(begin..<index) }
        begin = index + 1
      }
      if depth == 0 { break }
      index += 1
    }
    return arguments
  }

  // MARK: Updates by hand

  /// `w -= 0.1 * w.grad`, `w = w - rate * dw`, `w.assign_sub(rate * dw)`, `w.sub_(rate * w.grad)`.
  var updates: TrainingLoop? {
    let derivatives = derivatives
    var rates: [Double?] = []
    var first: Int?
    for index in tokens.indices where subtracts(at: index) {
      for (factor, other) in factors(after: index)
      where isDerivative(other, derivatives) {
        rates.append(number(factor))
        first = first ?? index
      }
    }
    guard let first else { return nil }
    var loop = TrainingLoop()
    loop.place = Span(program.source, tokens[first].range)
    loop.hasSeveralRates = Set(rates.compactMap(\.self)).count > 1
    loop.rate = loop.hasSeveralRates || rates.contains(nil) ? nil : rates[0]
    return loop
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

  private func end(ofLineFrom index: Int) -> Int {
    tokens[index...].firstIndex { $0.kind == .newline || $0.kind == .end } ?? tokens.count
  }

  // MARK: Numbers

  /// The number that words are: `0.1`, or a name that the program gives a number.
  private func number(_ words: Range<Int>) -> Double? {
    guard let first = words.first else { return nil }
    let isNegative = kind(first) == .minus
    let value = isNegative ? first + 1 : first
    guard value + 1 == words.upperBound else { return nil }
    switch kind(value) {
    case .number: return (isNegative ? -1 : 1) * program.numbers[Int(tokens[value].payload)]
    case .name:
      let name = text(value)
      // `rate = 0.1`, or the argument of a call, `rate=0.1`.
      let given = tokens.indices.last { index in
        kind(index) == .name && kind(index + 1) == .assign && kind(index + 2) == .number
          && index != value && text(index) == name
          && [.newline, .comma, .close, .semicolon, .end].contains(kind(index + 3))
      }
      return given.map { program.numbers[Int(tokens[$0 + 2].payload)] }
    default: return nil
    }
  }
}
