public import GradCore

/// A number of a figure that a reader can be asked for, or a whole array of numbers.
public struct AskedNumber: Sendable {
  /// What it is called: `db`, `u`, `∂u/∂b`, `dW[0, 1]`; unique in a figure.
  public var key: String
  /// The same as the figure writes it.
  public var name: MathText
  /// What it is called in other notations: `dJ/db`, `b.grad`.
  public var otherNames: Set<String> = []
  /// What kind of number it is.
  public var kind: Blanks.Kind
  /// The number; NaN for a whole array.
  public var number: Double
  /// What it belongs to: a node of the figure's trace, or for a partial an edge.
  public var index: Int
  /// The numbers of a whole array; `nil` for one number.
  public var array: NumberArray?
  /// Which entry of an array the number is, in row-major order; `nil` for any other.
  public var entry: Int?
}

extension Reading {
  /// Every number of the figure that a reader can be asked for: values in program order, partials by
  /// edge, derivatives from the output back.
  ///
  /// Arrays are asked for as a whole; what goes over an edge between arrays is no one number.
  public var answers: [AskedNumber] {
    var answers: [AskedNumber] = []
    for index in trace.nodes.indices
    where trace.nodes[index].kind == .operation && !isBackward(index) {
      answers.append(
        AskedNumber(
          key: trace.nodes[index].id, name: name(of: index), kind: .values,
          number: trace.nodes[index].value, index: index, array: trace.nodes[index].array))
    }
    for index in trace.edges.indices
    where hasDerivative(onEdge: index) && !trace.edges[index].isOfArrays {
      let edge = trace.edges[index]
      answers.append(
        AskedNumber(
          key: "∂\(trace.nodes[edge.target].id)/∂\(trace.nodes[edge.source].id)",
          name: partialName(ofEdge: index), kind: .partials, number: edge.partial, index: index))
    }
    for index in trace.nodes.indices where isBackward(index) {
      answers.append(backwardAnswer(index))
    }
    let order = seed == nil ? Array(trace.nodes.indices.reversed()) : Array(trace.nodes.indices)
    for index in order where hasDerivative(index) {
      answers.append(
        AskedNumber(
          key: "d\(trace.nodes[index].id)", name: derivativeName(of: index),
          otherNames: Set(Notation.all.map { derivativeName(of: index, in: $0).plain }),
          kind: .derivatives,
          number: trace.nodes[index].array == nil ? derivative(of: index) : .nan, index: index,
          array: trace.nodes[index].arrayDerivative))
    }
    // The edges of `x**x` have one name; so have a node called `db` and the derivative by `b`.
    var counts: [String: Int] = [:]
    for index in answers.indices {
      let count = counts[answers[index].key, default: 0] + 1
      counts[answers[index].key] = count
      if count > 1 { answers[index].key += "@\(count)" }
    }
    return answers
  }

  /// The input that a name is about although nobody can be asked for that number.
  ///
  /// - Parameter name: A name, as `x` or `dx`.
  /// - Returns: The input, and whether its value is meant or the derivative that data lacks; `nil` for
  ///   any other name.
  public func given(_ name: String) -> (input: Int, kind: Blanks.Kind)? {
    let name = Trace.parts(ofEntry: name)?.name ?? name
    for index in trace.nodes.indices where trace.nodes[index].kind == .input {
      let id = trace.nodes[index].id
      if NameForm.areEqual(id, name) { return (index, .values) }
      if hasDerivative(index) { continue }
      let names = ["d\(id)"] + Notation.all.map { derivativeName(of: index, in: $0).plain }
      if names.contains(where: { NameForm.areEqual($0, name) }) { return (index, .derivatives) }
    }
    return nil
  }

  /// The numbers that the figure leaves out.
  public var blankAnswers: [AskedNumber] {
    if options.blanks.isEmpty { return [] }
    let answers = answers
    return answers.flatMap { answer in
      let isOfKind = options.blanks.kinds.contains(answer.kind)
      if isOfKind && (answer.array.map(isWrittenOut) ?? true)
        || options.blanks.names.contains(where: { answer.isCalled($0) })
      {
        return [answer]
      }
      if answer.array == nil { return [] }
      let entries = options.blanks.names.compactMap { name in
        (try? asked(name, among: answers)).flatMap { $0.key == answer.key ? $0.entry : nil }
      }
      return Set(entries).sorted().compactMap(answer.entry)
    }
  }

  /// The number that a name asks for: one of `answers`, or with indices an entry of one, `dW[0, 1]`.
  ///
  /// - Returns: What it is called without indices, and the entry; `nil` if nothing is called so.
  /// - Throws: What is wrong with the indices.
  package func asked(
    _ name: String, among answers: [AskedNumber]
  ) throws(ShapeFault) -> (key: String, entry: Int?)? {
    if let answer = answers.first(where: { $0.isCalled(name) }) { return (answer.key, nil) }
    guard let (base, indices) = Trace.parts(ofEntry: name),
      let answer = answers.first(where: { $0.isCalled(base) })
    else { return nil }
    return (answer.key, try (answer.array?.shape ?? []).entry(indices, of: base))
  }
}

extension AskedNumber {
  /// An entry of a whole array.
  package func entry(_ entry: Int) -> AskedNumber? {
    guard let array else { return nil }
    let place = array.place(of: entry)
    return AskedNumber(
      key: key + place, name: name + place, otherNames: Set(otherNames.map { $0 + place }),
      kind: kind, number: array.entries[entry], index: index, entry: entry)
  }

  /// Whether `name` is what the number is called, by its key or as the figure writes it.
  public func isCalled(_ name: String) -> Bool {
    let names = [key, self.name.plain] + otherNames
    return names.contains(name) || names.contains { NameForm.areEqual($0, name) }
  }
}
