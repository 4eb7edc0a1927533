import GradCore
import GradFigure
import GradLesson

/// What an editor says of a node.
extension Numbers {
  /// Longer texts of arrays are told by their shape alone.
  private static let longest = 60

  /// The value of a node of the whole trace: `6`, `[1, 2]`.
  func value(_ node: Int) -> String {
    if let drawn = drawn(node) {
      let text = reading.value(of: drawn).plain
      return text.count <= Self.longest ? text : shape(node) ?? text
    }
    return shape(node) ?? reading.number(reading.full.nodes[node].value).plain
  }

  /// The shape of an array: `(2×3)`.
  private func shape(_ node: Int) -> String? {
    reading.full.nodes[node].array.map {
      "(\($0.shape.map(String.init).joined(separator: "×")))"
    }
  }

  /// The derivative of a node with its name: `du = 3`; `nil` where it has none, or none that still holds.
  func derivative(_ node: Int) -> String? {
    guard areWhole, let drawn = drawn(node), reading.hasDerivative(drawn) else { return nil }
    let text = reading.derivativeText(of: drawn).plain
    let name = reading.derivativeName(of: drawn).plain
    if text.count <= Self.longest { return "\(name) = \(text)" }
    return shape(node).map { "\(name) = \($0)" }
  }

  /// The call that a name belongs to: `f#2`; `nil` for one of the program itself.
  func call(_ node: Int) -> String? { trace.nodes[node].scope.map { trace.calls[$0].id } }

  /// The right-hand side of an operation: `w[0]·3`.
  func formula(_ node: Int) -> String {
    let text = reading.formula(ofOrigin: node).plain
    return text.count <= 2 * Self.longest ? text : trace.nodes[node].operation
  }

  /// The value and the chain rule at a node, a line each.
  func explanation(_ node: Int) -> [String] {
    guard let drawn = drawn(node) else {
      let name = reading.full.nodes[node].name
      return [name.map { "\($0) = \(value(node))" } ?? value(node)]
    }
    if reading.trace.nodes[drawn].name == nil, drawn != reading.trace.output {
      return [value(node)] + [derivative(node)].compactMap(\.self)
    }
    var lines = [joined(reading.valueChain(of: drawn).map(\.plain))]
    if areWhole, reading.hasDerivative(drawn) {
      lines.append(joined(reading.chainRule(of: drawn, longest: 8).map(\.plain)))
    }
    return lines
  }

  /// The partial of a node by one of its operands, written out: `∂u/∂c = b = 3`; `nil` where there is no
  /// single one, or it does not hold any more.
  func partial(of target: Int, by source: Int) -> String? {
    guard let target = drawn(target), let source = drawn(source) else { return nil }
    let edges = reading.trace.edges(into: target).indices.filter {
      reading.trace.edges[$0].source == source && !reading.trace.edges[$0].isOfArrays
        && reading.hasDerivative(onEdge: $0)
    }
    guard edges.count == 1 else { return nil }
    return joined(reading.partialChain(of: edges[0]).map(\.plain))
  }

  /// Texts that are equal, without those in the middle that are too long to be read.
  private func joined(_ texts: [String]) -> String {
    let kept = texts.enumerated().filter { index, text in
      index == 0 || index == texts.count - 1 || text.count <= 160
    }
    return kept.map(\.element).joined(separator: " = ")
  }
}
