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
  /// The rates of parameters that have one of their own, by their names.
  public internal(set) var rates: [String: Double] = [:]
  /// How the rate changes from pass to pass; `nil` where it stays.
  public internal(set) var schedule: RateSchedule?
  /// What of the training is not followed, in words; `nil` for nothing.
  public internal(set) var unknown: String?
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
struct TrainingReader {
  let program: Program
  var tokens: [Token] { program.tokens }

  func text(_ index: Int) -> String { program.source.text(tokens[index].range) }

  func kind(_ index: Int) -> Token.Kind? {
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
    "name", "foreach", "fused", "maximize", "capturable", "differentiable",
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
    let blocks = readBlocks()
    let makers = calls.compactMap { assignedName(of: $0) }
    let stepped = Set(makers).compactMap { firstStep(of: $0, blocks) }
    if stepped.count > 1 { loop.unknown = "several optimizers go steps" }
    if let update = stepped.first, stepped.count == 1 { takeSchedule(&loop, at: update, blocks) }
    let isTorch = kind(call + 2).map { _ in parametersComeFirst(call) } ?? false
    for (position, argument) in arguments(of: call + 1).enumerated() {
      let isNamed = kind(argument.lowerBound) == .name && kind(argument.lowerBound + 1) == .assign
      let value = isNamed ? argument.lowerBound + 2..<argument.upperBound : argument
      let name = isNamed ? text(argument.lowerBound) : nil
      switch name ?? "" {
      case "lr", "learning_rate": loop.rate = number(value)
      case "", "params":
        if position == (isTorch ? 1 : 0), name == nil {
          loop.rate = number(value)
        } else if position == 0, kind(value.lowerBound) == .openSquare,
          kind(value.lowerBound + 1) == .openBrace
        {
          takeGroups(value.lowerBound, &loop)
        }
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

  /// `[{'params': [w], 'lr': 0.1}, {'params': [b]}]`.
  private func takeGroups(_ open: Int, _ loop: inout TrainingLoop) {
    for group in arguments(of: open) where kind(group.lowerBound) == .openBrace {
      var (names, rate) = ([String](), Double?.none)
      for entry in arguments(of: group.lowerBound) {
        guard kind(entry.lowerBound) == .string, kind(entry.lowerBound + 1) == .colon else {
          continue
        }
        let value = entry.lowerBound + 2..<entry.upperBound
        switch text(entry.lowerBound).dropFirst().dropLast() {
        case "params":
          let isList = kind(value.lowerBound) == .openSquare
          for name in isList ? arguments(of: value.lowerBound) : [value] {
            guard name.count == 1, kind(name.lowerBound) == .name else {
              loop.unknown = "a group of parameters is no list of names"
              return
            }
            names.append(text(name.lowerBound))
          }
        case "lr":
          rate = number(value)
          if rate == nil { loop.unknown = "the rate of a group is not one number of the program" }
        case let option: loop.unknown = "a group of parameters has its own '\(option)'"
        }
      }
      if let rate { for name in names { loop.rates[name] = rate } }
    }
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
  func arguments(of open: Int) -> [Range<Int>] {
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

  // MARK: Numbers

  /// The number that words are: `0.1`, or a name that the program gives a number.
  func number(_ words: Range<Int>) -> Double? {
    guard let first = words.first else { return nil }
    let isNegative = kind(first) == .minus
    let value = isNegative ? first + 1 : first
    guard value + 1 == words.upperBound else { return nil }
    switch kind(value) {
    case .number: return (isNegative ? -1 : 1) * program.numbers[Int(tokens[value].payload)]
    case .name:
      let name = text(value)
      // `rate = 0.1`, or the argument of a call, `rate=0.1`.
      let given = tokens.indices.filter { index in
        kind(index) == .name && kind(index + 1) == .assign && kind(index + 2) == .number
          && index != value && text(index) == name
          && [.newline, .comma, .close, .semicolon, .end].contains(kind(index + 3))
      }
      return (given.last { $0 < value } ?? given.first).map {
        program.numbers[Int(tokens[$0 + 2].payload)]
      }
    default: return nil
    }
  }
}
