import GradBase
import GradCore

/// What a name stands for where it is read.
enum Binding {
  case value
  /// Function number `index` of the program.
  case function(Int)
  /// The derivative of a function, `jax.grad(f)`, as node `index` of the syntax writes it.
  case derivative(Int32)
}

/// What a call calls, and which of its arguments is which operand.
struct Resolution {
  enum Callee {
    case row(any Operator.Type)
    case function(Int)
    /// The call is its first argument.
    case argument
    /// The call is the value of its first argument, without its derivative.
    case value
    case derivative(Differentiation)
  }

  var callee: Callee
  /// The nodes of the arguments in the order written, a method's receiver first.
  var written: Few<Int32>
  /// For each operand the argument that gives it, an index in ``written``, or -1 for its default.
  var order: Few<Int>
  /// Whether the operands are the arguments in their order.
  var isAsWritten: Bool { order.count == written.count && order.elementsEqual(written.indices) }
  /// The argument that is a condition, an index in ``written``; -1 for none.
  var condition = -1
}

/// Something wrong with a name or a call.
struct Mistake: Error {
  var code: Code
  var message: String
  var token: Int32
  var label = ""
  var help: String?
}

extension Program {
  /// What call `index` calls.
  func resolve(
    _ index: Int32, hints: Bool = true, _ lookup: (Int32) -> Binding?
  ) throws(Mistake) -> Resolution {
    let call = tree.nodes[Int(index)]
    let callee = tree.nodes[Int(call.first)]
    if let differentiation = try differentiation(index, lookup) {
      return try resolve(call, differentiation)
    }
    let name = callee.kind == .name ? callee.first : callee.second
    var receiver: Int32?
    if callee.kind == .name {
      switch lookup(name) {
      case .function(let number): return try resolve(call, function: number)
      case .derivative: break
      case .value:
        throw Mistake(
          code: .notAFunction, message: "\(quoted(names[name])) is a number, not a function",
          token: callee.token, help: "did you mean '\(names[name].prefix(40)) * (…)'?")
      case nil: break
      }
    } else if !isModule(callee.first, lookup) {
      receiver = callee.first
    }
    if let row = vocabulary.row(of: name) {
      let shared = callee.kind == .attribute && sharesTies(callee.first, isMethod: receiver != nil)
      return try resolve(
        call, shared ? OperatorRow.named("torch.\(names[name])") ?? row : row, receiver)
    }
    let word: Vocabulary.Word? =
      switch vocabulary.word(of: name) {
      case .valueOrArgument: receiver == nil ? .value : .argument
      // The name of a module too.
      case .module where receiver != nil && names[name] == "numpy": .value
      case let word: word
      }
    guard let word, word.isFunction else {
      throw unknown(name, callee.token, isMethod: receiver != nil, hints: hints)
    }
    let first = receiver ?? tree.arguments[Int(call.second)..<Int(call.third)].first?.value
    guard let first else {
      throw Mistake(
        code: .wrongArguments, message: "\(quoted(names[name])) takes an argument",
        token: callee.token)
    }
    return Resolution(
      callee: word == .value ? .value : .argument, written: .init(one: first), order: .init(one: 0))
  }

  /// Whether `torch.maximum` and the like are meant, where literals share the derivative of a tie.
  private func sharesTies(_ receiver: Int32, isMethod: Bool) -> Bool {
    if isMethod { return true }
    var index = receiver
    while true {
      let node = tree.nodes[Int(index)]
      let name = names[node.kind == .name ? node.first : node.second]
      if ["torch", "jnp", "jax"].contains(name) { return true }
      guard node.kind == .attribute else { return false }
      index = node.first
    }
  }

  private func resolve(
    _ call: SyntaxTree.Node, _ differentiation: Differentiation
  ) throws(Mistake) -> Resolution {
    guard case .function(let number) = differentiation.subject else {
      return Resolution(callee: .derivative(differentiation), written: [], order: [])
    }
    var resolution = try resolve(call, function: number, from: isGradientOf(call, number) ? 1 : 0)
    let count = tree.functions[number].parameters.count
    if let wrong = differentiation.positions.first(where: { $0 < 0 || $0 >= count }) {
      throw Mistake(
        code: .wrongArguments,
        message: "\(quoted(names[tree.functions[number].name])) has no argument \(wrong)",
        token: call.token, help: "arguments are counted from 0")
    }
    resolution.callee = .derivative(differentiation)
    return resolution
  }

  /// Whether a call is `gradient(f, x)`, whose first argument is the function.
  private func isGradientOf(_ call: SyntaxTree.Node, _ number: Int) -> Bool {
    guard tree.nodes[Int(call.first)].kind != .call, call.second < call.third else { return false }
    let first = tree.nodes[Int(tree.arguments[Int(call.second)].value)]
    return first.kind == .name && first.first == tree.functions[number].name
  }

  /// Whether node `index` is a module: `math`, `torch.nn.functional`.
  func isModule(_ index: Int32, _ lookup: (Int32) -> Binding?) -> Bool {
    var index = index
    while true {
      let node = tree.nodes[Int(index)]
      switch node.kind {
      case .name:
        let word = vocabulary.word(of: node.first)
        return lookup(node.first) == nil && (word == .module || word == .submodule)
      case .attribute
      where vocabulary.word(of: node.second) == .module
        || vocabulary.word(of: node.second) == .submodule:
        index = node.first
      default: return false
      }
    }
  }

  func unknown(
    _ name: Int32, _ token: Int32, isMethod: Bool, hints: Bool
  ) -> Mistake {
    let text = names[name]
    if Vocabulary.ofArrays.contains(text) {
      return Mistake(
        code: .arrays, message: "\(quoted(text)) takes arrays, which are not read", token: token,
        help: "write the numbers out")
    }
    if let help = Vocabulary.elsewhere[text] {
      return Mistake(
        code: .unknownFunction,
        message: "no \(isMethod ? "method" : "function") is called \(quoted(text))", token: token,
        help: help)
    }
    let own =
      isMethod || !hints ? [] : tree.functions.filter { $0.name >= 0 }.map { names[$0.name] }
    // A sign such as σ is near to every other letter.
    let words = OperatorRow.names.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
    let nearest = hints ? nearestName(to: text, among: words + own) : nil
    return Mistake(
      code: .unknownFunction,
      message: "no \(isMethod ? "method" : "function") is called \(quoted(text))", token: token,
      help: nearest.map { "did you mean '\($0)'?" }
        ?? (isMethod ? nil : "write it above: 'def \(text.prefix(40))(x): return …'"))
  }

  private func resolve(
    _ call: SyntaxTree.Node, function number: Int, from first: Int = 0
  ) throws(Mistake) -> Resolution {
    let function = tree.functions[number]
    let parameters = function.parameters
    let arguments = tree.arguments[Int(call.second) + first..<Int(call.third)]
    var places: [Int32: Int] = [:]
    if parameters.count > 8, arguments.contains(where: { $0.keyword >= 0 }) {
      for place in parameters.indices.reversed() { places[parameters[place].name] = place }
    }
    let order = try arrange(
      arguments, names[function.name], call.token, count: parameters.count,
      position: { keyword in
        places.isEmpty ? parameters.firstIndex { $0.name == keyword } : places[keyword]
      },
      parameterName: { names[parameters[$0].name] },
      isOptional: { parameters[$0].fallback != nil })
    return Resolution(
      callee: .function(number), written: Few(arguments.lazy.map(\.value)), order: Few(order))
  }

  private func resolve(
    _ call: SyntaxTree.Node, _ type: any Operator.Type, _ receiver: Int32?
  ) throws(Mistake) -> Resolution {
    let given = Int(call.second)..<Int(call.third)
    // Most calls are `sin(x)`: then the row, which is large, need not be looked at.
    if receiver == nil, given.count == OperatorRow.arities[Int(type.opcode.rawValue)],
      tree.arguments[given].allSatisfy({ $0.keyword < 0 })
    {
      return Resolution(
        callee: .row(type), written: Few(tree.arguments[given].lazy.map(\.value)),
        order: Few(0..<given.count))
    }
    let row = type.row
    let hasCondition = row.condition != nil
    var arguments = tree.arguments[Int(call.second)..<Int(call.third)]
    if let receiver {
      // `x.where(condition, y)` has its condition first, as in PyTorch.
      let place = hasCondition && !arguments.isEmpty ? 1 : 0
      arguments.insert(
        .init(token: call.token, value: receiver), at: arguments.startIndex + place)
    }
    let written = Few(arguments.lazy.map(\.value))
    if row.isVariadic {
      if let keyword = arguments.first(where: { $0.keyword >= 0 }) {
        throw unknownKeyword(keyword, row.name, [])
      }
      guard !written.isEmpty else {
        throw Mistake(
          code: .wrongArguments, message: "\(quoted(row.name)) takes at least 1 argument, not 0",
          token: call.token)
      }
      return Resolution(callee: .row(type), written: written, order: Few(written.indices))
    }
    let first = hasCondition ? 1 : 0
    if row.name.hasPrefix("log"), written.count == 2, row.operands.count == 1 {
      throw Mistake(
        code: .wrongArguments,
        message: "\(quoted(text(of: call.token))) takes 1 argument, not 2", token: call.token,
        help: logarithmHelp(arguments))
    }
    var order = try arrange(
      arguments, text(of: call.token), call.token, count: row.operands.count + first,
      position: { keyword in
        let name = names[keyword]
        if hasCondition, name == "condition" { return 0 }
        return row.operands.firstIndex { $0.keywords.contains(name) }.map { $0 + first }
      },
      parameterName: { position in
        position < first ? "condition" : row.operands[position - first].keywords.first ?? ""
      },
      isOptional: { $0 >= first && row.operands[$0 - first].fallback != nil })
    let condition = hasCondition ? order.removeFirst() : -1
    return Resolution(
      callee: .row(type), written: written, order: Few(order), condition: condition)
  }

  /// Puts arguments in the order of the parameters, -1 where one has its default.
  private func arrange(
    _ arguments: ArraySlice<SyntaxTree.Argument>, _ name: String, _ token: Int32, count: Int,
    position: (Int32) -> Int?, parameterName: (Int) -> String, isOptional: (Int) -> Bool
  ) throws(Mistake) -> [Int] {
    var order = [Int](repeating: -1, count: count)
    let least = (0..<count).count { !isOptional($0) }
    let range =
      least == count
      ? counted(count, "argument")
      : "\(least) \(least + 1 == count ? "or" : "to") \(count) arguments"
    for (index, argument) in arguments.enumerated() {
      var place = index
      if argument.keyword >= 0 {
        guard let found = position(argument.keyword) else {
          throw unknownKeyword(
            argument, name, (0..<count).map(parameterName).filter { !$0.isEmpty })
        }
        place = found
      } else if index > 0, arguments[arguments.startIndex + index - 1].keyword >= 0 {
        throw Mistake(
          code: .wrongArguments, message: "an argument without a name follows one with a name",
          token: argument.token)
      }
      guard place < count else {
        throw Mistake(
          code: .wrongArguments,
          message: "\(quoted(name)) takes \(range), not \(arguments.count)", token: token)
      }
      guard order[place] < 0 else {
        throw Mistake(
          code: .wrongArguments,
          message: "\(quoted(name)) is given \(quoted(parameterName(place))) twice",
          token: argument.token)
      }
      order[place] = index
    }
    for place in 0..<count where order[place] < 0 && !isOptional(place) {
      throw Mistake(
        code: .wrongArguments, message: "\(quoted(name)) takes \(range), not \(arguments.count)",
        token: token)
    }
    return order
  }

  /// How a logarithm to another base is written.
  private func logarithmHelp(_ arguments: ArraySlice<SyntaxTree.Argument>) -> String {
    let words = arguments.map { spelling(of: $0.value) }
    let (x, base) = (words[0], words[words.count - 1])
    guard x.utf8.count + base.utf8.count < 40 else { return "write log(x)/log(base)" }
    switch base {
    case "2": return "write log2(\(x)), or log(\(x))/log(2)"
    case "10": return "write log10(\(x)), or log(\(x))/log(10)"
    default: return "write log(\(x))/log(\(base))"
    }
  }

  private func unknownKeyword(
    _ argument: SyntaxTree.Argument, _ function: String, _ known: [String]
  ) -> Mistake {
    let name = names[argument.keyword]
    let help =
      nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
      ?? (known.isEmpty ? nil : "it has \(known.map { "'\($0)'" }.joined(separator: ", "))")
    return Mistake(
      code: .unknownKeyword, message: "\(quoted(function)) has no argument \(quoted(name))",
      token: argument.token, help: help)
  }
}
