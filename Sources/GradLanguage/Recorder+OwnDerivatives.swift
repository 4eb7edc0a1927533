import GradBase
import GradCore

/// A function whose derivative the program computes itself: what `F.apply` is of a class that is based on
/// `torch.autograd.Function`, or a function below `@jax.custom_vjp` or `@tf.custom_gradient`.
final class OwnFunctionObject: Object {
  /// How the program says its derivative.
  enum Rule {
    /// `forward(ctx, …)` and `backward(ctx, …)` of a class.
    case ofClass(ClassObject)
    /// `f.defvjp(forward, backward)`: what the one keeps for the other stands behind its value.
    case pair(forward: Operand, backward: Operand)
    /// `f.defjvp(function)`: what it makes of values and their tangents.
    case forward(Operand)
    /// The function returns its value and a function for the way back.
    case returned
  }
  typealias Operand = Recorder.Operand

  let rule: Rule

  init(_ rule: Rule) { self.rule = rule }

  override var description: String { "a function" }
}

/// A call of a function with a derivative of its own, while that is compared with the formula's.
final class OwnCall {
  typealias Operand = Recorder.Operand

  let name: String
  let rule: OwnFunctionObject.Rule
  let given: [Operand]
  let token: Int32
  /// What the function keeps for the way back: `ctx`, the residuals, or the function that it returns.
  var kept = Operand.none
  var result = Operand.none
  /// What comes back, one after the other; the last are ones.
  var seeds: [[NumberArray]] = []
  /// What the program makes of each.
  var answers: [[Operand]] = []
  var stage = Stage.forward

  enum Stage { case forward, context, kept, probing, factors }

  init(_ name: String, _ rule: OwnFunctionObject.Rule, _ given: [Operand], _ token: Int32) {
    (self.name, self.rule, self.given, self.token) = (name, rule, given, token)
  }
}

/// Derivatives that the program computes itself.
///
/// The value of such a function is recorded as a call, with the derivative of its formula. Then the program's
/// own way back is run for several values that might come back. Where both agree, nothing more is to be done.
/// Where they differ, but the program multiplies what comes back by factors, entry by entry, as a
/// straight-through estimator does, the factors become the derivative. Everything else is refused.
extension Recorder {
  mutating func call(
    _ function: OwnFunctionObject, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) {
    guard case .ofClass(let type) = function.rule else { return }
    var values: [Operand] = []
    for value in given {
      values.append(object(value) is WeightObject ? try arrayed(value, token) : value)
    }
    let given = values
    let call = OwnCall(type.name, function.rule, given, token)
    tasks.append(.step(.own(call)))
    let context = InstanceObject(contextType)
    call.kept = make(context)
    let needed = given.map { value in Operand.truth(node(value).map(dependsOnInput) ?? false) }
    setContext("needs_input_grad", make(ListObject(needed, isTuple: true)), of: context)
    let hasSetup = method("setup_context", of: type) != nil
    try callMethod("forward", of: type, hasSetup ? given : [call.kept] + given, token)
  }

  /// What a function of the program has for the way back, where it has something; `nil` elsewhere.
  func ownRule(_ number: Int) -> OwnFunctionObject.Rule? {
    program.tree.functions[number].returnsDerivative ? .returned : ownRules[number]
  }

  /// The class of `ctx`.
  private var contextType: ClassObject {
    let type = ClassObject("ctx", bases: [], isModule: false)
    type.isContext = true
    return type
  }

  /// Gives `ctx` an attribute, unless the program never asks for it.
  func setContext(_ name: String, _ value: Operand, of context: InstanceObject) {
    if let number = program.names.existing(name) { context[number] = value }
  }

  private func method(_ name: String, of type: ClassObject) -> Operand? {
    program.names.existing(name).flatMap { type.attribute($0) }
  }

  private mutating func callMethod(
    _ name: String, of type: ClassObject, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) {
    guard let function = method(name, of: type) else {
      throw failure(
        .unknownAttribute, "\(quoted(type.name)) has no method '\(name)'", token,
        help: "a function with a derivative of its own has 'forward' and 'backward'")
    }
    try call(function, given, [:], token)
  }

  /// Goes on with a call when what it called has given its result, the last operand.
  mutating func goOn(_ own: OwnCall) throws(ProgramError) {
    let last = operands.removeLast()
    switch own.stage {
    case .forward:
      own.result = last
      if case .returned = own.rule {
        guard let pair = object(last) as? ListObject, pair.isTuple, pair.items.count == 2 else {
          throw failure(
            .wrongType, "\(quoted(own.name)) is to return its value and a function", own.token)
        }
        (own.result, own.kept) = (pair.items[0], pair.items[1])
      }
      if numeric == 0, shape(of: own.result) != nil, node(own.result) == nil {
        // What depends on the arguments by comparisons alone is a node for what comes back to it.
        own.result = .node(try onTape(own.result, own.token))
      }
      // Nothing is differentiated where only numbers are wanted, or by none of what is given.
      guard numeric == 0, own.given.contains(where: { node($0).map(dependsOnInput) ?? false })
      else { return operands.append(own.result) }
      switch own.rule {
      case .ofClass(let type) where method("setup_context", of: type) != nil:
        own.stage = .context
        tasks.append(.step(.own(own)))
        let inputs = make(ListObject(own.given, isTuple: true))
        return try callMethod("setup_context", of: type, [own.kept, inputs, own.result], own.token)
      case .pair(let forward, _):
        own.stage = .kept
        tasks += [.step(.own(own)), .endNumeric]
        numeric += 1
        return try call(forward, own.given, [:], own.token)
      default: break
      }
    case .context: break
    case .kept:
      guard let pair = object(last) as? ListObject, pair.isTuple, pair.items.count == 2 else {
        throw failure(
          .wrongType, "the function that 'defvjp' is given first is to return two values", own.token
        )
      }
      own.kept = pair.items[1]
    case .probing, .factors:
      own.answers.append(answers(last))
      if own.stage == .factors { return try giveFactors(own) }
      if own.answers.count == own.seeds.count {
        if case .forward = own.rule { return try compareForward(own) }
        return try compare(own)
      }
    }
    if own.stage != .probing {
      own.stage = .probing
      own.seeds = seeds(for: outputs(of: own.result))
      if case .forward = own.rule { own.seeds = seeds(for: own.given.map { node($0) ?? 0 }) }
    }
    numeric += 1
    try askBack(own, own.seeds[own.answers.count].map { plain($0, .real) }, isNumeric: true)
  }

  /// The nodes that a function returns.
  private func outputs(of result: Operand) -> [UInt32] {
    ((object(result) as? ListObject)?.items ?? [result]).compactMap { node($0) }
  }

  /// What might come back, small and large, of either sign, and ones.
  private func seeds(for outputs: [UInt32]) -> [[NumberArray]] {
    let signs = [0.37, -1.7, 0.9, -0.11, 2.3, -0.61]
    var seeds: [[NumberArray]] = [1e-3, 1, -1e4].map { size in
      var place = 0
      return outputs.map { output in
        let shape = tape.node(Int(output)).shape
        let entries = (0..<shape.reduce(1, *)).map { _ in
          place += 1
          return size * signs[place % signs.count]
        }
        return NumberArray(shape, entries)
      }
    }
    seeds.append(
      outputs.map { output in
        let shape = tape.node(Int(output)).shape
        return NumberArray(shape, [Double](repeating: 1, count: shape.reduce(1, *)))
      })
    return seeds
  }

  /// Calls the program's own way back.
  private mutating func askBack(
    _ own: OwnCall, _ seeds: [Operand], isNumeric: Bool
  ) throws(ProgramError) {
    tasks.append(.step(.own(own)))
    if isNumeric { tasks.append(.endNumeric) }
    switch own.rule {
    case .ofClass(let type): try callMethod("backward", of: type, [own.kept] + seeds, own.token)
    case .pair(_, let backward):
      let seed = seeds.count == 1 ? seeds[0] : make(ListObject(seeds, isTuple: true))
      try call(backward, [own.kept, seed], [:], own.token)
    case .returned: try call(own.kept, seeds, [:], own.token)
    case .forward(let forward):
      // What is no node does not move.
      let tangents = zip(own.given, seeds).map { node($0) == nil ? Operand.number(0, .real) : $1 }
      let values = make(ListObject(own.given, isTuple: true))
      try call(forward, [values, make(ListObject(tangents, isTuple: true))], [:], own.token)
    }
  }

  private func answers(_ answer: Operand) -> [Operand] {
    if let list = object(answer) as? ListObject { return list.items }
    return [answer]
  }

  /// Compares the program's own derivatives with those of the formula.
  private mutating func compare(_ own: OwnCall) throws(ProgramError) {
    let outputs = outputs(of: own.result)
    var different: Int?
    for (seeds, answers) in zip(own.seeds, own.answers) {
      guard
        answers.count >= own.given.count
          || own.given.dropFirst(answers.count).allSatisfy({
            node($0) == nil
          })
      else {
        throw failure(
          .wrongArguments,
          "the way back of \(quoted(own.name)) gives \(counted(answers.count, "derivative")) of "
            + "\(own.given.count)", own.token)
      }
      let gradients = zip(outputs, seeds).map {
        tape.gradients(of: tape.node(Int($0)), seed: $1)
      }
      for (place, value) in own.given.enumerated() {
        guard let source = node(value), dependsOnInput(source), place < answers.count,
          !answers[place].isNone || isLearned(value)
        else { continue }
        let shape = tape.node(Int(source)).shape
        var sum = [Double](repeating: 0, count: shape.reduce(1, *))
        for gradients in gradients {
          guard let part = gradients[tape.node(Int(source))] else { continue }
          for (entry, value) in part.entries.enumerated() { sum[entry] += value }
        }
        // What is given twice has the sum of both.
        var theirs = [Double](repeating: 0, count: sum.count)
        for (other, answer) in zip(own.given, answers) where node(other) == source {
          guard let numbers = numbers(of: answer) else { continue }
          guard numbers.count == sum.count else {
            throw failure(
              .arrays,
              "the way back of \(quoted(own.name)) gives a derivative of "
                + "\(shapeText(numbers.shape)) for \(shapeText(shape))", own.token)
          }
          for (entry, value) in numbers.entries.enumerated() { theirs[entry] += value }
        }
        let size = zip(sum, theirs).map { max($0.magnitude, $1.magnitude) }.max() ?? 0
        for (x, y) in zip(sum, theirs) where (x - y).magnitude > 1e-9 * size { different = place }
      }
    }
    guard let different else { return operands.append(own.result) }
    try checkFactors(own, different)
    own.stage = .factors
    let ones = own.seeds[own.seeds.count - 1].map { plain($0, .real) }
    try askBack(own, ones, isNumeric: false)
  }

  /// Compares what the program makes of tangents with the formula: both are the same for any weights of the
  /// result.
  private mutating func compareForward(_ own: OwnCall) throws(ProgramError) {
    guard let output = node(own.result) else {
      throw failure(
        .unsupportedStatement, "'defjvp' is read for functions that give one value", own.token)
    }
    let weights = seeds(for: [output])[1][0]
    let gradients = tape.gradients(of: tape.node(Int(output)), seed: weights)
    for (seeds, answers) in zip(own.seeds, own.answers) {
      guard answers.count == 2, let tangent = numbers(of: answers[1]),
        tangent.count == weights.count || tangent.count == 1
      else {
        throw failure(
          .wrongType, "the function that 'defjvp' is given returns a value and its tangent",
          own.token)
      }
      var (theirs, ours, size) = (0.0, 0.0, 0.0)
      for (place, weight) in weights.entries.enumerated() {
        let part = weight * tangent.entries[tangent.count == 1 ? 0 : place]
        theirs += part
        size += part.magnitude
      }
      for (value, seed) in zip(own.given, seeds) {
        guard let source = node(value), let part = gradients[tape.node(Int(source))] else {
          continue
        }
        for (x, y) in zip(part.entries, seed.entries) { ours += x * y }
      }
      guard (ours - theirs).magnitude <= 1e-9 * max(size, ours.magnitude) else {
        throw failure(
          .unsupportedStatement,
          "the tangents of \(quoted(own.name)) are not those of its formula", own.token,
          help: "write the formula alone, and its derivative is computed")
      }
    }
    operands.append(own.result)
  }

  /// Refuses a way back that is more than factors of what comes back.
  private func checkFactors(_ own: OwnCall, _ different: Int) throws(ProgramError) {
    let outputs = outputs(of: own.result)
    let factors = own.answers[own.answers.count - 1].map { numbers(of: $0) }
    for (seeds, answers) in zip(own.seeds, own.answers) {
      for (place, answer) in answers.enumerated() where place < own.given.count {
        guard node(own.given[place]) != nil, let answer = numbers(of: answer) else { continue }
        guard outputs.count == 1, let factor = factors[place],
          answer.shape == seeds[0].shape, factor.shape == answer.shape,
          shape(of: own.given[place]) == answer.shape,
          zip(zip(factor.entries, seeds[0].entries), answer.entries).allSatisfy({ pair, own in
            (pair.0 * pair.1 - own).magnitude <= 1e-9 * own.magnitude
          })
        else {
          throw failure(
            .unsupportedStatement,
            "the way back of \(quoted(own.name)) is not the derivative of its formula", own.token,
            label: "they differ in the derivative by argument \(different + 1)",
            help:
              "only where it multiplies what comes back by factors, entry by entry, it is read; "
              + "else write the formula alone, and its derivative is computed")
        }
      }
    }
  }

  /// y + p ⊙ (x - x): the value of the formula, with the program's factors as its derivative.
  private mutating func giveFactors(_ own: OwnCall) throws(ProgramError) {
    var value = Operand.node(try held(outputs(of: own.result)[0], own.token))
    for (argument, factor) in zip(own.given, own.answers[own.answers.count - 1]) {
      guard let source = node(argument), dependsOnInput(source), !factor.isNone else { continue }
      let factor = Operand.node(try held(try onTape(factor, own.token), own.token))
      let still = Operand.node(try held(source, own.token))
      let change = try recorded(Operators.Subtract.self, argument, still, own.token)
      let scaled = try recorded(Operators.Multiply.self, factor, change, own.token)
      value = try recorded(Operators.Add.self, value, scaled, own.token)
    }
    autograd.hasOwnDerivatives = true
    operands.append(value)
  }

  private mutating func recorded(
    _ row: any Operator.Type, _ x: Operand, _ y: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    try record(row, numbers: [x, y], token)
    return operands.removeLast()
  }
}

/// What `ctx` of a function with a derivative of its own has.
extension Word {
  static let methodsOfFunctions: [String: Method] = [
    "defjvp": Method(names: ["symbolic_zeros"]) {
      (machine, object, given, _, token) throws(ProgramError) in
      guard let function = object as? FunctionObject, given.count == 1 else {
        throw machine.failure(.wrongArguments, "'defjvp' takes one function", token)
      }
      machine.ownRules[function.number] = .forward(given[0])
      machine.operands.append(given[0])
    },
    "defvjp": Method(names: ["symbolic_zeros", "optimize_remat"]) {
      (machine, object, given, _, token) throws(ProgramError) in
      guard let function = object as? FunctionObject, given.count == 2 else {
        throw machine.failure(.wrongArguments, "'defvjp' takes two functions", token)
      }
      machine.ownRules[function.number] = .pair(forward: given[0], backward: given[1])
      machine.operands.append(.none)
    },
  ]

  private static let nothing = Method(names: nil) { (machine, _, _, _, _) throws(ProgramError) in
    machine.operands.append(.none)
  }

  static let methodsOfContexts: [String: Method] = [
    "save_for_backward": Method { (machine, object, given, _, _) throws(ProgramError) in
      if let context = object as? InstanceObject {
        let saved = machine.make(ListObject(given, isTuple: true))
        for name in ["saved_tensors", "saved_variables"] {
          machine.setContext(name, saved, of: context)
        }
      }
      machine.operands.append(.none)
    },
    "mark_non_differentiable": nothing, "set_materialize_grads": nothing,
  ]
}
