import GradCore

/// What of a trace is drawn: the nodes of the chosen detail, and those that share a box because there
/// are too many of them.
struct View {
  /// Which nodes of the whole trace are drawn, and the bodies of which calls.
  private(set) var selection: Trace.Selection
  /// The nodes and edges that are drawn.
  private(set) var trace: Trace
  /// The node of the whole trace of each node drawn.
  private(set) var origins: [Int]
  /// The boxes that stand for several nodes.
  private(set) var folds: [Fold] = []
  /// Whether less is drawn than the detail asks for, because that is too much.
  private(set) var isReduced = false
  private let full: Trace
  private let detail: Detail
  /// Whether the style asks for the detail.
  private let isForced: Bool
  /// Whether a sum of several terms is one node, unless every operation is asked for.
  private let joinsSums: Bool
  private let kept: [Int]

  /// - Parameters:
  ///   - full: The whole trace.
  ///   - options: How it is read.
  ///   - focus: The node whose way to the output is of interest.
  ///   - kept: Nodes that are drawn by themselves, whatever else is.
  init(_ full: Trace, _ options: FigureOptions, focus: Int?, kept: [Int]) {
    self.full = full
    self.kept = kept
    detail = options.style.detail ?? options.detail ?? full.suggestedDetail
    isForced = options.style.detail != nil
    joinsSums =
      detail == .operations && options.detail != .operations
      && (isForced || full.wantedDetail == nil)
    (selection, trace, origins) = Self.drawn(
      full, detail, isForced, joinsSums: joinsSums, options.folding, kept)
    var folding = options.folding
    if options.maxNodes != nil, folding.depth == nil { closeModules(&folding) }
    guard let most = options.maxNodes, trace.nodes.count > most else { return }
    isReduced = true
    let isFree = folding.depth == nil
    folding.opensSeveral = isFree
    if isFree { closeCalls(most, folding) }
    if trace.nodes.count > most { fold(most, folding, focus) }
    if isFree, trace.nodes.count - saved > most, full.calls.contains(where: { !$0.parts.isEmpty }) {
      folds = []
      folding.opensSeveral = false
      closeCalls(most, folding)
      if trace.nodes.count > most { fold(most, folding, focus) }
    }
  }

  /// How many nodes the folds save.
  private var saved: Int { folds.reduce(0) { $0 + $1.nodes.count - 1 } }

  private static func drawn(
    _ full: Trace, _ detail: Detail, _ isForced: Bool, joinsSums: Bool, _ folding: Folding,
    _ kept: [Int]
  ) -> (Trace.Selection, Trace, [Int]) {
    var selection = full.drawn(at: detail, folding)
    for node in kept { selection.isKept[node] = true }
    full.writeIntoFormulas(&selection, isForced: isForced)
    if joinsSums { full.joinSums(&selection, kept: kept) }
    let (contracted, origins) = full.contracted(to: selection, clearsDust: true)
    return (selection, contracted.withoutDust(), origins)
  }

  /// Of a recording a figure shows at most so many nodes before the innermost calls are closed.
  private static let mostOpenNodes = 40
  /// It shows at most so many parameters of modules.
  private static let mostParameters = 12

  /// Closes the calls that hold no other calls where a recording is more than a slide shows, so that a module
  /// such as a layer is one node with its parameters in it.
  private mutating func closeModules(_ folding: inout Folding) {
    guard full.wantedDetail != nil, detail == .calls else { return }
    let parameters = trace.nodes.count { $0.kind == .input && $0.call != nil }
    if parameters <= Self.mostParameters, trace.nodes.count <= Self.mostOpenNodes { return }
    let outer = Set(full.calls.compactMap(\.parent))
    let named = Set(folding.opened.map(NameForm.of))
    let innermost = full.calls.indices.filter { !outer.contains($0) }.map { full.calls[$0] }
    let closed = innermost.filter {
      !named.contains(NameForm.of($0.id)) && !named.contains(NameForm.of($0.function))
    }
    if closed.isEmpty { return }
    folding.folded.formUnion(closed.map(\.id))
    isReduced = true
    (selection, trace, origins) = Self.drawn(
      full, detail, isForced, joinsSums: joinsSums, folding, kept)
  }

  /// Closes the calls that nobody asked to see open, the innermost before those around them.
  private mutating func closeCalls(_ most: Int, _ folding: Folding) {
    var depths: [Int] = []
    for call in full.calls { depths.append(call.parent.map { depths[$0] + 1 } ?? 1) }
    var folding = folding
    for depth in (0..<(depths.max() ?? 0)).reversed() where trace.nodes.count > most {
      folding.depth = depth
      (selection, trace, origins) = Self.drawn(
        full, detail, isForced, joinsSums: joinsSums, folding, kept)
    }
  }

  private mutating func fold(_ most: Int, _ folding: Folding, _ focus: Int?) {
    let own = Set(kept + [full.output])
    var folder = Folder(
      trace, most: most, kept: Set(origins.indices.filter { own.contains(origins[$0]) })
    ) {
      [selection, full, origins] index in
      let origin = origins[index]
      return ([origin] + full.inner(of: origin, selection)).map { full.nodes[$0].opcode.rawValue }
    }
    let paths = origins.map { calls(of: $0) }
    folds = folder.run(focus: focus.flatMap { origins.firstIndex(of: $0) }, calls: paths) {
      [full] in full.calls[$0].function
    }
    openEnds(most, folding)
  }

  /// The calls that a node of the whole trace is drawn in, outermost first, and the folded one that it is the
  /// result of, by itself or under another name.
  private func calls(of origin: Int) -> [Int] {
    var path: [Int] = []
    var call = selection.scope(of: origin, in: full)
    while let current = call {
      path.append(current)
      call = full.calls[current].parent
    }
    return path.reversed()
      + [folded(returning: origin) ?? renamed(origin, in: path.first)].compactMap(\.self)
  }

  /// The folded call that a node of the whole trace is the result of, by itself or under another name.
  private func folded(returning origin: Int) -> Int? {
    if let call = selection.folded(returning: origin, in: full) { return call }
    guard let source = source(ofName: origin), !selection.isKept[source] else { return nil }
    return selection.folded(returning: source, in: full)
  }

  /// The open call of which a node that another call makes, or the program, is a result under another name.
  private func renamed(_ origin: Int, in scope: Int?) -> Int? {
    guard let source = source(ofName: origin), let call = full.nodes[source].call,
      selection.isOpen[call], full.calls[call].parent == scope,
      ([full.calls[call].result] + full.calls[call].others).contains(source)
    else { return nil }
    return call
  }

  /// What a node is another name of; `nil` for one that computes.
  private func source(ofName origin: Int) -> Int? {
    full.nodes[origin].opcode == .identity ? full.edges(into: origin).first?.source : nil
  }

  /// Opens the first and the last of calls that are folded, where there is room, so that a reader sees
  /// once what the box stands for.
  private mutating func openEnds(_ most: Int, _ folding: Folding) {
    var opened = folding
    for fold in folds {
      for end in fold.ends {
        guard let call = folded(returning: origins[end]) else { continue }
        opened.opened.insert(full.calls[call].id)
      }
    }
    opened.opened.subtract(folding.folded)
    if opened == folding { return }
    if opened.depth == nil { opened.depth = detail == .statements ? 0 : nil }
    let (selection, trace, origins) = Self.drawn(
      full, detail, isForced, joinsSums: joinsSums, opened, kept)
    guard trace.nodes.count - saved <= most else { return }
    var positions = [Int](repeating: -1, count: full.nodes.count)
    for (position, origin) in origins.enumerated() { positions[origin] = position }
    for index in folds.indices {
      folds[index].nodes = folds[index].nodes.map { positions[self.origins[$0]] }
      folds[index].ends = []
    }
    (self.selection, self.trace, self.origins) = (selection, trace, origins)
  }
}
