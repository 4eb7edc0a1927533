import GradBase
import GradCore

/// How the derivatives that a call finds are given: one, a tuple, or in lists and dictionaries.
extension Recorder {
  /// Leaves what call `index` gives with the operands: the value first, where it is asked for, then the
  /// derivatives.
  mutating func give(
    _ found: [Operand], by sources: [Operand], _ index: Int32, _ differentiation: Differentiation
  ) throws(ProgramError) {
    let token = program.tree.nodes[Int(index)].token
    let leads = differentiation.givesValue ? 1 : 0
    var results = found
    var isSeveral = differentiation.form == .tuple
    if case .value = differentiation.subject, sources.count == 1,
      let list = object(results[0]) as? ListObject
    {
      (results, isSeveral) = (list.items, true)
    }
    if differentiation.valueIsLast {
      let derivatives = Array(results.dropFirst())
      results = [
        isSeveral || derivatives.count > 1
          ? make(ListObject(derivatives, isTuple: true)) : derivatives[0], results[0],
      ]
      autograd.results = results
      let place = program.tree.elements[index]
      let pair = make(ListObject(results, isTuple: true))
      return operands.append(
        isDynamic
          ? try place.map { (place) throws(ProgramError) in
            try part(place, of: pair, token)
          } ?? pair : results[min(max(place ?? 0, 0), 1)])
    }
    autograd.results = results
    guard isDynamic, isSeveral || results.count > leads else {
      let wanted = program.tree.elements[index] ?? 0
      return operands.append(
        wanted < results.count
          ? results[wanted] : .node(try constant(NumberArray(.nan), nil, token)))
    }
    var value: Operand
    if isSeveral || results.count > leads + 1 {
      let derivatives = Array(results.dropFirst(leads))
      value = make(ListObject(derivatives, isTuple: differentiation.form == .tuple))
    } else {
      value = results[leads]
    }
    if leads > 0 { value = make(ListObject([results[0], value], isTuple: true)) }
    if let place = program.tree.elements[index] { value = try part(place, of: value, token) }
    operands.append(value)
  }

  /// What a function returned: the value, and what it returns besides, if the call says that there is something.
  func parted(
    _ returned: Operand, _ differentiation: Differentiation
  ) -> (value: Operand, more: Operand?) {
    guard differentiation.hasMore, let pair = object(returned) as? ListObject, pair.isTuple,
      pair.items.count == 2
    else { return (returned, nil) }
    return (pair.items[0], pair.items[1])
  }

  /// What is differentiated, as one value: where the program names several, `torch.autograd.backward([u, v])`,
  /// or says how much each entry of one counts, the sum of all.
  ///
  /// - Parameters:
  ///   - value: What the program differentiates: a value, or a list of values.
  ///   - weights: What each entry counts, in a list where the values are in one; `nil` for 1.
  ///   - sumsEntries: Whether an array without weights stands for the sum of its entries.
  ///   - depth: How many lists are around the value.
  ///   - token: Where that is said.
  /// - Returns: The value itself where nothing is added up.
  /// - Throws: That the weights are not as many as the values.
  mutating func sum(
    of value: Operand, weights: Operand?, sumsEntries: Bool = false, depth: Int = 0, _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard let list = object(value) as? ListObject, depth < 64 else {
      if let weights, !weights.isNone {
        if isArray(value) || isArray(weights) { return .node(try weighted(value, weights, token)) }
        if number(weights) != 1 {
          return try apply(Operators.Multiply.self, [value, weights], token)
        }
      }
      guard sumsEntries, isArray(value) else { return value }
      return try apply(.reduce(.sum, axes: nil, keepsAxes: false), [value], token)
    }
    let given = weights.flatMap { (object($0) as? ListObject)?.items ?? [$0] }
    guard !list.items.isEmpty, (given?.count ?? list.items.count) == list.items.count else {
      throw failure(
        .wrongArguments,
        "\(counted(list.items.count, "value")) to differentiate, \(counted(given?.count ?? 0, "weight"))",
        token)
    }
    var result: Operand?
    for (place, item) in list.items.enumerated() {
      let part = try sum(
        of: item, weights: given?[place], sumsEntries: sumsEntries, depth: depth + 1, token)
      guard let sum = result else {
        result = part
        continue
      }
      result = try apply(Operators.Add.self, [sum, part], token)
    }
    return result ?? value
  }

  /// The derivative by all versions of a tensor as a node, where a pass backward has kept its graph.
  mutating func keptDerivative(
    by versions: [UInt32], since known: Int, _ token: Int32
  ) throws(ProgramError) -> Operand {
    var result: Operand?
    for output in autograd.differentiated.dropFirst(known) {
      for version in versions where version <= output {
        let part =
          autograd.kept.contains(output)
          ? try recordedDerivatives(of: output, by: [version], token)[0]
          : try constant(derivatives(of: output)[tape.node(Int(version))], nil, token)
        guard let sum = result else {
          result = .node(part)
          continue
        }
        result = try apply(Operators.Add.self, [sum, .node(part)], token)
      }
    }
    return result ?? .number(0)
  }

  /// Refuses what is differentiated and is no number.
  func noNumber(
    _ value: Operand, _ differentiation: Differentiation, _ token: Int32
  ) -> ProgramError {
    failure(
      .wrongType, "what is differentiated is one number, not \(described(value))", token,
      help: differentiation.hasMore
        ? "with 'has_aux' the function returns the number first, and one other value"
        : object(value) is ListObject && differentiation.isOfFunction
          ? "'has_aux=True' says that the function returns a number first, and another value" : nil)
  }

  /// An item of a list or a tuple, or what stands at a place of an array's first axis.
  private mutating func part(
    _ place: Int, of value: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard let list = object(value) as? ListObject else {
      return try apply(.select([.index(place)]), [value], token)
    }
    guard list.items.indices.contains(place) else {
      throw failure(
        .indexOutOfRange,
        "there are \(counted(list.items.count, "derivative")), and none at \(place)", token,
        help: "they are counted from 0")
    }
    return list.items[place]
  }

  /// Takes as many derivatives as a value has leaves, in lists and dictionaries like those of the value.
  mutating func arranged(
    _ derivatives: inout ArraySlice<Operand>, as value: Operand
  ) -> Operand {
    switch object(value) {
    case let list as ListObject:
      var items: [Operand] = []
      for item in list.items { items.append(arranged(&derivatives, as: item)) }
      return make(ListObject(items, isTuple: list.isTuple))
    case let dictionary as DictionaryObject:
      let result = DictionaryObject()
      for key in dictionary.keys {
        result[key] = arranged(&derivatives, as: dictionary[key] ?? .none)
      }
      return make(result)
    case let tuple as InstanceObject where tuple.type.isTuple:
      let result = InstanceObject(tuple.type)
      for name in tuple.names {
        result[name] = arranged(&derivatives, as: tuple[name] ?? .none)
      }
      return make(result)
    default: return self.node(value) == nil ? .none : derivatives.popFirst() ?? .none
    }
  }
}
