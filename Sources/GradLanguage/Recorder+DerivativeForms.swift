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

  /// Refuses what is differentiated and is no number.
  func noNumber(
    _ value: Operand, _ differentiation: Differentiation, _ token: Int32
  ) -> ProgramError {
    failure(
      .wrongType, "what is differentiated is one number, not \(described(value))", token,
      help: differentiation.hasMore
        ? "with 'has_aux' the function returns the number first, and one other value"
        : object(value) is ListObject
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
