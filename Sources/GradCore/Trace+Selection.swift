/// Which calls of a program's functions are drawn open, as their bodies, rather than folded into one
/// node.
public struct Folding: Sendable, Equatable {
  /// Functions (`f`) and calls (`f#2`) that are open whatever else is said.
  public var opened: Set<String> = []
  /// Functions and calls that are folded whatever else is said.
  public var folded: Set<String> = []
  /// How many calls within each other are open; `nil` leaves it to the detail.
  public var depth: Int?
  /// Whether calls that return several values are open at any depth: each of their results closed would be
  /// a node with links to all that the call is given.
  package var opensSeveral = false

  /// What the detail says: calls are open for ``Detail/operations`` and ``Detail/calls``, and those that return
  /// several values in every detail.
  public init() {}
}

extension Trace {
  /// Which nodes are shown, and the bodies of which calls.
  public struct Selection: Sendable, Equatable {
    /// For each node whether it is shown.
    public var isKept: [Bool]
    /// For each call whether its body is shown; then those of the calls around it are too.
    public var isOpen: [Bool]
    /// Whether a node has one edge for each distinct operand, rather than one for each operand where it
    /// is a single operation.
    public var mergesOperands: Bool

    /// The innermost open call around node `index` of `trace`; `nil` for the program itself.
    public func scope(of index: Int, in trace: Trace) -> Int? {
      var call = trace.nodes[index].call
      while let current = call, !isOpen[current] { call = trace.calls[current].parent }
      return call
    }

    /// The outermost folded call that returned node `index` of `trace`.
    public func folded(returning index: Int, in trace: Trace) -> Int? {
      var found: Int?
      var call = trace.nodes[index].call
      while let current = call, !isOpen[current] {
        if trace.calls[current].returns(index) { found = current }
        call = trace.calls[current].parent
      }
      return found
    }
  }

  /// The nodes that `detail` asks for.
  ///
  /// Inputs, named nodes and the output are always shown where their scope is; other operations for
  /// ``Detail/operations``, and in the bodies of functions that name nothing. The arguments and the
  /// result of an open call are shown, so that its border can be read; so is an unnamed node of the
  /// program that several others of it use, as Swift code can write. In a trace with a ``wantedDetail``
  /// inputs that one closed call alone uses, and that belong to it, go with it,
  /// and in that detail the results of each closed call are shown.
  public func selection(_ detail: Detail, _ folding: Folding = Folding()) -> Selection {
    let isOpen = openCalls(detail, folding)
    var hasNames = [Bool](repeating: false, count: calls.count)
    for node in nodes {
      if node.name != nil, node.kind == .operation, let scope = node.scope {
        hasNames[scope] = true
      }
    }
    var uses = [Int](repeating: 0, count: nodes.count)
    for edge in edges where nodes[edge.target].call == nodes[edge.source].call {
      uses[edge.source] += 1
    }
    var isBorder = [Bool](repeating: false, count: nodes.count)
    for (index, call) in calls.enumerated() {
      let isSeen = call.parent.map { isOpen[$0] } ?? true
      if isOpen[index] {
        for node in call.arguments + [call.result] + call.others where node >= 0 {
          isBorder[node] = true
        }
      } else if isSeen, detail == .operations || wantedDetail == detail, call.result >= 0 {
        for node in [call.result] + call.others { isBorder[node] = true }
      }
    }
    let isParameter = parameters(of: isOpen)
    let isKept = nodes.indices.map { index in
      let node = nodes[index]
      if node.kind == .constant { return detail == .operations || index == output }
      if isParameter[index] { return false }
      if index == output || node.kind == .input || isBorder[index] { return true }
      if node.name != nil, node.scope.map({ isOpen[$0] }) ?? true { return true }
      guard let call = node.call else { return detail == .operations || uses[index] > 1 }
      // In a recording, what is used several times would be written several times, and that within itself.
      return isOpen[call]
        && (detail == .operations || !hasNames[call] || wantedDetail != nil && uses[index] > 1)
    }
    return Selection(
      isKept: isKept, isOpen: isOpen, mergesOperands: detail != .operations)
  }

  /// For each node whether it is an input that belongs to a closed call and serves that alone.
  private func parameters(of isOpen: [Bool]) -> [Bool] {
    guard wantedDetail != nil else { return [Bool](repeating: false, count: nodes.count) }
    // The outermost closed call around each call.
    var closed: [Int?] = []
    for (index, call) in calls.enumerated() {
      closed.append(call.parent.flatMap { closed[$0] } ?? (isOpen[index] ? nil : index))
    }
    let owners = nodes.map { node in node.call.flatMap { closed[$0] } }
    var isParameter = nodes.indices.map { index in
      nodes[index].kind == .input && owners[index] != nil && index != output
    }
    for edge in edges where owners[edge.source] != owners[edge.target] {
      isParameter[edge.source] = false
    }
    return isParameter
  }

  private func openCalls(_ detail: Detail, _ folding: Folding) -> [Bool] {
    var isOpen: [Bool] = []
    var depths: [Int] = []
    let folded = Set(folding.folded.map(NameForm.of))
    let opened = Set(folding.opened.map(NameForm.of))
    for call in calls {
      let depth = call.parent.map { depths[$0] + 1 } ?? 1
      depths.append(depth)
      let names: Set<String> = [NameForm.of(call.function), NameForm.of(call.id)]
      let isWanted =
        if !names.isDisjoint(with: folded) {
          false
        } else if !names.isDisjoint(with: opened) {
          true
        } else if let most = folding.depth {
          depth <= most || folding.opensSeveral && !call.parts.isEmpty
        } else {
          detail != .statements || !call.parts.isEmpty
        }
      isOpen.append(isWanted && (call.parent.map { isOpen[$0] } ?? true))
    }
    return isOpen
  }
}
