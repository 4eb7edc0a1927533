import GradCore

extension Figure {
  /// The figure of a reading.
  ///
  /// O(nodes + edges), and the length of the text.
  public init(_ reading: Reading) { self.init(reading, hasAids: true) }

  /// The figure of a reading; without `hasAids` nothing in it is faint, marked or noted.
  package init(_ reading: Reading, hasAids: Bool) {
    let reading = reading.prepared()
    let options = reading.options
    let parts = options.style.compose(reading)
    self.init(
      trace: reading.trace, nodes: parts.nodes, edges: parts.edges,
      direction: reading.direction, rows: options.rows, page: options.fit,
      mode: reading.seed == nil ? .reverse : .forward, show: options.show,
      title: options.title.map { MathText($0) },
      heading: reading.heading, summary: reading.summary, language: options.language.tag,
      lastStep: reading.schedule.last, callBoxes: [])
    if hasAids { addAids(reading) }
    markBackward(reading)
    addBlanks(reading)
    fold(reading)
    if reading.repeatsInputs { repeatInputs(reading) }
    repeatInputs(at: reading.laterUses, reading)
    isTight = reading.isTight
    makeTables(reading)
    callBoxes = reading.callBoxes(nodes)
    if options.hasLegend { legend = legendItems(reading) }
  }
}

extension Reading {
  /// Whether an open call is drawn in a frame: one that is open because it returns several values is where calls
  /// are asked for, or where others like it are in a box.
  private func hasFrame(_ call: Int) -> Bool {
    let (call, folding) = (trace.calls[call], options.folding)
    if call.parts.isEmpty || options.detail == .calls || folding.depth != nil { return true }
    let opened = Set(folding.opened.map(NameForm.of))
    return !opened.isDisjoint(with: [NameForm.of(call.function), NameForm.of(call.id)])
      || folds.contains { fold in
        if case .calls(call.function, _) = fold.kind { true } else { false }
      }
  }

  /// The open calls that have nodes of their own in the figure, outermost first.
  func callBoxes(_ nodes: [Figure.Node]) -> [Figure.CallBox] {
    var members = [[Int]](repeating: [], count: trace.calls.count)
    for (index, node) in nodes.enumerated() {
      var call = node.scope
      while let current = call {
        members[current].append(index)
        call = trace.calls[current].parent
      }
    }
    return trace.calls.indices.compactMap { call in
      if members[call].isEmpty || !hasFrame(call) { return nil }
      let title = MathName.text(trace.calls[call].function)
      return Figure.CallBox(
        call: call, title: title, continuedTitle: words.continued(title), nodes: members[call])
    }
  }
}
