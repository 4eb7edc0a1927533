import GradBase
import GradCore

extension Checker {
  /// Checks a name that is read.
  mutating func checkName(_ node: SyntaxTree.Node) {
    let name = node.first
    if let locals, !locals.contains(name), later.contains(name) {
      reportUndefined(
        node, label: "this function assigns \(quoted(program.names[name])) only further down",
        help: "a name that a function assigns is its own")
      return
    }
    switch lookup(name) {
    case .value:
      if given.contains(name), locals?.contains(name) != true { readGiven.insert(name) }
      return
    case .function:
      report.error(
        .functionAsValue, "\(quoted(program.names[name])) is a function, not a number",
        at: program.range(of: node.token), help: "call it: \(program.names[name].prefix(40))(x)")
      return
    case .derivative:
      report.error(
        .functionAsValue,
        "\(quoted(program.names[name])) is the derivative of a function, not a number",
        at: program.range(of: node.token), help: "call it: \(program.names[name].prefix(40))(x)")
      return
    case nil: break
    }
    if program.vocabulary.constant(of: name) != nil || program.tree.poisoned.contains(name) {
      return
    }
    if program.vocabulary.isFunction(name), everywhere[name] == nil {
      report.error(
        .functionAsValue, "\(quoted(program.names[name])) is a function, not a number",
        at: program.range(of: node.token), help: "call it: \(program.names[name].prefix(40))(x)")
      return
    }
    if program.tree.unread.contains(name) {
      guard undefined.insert(name).inserted else { return }
      report.error(
        .undefinedName, "\(quoted(program.names[name])) is no number",
        at: program.range(of: node.token),
        label: "what it holds is left out: it shows, checks or trains, or is a text")
      return
    }
    let isLater = everywhere[name] != nil
    let text = quoted(program.names[name])
    reportUndefined(
      node,
      label: isLater
        ? "\(text) is assigned only further down"
        : isOfSettings
          ? "a setting knows no names but constants"
          : locals == nil
            ? "no statement above assigns \(text)"
            : "neither a parameter nor a name of the program",
      help: isLater ? "move its statement up" : nil)
  }

  /// Whether what is checked stands in settings, which have nothing above them.
  private var isOfSettings: Bool { program.tree.statements.isEmpty }

  private mutating func reportUndefined(_ node: SyntaxTree.Node, label: String, help: String?) {
    guard undefined.insert(node.first).inserted else { return }
    let name = program.names[node.first]
    let side = sideOfDerivative(node.token)
    if side == .denominator { return }
    let own = side == nil ? commentHelp(node.token) : Self.derivativeHelp
    report.error(
      .undefinedName, "\(quoted(name)) is not defined", at: program.range(of: node.token),
      label: label, help: own ?? help ?? (report.hasRoom ? hint(for: name, at: node.token) : nil))
  }

  /// What to say of a last word after two dashes, which begin comments elsewhere.
  private func commentHelp(_ token: Int32) -> String? {
    let index = Int(token)
    guard index > 1, program.tokens[index + 1].kind == .newline else { return nil }
    let (first, second) = (program.tokens[index - 2], program.tokens[index - 1])
    guard first.kind == .minus, second.kind == .minus, first.end == second.start,
      second.end < program.tokens[index].start
    else { return nil }
    return "comments begin with '#'"
  }

  private func hint(for name: String, at token: Int32) -> String {
    let stand: [String: String] = [
      "π": "pi", "∞": "inf", "τ": "tau", "infinity": "inf", "Pi": "pi",
    ]
    if let known = stand[name] { return "did you mean '\(known)'?" }
    if let product = product(name) { return "did you mean '\(product)'?" }
    // What only this line or those below it assign was not meant.
    let line =
      program.tokens[..<Int(token)].lastIndex {
        $0.kind == .newline || $0.kind == .semicolon
      } ?? -1
    var first: [Int32: Int32] = [:]
    for target in program.tree.targets {
      first[target.name] = min(first[target.name] ?? target.token, target.token)
    }
    let values = order.filter {
      if case .value? = lookup($0) { Int(first[$0] ?? -2) < line } else { false }
    }
    let known = values + (locals ?? []).sorted()
    if let nearest = nearestName(to: name, among: known.lazy.map { program.names[$0] }) {
      return "did you mean '\(nearest)'?"
    }
    if isOfSettings { return "write its value, such as 1/3 or sqrt(2)" }
    let short = name.prefix(40)
    return "give it a value above, '\(short) = 1', or on the command line, '--set \(short)=1'"
  }

  /// `bc` as a product of two names that are known, or `sinx` as a function of one.
  private func product(_ name: String) -> String? {
    guard name.count > 1, name.utf8.count <= 64 else { return nil }
    func isKnown(_ part: String) -> Bool {
      guard let number = program.names.existing(part) else { return false }
      if case .value? = globals[number] { return true }
      return locals?.contains(number) == true
    }
    for cut in name.indices.dropFirst() {
      let (first, second) = (String(name[..<cut]), String(name[cut...]))
      if isKnown(first), isKnown(second) { return "\(first) * \(second)" }
      if first.count > 1, isKnown(second), OperatorRow.named(first) != nil {
        return "\(first)(\(second))"
      }
    }
    return nil
  }

  /// Checks that a setting changes an input, at the first statement that assigns its name.
  mutating func checkSetting(
    _ target: SyntaxTree.Target, _ statement: SyntaxTree.Statement, _ position: Int
  ) {
    let name = program.names[target.name]
    guard let setting = settings[name] else { return }
    let values = program.tree.values(of: statement)
    let value = values[values.startIndex + position % values.count]
    if program.isClosed(value, { [globals] in globals[$0] }) { return }
    report.error(
      .computedSetting, "\(quoted(name)) is computed and cannot be set to \(setting.spelling)",
      at: program.range(of: target.token), label: "computed here",
      help: "only inputs can be set")
  }

  /// Which input may be meant by a setting of none: the one with a name like it, or one of a few.
  private func settingHelp(_ name: String) -> String? {
    var seen: Set<Int32> = []
    var inputs: [String] = []
    for statement in program.tree.statements where statement.kind == .assign {
      let values = program.tree.values(of: statement)
      for (position, target) in program.tree.targets(of: statement).enumerated()
      where target.name >= 0 && seen.insert(target.name).inserted {
        let value = values[values.startIndex + position % values.count]
        if program.isClosed(value, { [globals] in globals[$0] }) {
          inputs.append(program.names[target.name])
        }
      }
    }
    if let nearest = nearestName(to: name, among: inputs) { return "did you mean '\(nearest)'?" }
    if inputs.isEmpty || inputs.count > 12 { return nil }
    return "its input\(inputs.count == 1 ? " is" : "s are") \(inputs.joined(separator: ", "))"
  }

  /// Checks that every setting changes something.
  mutating func checkSettingsAreRead() {
    for setting in settings.values.sorted(by: { $0.name < $1.name }) {
      let name = program.names.existing(setting.name)
      if let name, case .function? = everywhere[name] {
        report.error(
          .computedSetting, "\(quoted(setting.name)) is a function and cannot be set", at: nil)
      } else if name.map({
        everywhere[$0] == nil && !readGiven.contains($0) && !program.tree.poisoned.contains($0)
      }) ?? true {
        report.error(
          .unknownSetting, "the program has no input \(quoted(setting.name))", at: nil,
          help: report.hasRoom ? settingHelp(setting.name) : nil)
      }
    }
  }

  /// Checks that no function calls itself, directly or by way of others.
  ///
  /// - Parameter calls: The names that each function calls, with the words of the calls.
  mutating func checkRecursion(_ calls: [Int32: [Int32: Int32]]) {
    var (active, done): (Set<Int32>, Set<Int32>) = ([], [])
    for start in program.tree.functions.map(\.name) where !done.contains(start) {
      var path = [(name: start, rest: ordered(calls[start]))]
      active.insert(start)
      while let (name, rest) = path.last {
        guard let (next, token) = rest.last else {
          path.removeLast()
          active.remove(name)
          done.insert(name)
          continue
        }
        path[path.count - 1].rest.removeLast()
        if active.contains(next) {
          guard report.hasRoom else {
            report.error(.recursion, "", at: nil)
            continue
          }
          let cycle = path.drop { $0.name != next }.dropFirst().prefix(3).map {
            "'\(program.names[$0.name].prefix(40))'"
          }
          let way = cycle.isEmpty ? "" : " by way of \(cycle.joined(separator: ", "))"
          report.error(
            .recursion, "\(quoted(program.names[next])) calls itself\(way)",
            at: program.range(of: token), label: "calls are expanded in place, which would not end",
            help: "write the steps out")
        } else if !done.contains(next) {
          active.insert(next)
          path.append((next, ordered(calls[next])))
        }
      }
    }
  }

  /// Calls, the first in the text last.
  private func ordered(_ calls: [Int32: Int32]?) -> [(name: Int32, token: Int32)] {
    (calls ?? [:]).map { ($0.key, $0.value) }.sorted { $0.1 > $1.1 }
  }
}
