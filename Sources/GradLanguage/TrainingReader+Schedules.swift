extension TrainingReader {
  // MARK: Schedules

  private static let schedulers: [String: [String]] = [
    "StepLR": ["step_size", "gamma"], "ExponentialLR": ["gamma"],
    "MultiStepLR": ["milestones", "gamma"], "CosineAnnealingLR": ["T_max", "eta_min"],
    "LinearLR": ["start_factor", "end_factor", "total_iters"],
    "ConstantLR": ["factor", "total_iters"],
  ]

  private static let otherSchedulers: Set<String> = [
    "LambdaLR", "MultiplicativeLR", "PolynomialLR", "ReduceLROnPlateau", "CyclicLR", "OneCycleLR",
    "CosineAnnealingWarmRestarts", "SequentialLR", "ChainedScheduler",
  ]

  /// Takes what a program changes its rate by, where an update stands at word `update`.
  func takeSchedule(_ loop: inout TrainingLoop, at update: Int, _ blocks: Blocks) {
    var found: [RateSchedule] = []
    for index in tokens.indices where kind(index) == .name {
      let word = text(index)
      if kind(index + 1) == .open, let names = Self.schedulers[word] {
        guard let maker = assignedName(of: index), let step = firstStep(of: maker, blocks) else {
          continue
        }
        guard arguments(of: step + 1).isEmpty, let change = change(word, names, at: index) else {
          loop.unknown = "the numbers that \(word) is given are not plain"
          return
        }
        add(change, at: step, update, blocks, &found, &loop)
      } else if kind(index + 1) == .open, Self.otherSchedulers.contains(word) {
        if assignedName(of: index).flatMap({ firstStep(of: $0, blocks) }) == nil { continue }
        loop.unknown = "\(word), which no descent here follows, changes the rate"
        return
      } else if word == "param_groups" {
        takeGroups(at: index, update, blocks, &found, &loop)
      }
    }
    if found.count > 1 { loop.unknown = "several statements change the rate" }
    loop.schedule = found.first
  }

  /// The name that the statement of word `index` assigns.
  func assignedName(of index: Int) -> String? {
    var word = index
    while word > 0, ![.newline, .indent, .dedent, .semicolon].contains(tokens[word - 1].kind) {
      word -= 1
      if kind(word) == .assign, word > 0, kind(word - 1) == .name { return text(word - 1) }
    }
    return nil
  }

  /// The word `step` of the first `name.step(…)` in a loop.
  func firstStep(of name: String, _ blocks: Blocks) -> Int? {
    tokens.indices.first { index in
      kind(index) == .name && text(index) == "step" && kind(index + 1) == .open && index >= 2
        && kind(index - 1) == .dot && kind(index - 2) == .name && text(index - 2) == name
        && !loops(around: index, blocks).isEmpty
    }
  }

  private func change(_ word: String, _ names: [String], at call: Int) -> RateSchedule.Change? {
    var given: [String: Range<Int>] = [:]
    for (position, argument) in arguments(of: call + 1).enumerated() where position > 0 {
      if kind(argument.lowerBound) == .name, kind(argument.lowerBound + 1) == .assign {
        given[text(argument.lowerBound)] = argument.lowerBound + 2..<argument.upperBound
      } else if position - 1 < names.count {
        given[names[position - 1]] = argument
      } else {
        return nil
      }
    }
    given["verbose"] = nil
    if given.keys.contains(where: { !names.contains($0) }) { return nil }
    // A number that is left out is PyTorch's own.
    func value(_ name: String, _ usual: Double?) -> Double? { given[name].map(number) ?? usual }
    func count(_ name: String, _ usual: Double?) -> Int? {
      value(name, usual).flatMap { $0 >= 1 && $0 == $0.rounded() && $0 < 1e9 ? Int($0) : nil }
    }
    switch word {
    case "StepLR":
      guard let size = count("step_size", nil), let gamma = value("gamma", 0.1) else { return nil }
      return .steps(size: size, factor: gamma)
    case "ExponentialLR": return value("gamma", nil).map { .exponential(factor: $0) }
    case "MultiStepLR":
      guard let list = given["milestones"], let gamma = value("gamma", 0.1),
        kind(list.lowerBound) == .openSquare || kind(list.lowerBound) == .open
      else { return nil }
      let times = arguments(of: list.lowerBound).map { number($0).map { Int($0) } }
      return times.contains(nil) ? nil : .milestones(times.compactMap(\.self), factor: gamma)
    case "CosineAnnealingLR":
      guard let most = count("T_max", nil), let least = value("eta_min", 0) else { return nil }
      return .cosine(count: most, least: least)
    case "LinearLR":
      guard let start = value("start_factor", 1 / 3), let end = value("end_factor", 1),
        let count = count("total_iters", 5)
      else { return nil }
      return .linear(from: start, to: end, count: count)
    default:
      guard let factor = value("factor", 1 / 3), let count = count("total_iters", 5) else {
        return nil
      }
      return .constant(factor: factor, count: count)
    }
  }

  /// `for g in opt.param_groups: g['lr'] *= 0.9`, `opt.param_groups[0]['lr'] = lr`.
  private func takeGroups(
    at index: Int, _ update: Int, _ blocks: Blocks, _ found: inout [RateSchedule],
    _ loop: inout TrainingLoop
  ) {
    let head = blocks.lines[index]
    var (begin, end) = (index, end(ofLineFrom: index))
    if text(head) == "for", let block = blocks.heads.firstIndex(of: head) {
      // The block of the loop over the groups.
      let words = tokens.indices.filter { blocks.around($0).contains(block) }
      (begin, end) = (words.first ?? end, (words.last ?? end) + 1)
    }
    for word in begin..<end
    where kind(word) == .openSquare && kind(word + 1) == .string && kind(word + 2) == .closeSquare {
      guard ["'lr'", "\"lr\""].contains(text(word + 1)) else { continue }
      let isConditional = blocks.around(word).contains { block in
        ["if", "elif", "else"].contains(text(blocks.heads[block]))
      }
      let rest = word + 4..<self.end(ofLineFrom: word)
      let isPlain = !isConditional && !loops(around: word, blocks).isEmpty
      switch kind(word + 3) {
      case .starAssign where isPlain, .slashAssign where isPlain:
        guard let factor = number(rest) else { break }
        let change = RateSchedule.Change.exponential(
          factor: kind(word + 3) == .starAssign ? factor : 1 / factor)
        add(change, at: word, update, blocks, &found, &loop)
        continue
      case .assign where isPlain:
        guard rest.count == 1, kind(rest.lowerBound) == .name else { break }
        var schedule = RateSchedule(
          change: .name(text(rest.lowerBound)), depth: 0, isBefore: word < update)
        schedule.carries = carried(text(rest.lowerBound), update, blocks)
        schedule.reads = reads(text(rest.lowerBound), update, blocks)
        addPlaced(&schedule, at: word, update, blocks, &found, &loop)
        continue
      case .assign, .starAssign, .slashAssign, .plusAssign, .minusAssign, .powerAssign: break
      default: continue
      }
      loop.unknown =
        isConditional
        ? "the rates of groups change under a condition"
        : "what the rates of groups become is neither a name nor a product with a number"
    }
  }

  private func add(
    _ change: RateSchedule.Change, at word: Int, _ update: Int, _ blocks: Blocks,
    _ found: inout [RateSchedule], _ loop: inout TrainingLoop
  ) {
    var schedule = RateSchedule(change: change, depth: 0, isBefore: word < update)
    addPlaced(&schedule, at: word, update, blocks, &found, &loop)
  }

  private func addPlaced(
    _ schedule: inout RateSchedule, at word: Int, _ update: Int, _ blocks: Blocks,
    _ found: inout [RateSchedule], _ loop: inout TrainingLoop
  ) {
    let (own, around) = (loops(around: word, blocks), loops(around: update, blocks))
    guard !own.isEmpty, own.count <= around.count, own == Array(around.prefix(own.count)) else {
      loop.unknown = "the rate changes in another loop than the parameters"
      return
    }
    schedule.depth = own.count
    found.append(schedule)
  }

  // MARK: Names

  /// Takes how the name of a rate changes that an update at word `update` multiplies by.
  func takeChanges(of name: String, _ loop: inout TrainingLoop, at update: Int, _ blocks: Blocks) {
    let changes = changes(of: name, update, blocks)
    if changes.isEmpty { return }
    var schedule = RateSchedule(change: .name(name), depth: 0, isBefore: changes[0] < update)
    var found: [RateSchedule] = []
    if changes.contains(where: { ($0 < update) != schedule.isBefore }) {
      loop.unknown = "'\(name)' changes both before and after the parameters do"
      return
    }
    if Set(changes.map { loops(around: $0, blocks) }).count > 1 {
      loop.unknown = "'\(name)' changes in several loops"
      return
    }
    schedule.carries = carried(name, update, blocks)
    schedule.reads = reads(name, update, blocks)
    addPlaced(&schedule, at: changes[0], update, blocks, &found, &loop)
    loop.schedule = found.first
  }

  /// The words of a name that is given values in the loops around an update.
  private func changes(of name: String, _ update: Int, _ blocks: Blocks) -> [Int] {
    let assigning: [Token.Kind] = [
      .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign, .powerAssign,
    ]
    guard let outermost = loops(around: update, blocks).first else { return [] }
    return tokens.indices.filter { index in
      kind(index) == .name && text(index) == name && kind(index - 1) != .dot
        && kind(index + 1).map(assigning.contains) == true && blocks.lines[index] == index
        && blocks.around(index).contains(outermost)
    }
  }

  /// In how many of the loops around an update a name changes by its own value before; `nil` if it does not.
  private func carried(_ name: String, _ update: Int, _ blocks: Blocks) -> Int? {
    let own = changes(of: name, update, blocks).first { index in
      kind(index + 1) != .assign
        || (index + 2..<end(ofLineFrom: index)).contains {
          kind($0) == .name && text($0) == name && kind($0 - 1) != .dot
        }
    }
    return own.map { loops(around: $0, blocks).count }
  }

  /// The names in the statements that change a name, and in the conditions around them.
  private func reads(_ name: String, _ update: Int, _ blocks: Blocks) -> [String] {
    let lines = changes(of: name, update, blocks).flatMap { change in
      [change] + blocks.around(change).map { blocks.heads[$0] }
    }
    let words = lines.flatMap { Array($0..<end(ofLineFrom: $0)) }
    return [name] + words.filter { kind($0) == .name }.map(text)
  }
}
