/// Which parts of a program train: what differentiates, and what changes values by derivatives.
extension Parser {
  /// How often a program differentiates so far, and how often it changes what it differentiates by.
  struct Training {
    var differentiations = 0
    var updates = 0
    /// How many steps of training are left out: in a function, those of its body, and else those of the
    /// functions that are called.
    var steps = 0
  }

  /// Functions of the program, by what a call of them does.
  struct TrainingFunctions {
    var differentiating: Set<Int32> = []
    var updating: Set<Int32> = []
    var stepping: Set<Int32> = []
  }

  /// Notes whether a statement changes a value by derivatives, `w = w - lr * dw`, and which functions that
  /// train it calls.
  mutating func noteTraining(
    _ groups: Few<Few<SyntaxTree.Target>>, _ list: Few<SyntaxTree.Expression>, _ isGradient: Bool
  ) {
    if isGradient {
      derivatives.formUnion(groups.joined().map(\.name))
    } else if list.contains(where: { reads($0, derivatives) })
      || groups.contains(where: { $0.contains { isData($0) } })
        && list.contains(where: { readsGradient($0) })
    {
      training.updates += 1
    }
    for value in list { noteCalls(value) }
  }

  /// Whether a target is the numbers of a part: `layer.weight.data`, `parameters[0].data`.
  private func isData(_ target: SyntaxTree.Target) -> Bool {
    guard target.node >= 0 else { return false }
    let attribute = tree.nodes[Int(target.node)]
    return attribute.kind == .attribute && names[attribute.second] == "data"
  }

  /// Whether a value is made of a derivative that PyTorch keeps: `w.grad`.
  private func readsGradient(_ value: SyntaxTree.Expression) -> Bool {
    nodes(of: value).contains { $0.kind == .attribute && names[$0.second] == "grad" }
  }

  /// Notes whether what a function returns is made of derivatives: `return [w - lr * dw, b - lr * db]`.
  mutating func noteReturn(_ values: Few<SyntaxTree.Expression>) {
    for value in values {
      let computes = nodes(of: value).contains { node in
        switch node.kind {
        case .add, .subtract, .multiply: true
        case .call: ownFunction(node) != nil
        default: false
        }
      }
      if computes, reads(value, derivatives) { training.updates += 1 }
      noteCalls(value)
    }
  }

  /// Notes what is done by the function whose body ends here.
  mutating func noteFunction(_ name: Int32, since begin: Training) {
    if training.differentiations > begin.differentiations { trainers.differentiating.insert(name) }
    if training.updates > begin.updates { trainers.updating.insert(name) }
    if training.steps > begin.steps { trainers.stepping.insert(name) }
    training.steps = begin.steps
  }

  mutating func noteCalls(_ value: SyntaxTree.Expression) {
    if trainers.differentiating.isEmpty, trainers.updating.isEmpty { return }
    for node in nodes(of: value) where node.kind == .call {
      guard let name = ownFunction(node) else { continue }
      let differentiates = trainers.differentiating.contains(name)
      if differentiates { training.differentiations += 1 }
      // Such a call in a function has an effect, though nothing is made of what it gives.
      if function != nil, differentiates || trainers.stepping.contains(name) {
        tree.isDynamic = true
      }
      if trainers.updating.contains(name) { training.updates += 1 }
      if trainers.stepping.contains(name) { training.steps += 1 }
    }
  }

  /// The name of the function or the method of the program that a call calls.
  private func ownFunction(_ call: SyntaxTree.Node) -> Int32? {
    let callee = tree.nodes[Int(call.first)]
    let name =
      switch callee.kind {
      case .name: callee.first
      case .attribute: callee.second
      default: Int32(-1)
      }
    return tree.functions.contains { $0.name == name } ? name : nil
  }

  private func nodes(of value: SyntaxTree.Expression) -> ArraySlice<SyntaxTree.Node> {
    tree.nodes[Int(value.begin)...Int(value.root)]
  }

  private func reads(_ value: SyntaxTree.Expression, _ names: Set<Int32>) -> Bool {
    !names.isEmpty && nodes(of: value).contains { $0.kind == .name && names.contains($0.first) }
  }
}
