import GradCore

/// A number of a figure that a reader can be asked for.
public struct AskedNumber: Sendable {
  /// What it is called: `db`, `u`, `∂u/∂b`; unique in a figure.
  public var key: String
  /// The same as the figure writes it.
  public var name: MathText
  /// What it is called in other notations: `dJ/db`, `b.grad`.
  public var otherNames: Set<String> = []
  /// What kind of number it is.
  public var kind: Blanks.Kind
  /// The number.
  public var number: Double
  /// What it belongs to: a node of the figure's trace, or for a partial an edge.
  public var index: Int
}

extension Reading {
  /// Every number of the figure that a reader can be asked for: values in program order, partials by
  /// edge, derivatives from the output back.
  public var answers: [AskedNumber] {
    var answers: [AskedNumber] = []
    for index in trace.nodes.indices where trace.nodes[index].kind == .operation {
      answers.append(
        AskedNumber(
          key: trace.nodes[index].id, name: name(of: index), kind: .values,
          number: trace.nodes[index].value, index: index))
    }
    for index in trace.edges.indices where hasDerivative(onEdge: index) {
      let edge = trace.edges[index]
      answers.append(
        AskedNumber(
          key: "∂\(trace.nodes[edge.target].id)/∂\(trace.nodes[edge.source].id)",
          name: partialName(ofEdge: index), kind: .partials, number: edge.partial, index: index))
    }
    let order = tangents == nil ? Array(trace.nodes.indices.reversed()) : Array(trace.nodes.indices)
    for index in order where hasDerivative(index) {
      answers.append(
        AskedNumber(
          key: "d\(trace.nodes[index].id)", name: derivativeName(of: index),
          otherNames: Set(Notation.all.map { derivativeName(of: index, in: $0).plain }),
          kind: .derivatives, number: derivative(of: index), index: index))
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
    return answers.filter { answer in
      options.blanks.kinds.contains(answer.kind)
        || options.blanks.names.contains { answer.isCalled($0) }
    }
  }
}

extension AskedNumber {
  /// Whether `name` is what the number is called, by its key or as the figure writes it.
  public func isCalled(_ name: String) -> Bool {
    let names = [key, self.name.plain] + otherNames
    return names.contains(name) || names.contains { NameForm.areEqual($0, name) }
  }
}
