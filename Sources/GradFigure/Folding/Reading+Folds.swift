import GradBase
import GradCore

extension Reading {
  /// For each node the fold it is in; -1 for none.
  var foldOfNode: [Int] {
    var result = [Int](repeating: -1, count: trace.nodes.count)
    for (number, fold) in folds.enumerated() {
      for node in fold.nodes { result[node] = number }
    }
    return result
  }

  /// The operation that a fold is known by: the last of its nodes that computes, else its last node.
  package func leader(of fold: Fold) -> Int {
    fold.nodes.last { trace.nodes[$0].kind == .operation } ?? fold.nodes[fold.nodes.count - 1]
  }

  /// `f ×22`, `h₂ … h₂₃`, or what is off the way.
  func title(of fold: Fold) -> MathText {
    switch fold.kind {
    case .calls(let function, let count): MathName.text(function) + MathText(" ×\(count)")
    case .call(let function): name(of: leader(of: fold)) + " = " + MathName.text(function) + "(…)"
    case .repeats, .inputs, .part:
      name(of: fold.nodes.first { isLike($0, leader(of: fold)) } ?? fold.nodes[0])
        + " … " + name(of: leader(of: fold))
    case .offPath: words.offPath(focus.map { name(of: $0) } ?? "")
    }
  }

  private func isLike(_ first: Int, _ second: Int) -> Bool {
    trace.nodes[first].kind == trace.nodes[second].kind
      && trace.nodes[first].opcode == trace.nodes[second].opcode
  }

  /// What a fold holds, in words: `22 × 3 operations`, `40 inputs`.
  func contents(of fold: Fold) -> MathText {
    let count = operations(of: fold).count
    if count == 0 { return words.inputs(grouped(fold.nodes.count)) }
    if case .repeats(let repeats) = fold.kind, count % repeats == 0, count > repeats {
      return words.operations("\(grouped(repeats)) × \(grouped(count / repeats))")
    }
    return words.operations(grouped(count))
  }

  /// The operations of the whole trace that a fold stands for.
  private func operations(of fold: Fold) -> Set<Int> {
    var operations: Set<Int> = []
    for node in fold.nodes where trace.nodes[node].kind == .operation {
      operations.insert(origins[node])
      operations.formUnion(inner(of: origins[node]))
    }
    return operations
  }

  /// The least and the largest value of a fold: `0.2 … 3.5`.
  func values(of fold: Fold) -> MathText {
    range(
      shown(of: fold).flatMap { trace.nodes[$0].array?.ends ?? [trace.nodes[$0].value] },
      .value(leader(of: fold)))
  }

  /// The least and the largest derivative of a fold; `nil` if it has none.
  func derivatives(of fold: Fold) -> MathText? {
    let nodes = shown(of: fold).filter { hasDerivative($0) }
    return nodes.isEmpty
      ? nil
      : range(
        nodes.flatMap { trace.nodes[$0].arrayDerivative?.ends ?? [derivative(of: $0)] },
        .derivative(leader(of: fold)))
  }

  /// The nodes whose numbers a fold shows: what it computes, or what is given to it.
  package func shown(of fold: Fold) -> [Int] {
    if case .call = fold.kind { return [leader(of: fold)] }
    let computed = fold.nodes.filter { trace.nodes[$0].kind == .operation }
    return computed.isEmpty ? fold.nodes : computed
  }

  /// The least and the largest of numbers; of a single one `role` says what it tells.
  private func range(_ numbers: [Double], _ role: NumberSlot.Role) -> MathText {
    if numbers.isEmpty { return "…" }
    guard let least = numbers.min(), let largest = numbers.max(), !numbers.contains(where: \.isNaN)
    else { return number(.nan) }
    if numbers.count == 1 { return number(least, role) }
    return least == largest ? number(least) : "\(number(least)) … \(number(largest))"
  }

  /// How many operations and inputs of the figure are in how many boxes that stand for several; `nil` if
  /// none are.
  var foldSummary: MathText? {
    var parts: [MathText] = []
    let counts = folds.map { operations(of: $0) }
    let inside = Set(counts.joined())
    if !inside.isEmpty {
      var all = inside
      for index in trace.nodes.indices where trace.nodes[index].kind == .operation {
        all.insert(origins[index])
        all.formUnion(inner(of: origins[index]))
      }
      parts.append(
        words.folded(grouped(inside.count), grouped(all.count), counts.count { !$0.isEmpty }))
    }
    let inputs = folds.map { fold in fold.nodes.count { trace.nodes[$0].kind == .input } }
    let (given, boxes) = (inputs.reduce(0, +), inputs.count { $0 > 0 })
    if given > 0 {
      let all = trace.nodes.count { $0.kind == .input }
      parts.append(words.foldedInputs(grouped(given), grouped(all), boxes))
    }
    if full.wantedDetail != nil {
      let drawn = Set(origins)
      let hidden = full.nodes.indices.count { index in
        full.nodes[index].kind == .input && !full.nodes[index].isUnused && !drawn.contains(index)
      }
      if hidden > 0 { parts.append(words.hiddenInputs(grouped(hidden))) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// What a fold computes, in one sentence without its end.
  func valueSentence(of fold: Fold) -> MathText {
    words.foldValues(fullTitle(of: fold), values(of: fold))
  }

  /// What a fold has for derivatives, in one sentence without its end; `nil` if it has none.
  func derivativeSentence(of fold: Fold) -> MathText? {
    derivatives(of: fold).map { words.foldDerivatives(fullTitle(of: fold), $0) }
  }

  /// `layer ×22 (66 operations)`.
  package func fullTitle(of fold: Fold) -> MathText {
    "\(title(of: fold)) (\(contents(of: fold)))"
  }
}
