import GradCore

/// Nodes that one box stands for, so that a large figure can be read.
///
/// No way leads out of the box and into it again.
package struct Fold: Sendable, Equatable {
  /// The nodes, in program order: operations, and what is given to them alone.
  package var nodes: [Int]
  /// What the nodes are.
  package var kind: Kind
  /// Of repeats the last node of the first and of the last one, which stay by themselves.
  var ends: [Int] = []

  /// What the nodes of a fold are.
  package enum Kind: Sendable, Equatable {
    /// Calls of one function, one after the other.
    case calls(function: String, count: Int)
    /// One call, of which the last node is the result.
    case call(function: String)
    /// The same part of a program, again and again.
    case repeats(count: Int)
    /// What is given to the same nodes.
    case inputs
    /// What the node in focus has no part in.
    case offPath
    /// A part of a box that holds too much for one figure.
    case part
  }
}

/// Looks for nodes that can go into one box, until few enough boxes are left.
struct Folder {
  private let trace: Trace
  private let most: Int
  private let kept: Set<Int>
  private let order: Repeats.Order
  /// For each node the fold it is in; -1 for none.
  private var owners: [Int]
  private var folds: [Fold] = []
  private var boxes: Int

  /// - Parameters:
  ///   - trace: The nodes and edges that would be drawn.
  ///   - most: How many boxes are wanted at most.
  ///   - kept: The nodes that stay by themselves.
  ///   - work: For a node of the trace what it computes; equal for nodes that compute alike.
  init(_ trace: Trace, most: Int, kept: Set<Int>, work: (Int) -> [UInt8]) {
    (self.trace, self.most, self.kept) = (trace, most, kept)
    order = Repeats.Order(trace, work: work)
    owners = [Int](repeating: -1, count: trace.nodes.count)
    boxes = trace.nodes.count
  }

  /// The folds: repeats, then inputs of the same nodes, then what is off the way from `focus`.
  ///
  /// - Parameters:
  ///   - focus: The node whose way to the output is of interest.
  ///   - calls: For each node of the trace the calls that it belongs to, outermost first.
  ///   - function: The function of a call.
  /// - Returns: The folds, in program order; none where nothing can be folded.
  mutating func run(focus: Int?, calls: [[Int]], function: (Int) -> String) -> [Fold] {
    for repeats in Repeats.all(in: order) where boxes > most {
      let middle = Array(order.operations[repeats.middle])
      if !kept.isDisjoint(with: middle) { continue }
      add(
        middle,
        wholeCalls(middle, calls, function) ?? .repeats(count: repeats.count - 2))
      folds[folds.count - 1].ends = [repeats.middle.lowerBound, repeats.range.upperBound].map {
        order.operations[$0 - 1]
      }
    }
    if boxes > most { foldInputs() }
    if boxes > most, let focus { foldOffPath(of: focus) }
    return folds.filter { !$0.nodes.isEmpty }.sorted { $0.nodes[0] < $1.nodes[0] }
  }

  /// The calls of one function that operations are, if each belongs to one, and no other operation does.
  private func wholeCalls(
    _ members: [Int], _ calls: [[Int]], _ function: (Int) -> String
  ) -> Fold.Kind? {
    let set = Set(members)
    for depth in calls[members[0]].indices {
      let name = function(calls[members[0]][depth])
      var numbers: Set<Int> = []
      guard
        members.allSatisfy({ member in
          guard depth < calls[member].count else { return false }
          numbers.insert(calls[member][depth])
          return function(calls[member][depth]) == name
        })
      else { return nil }
      let isWhole = order.operations.allSatisfy {
        set.contains($0) || depth >= calls[$0].count || !numbers.contains(calls[$0][depth])
      }
      if isWhole { return .calls(function: name, count: numbers.count) }
    }
    return nil
  }

  /// Makes a fold of nodes, and of what is given to them alone.
  private mutating func add(_ nodes: [Int], _ kind: Fold.Kind) {
    let number = folds.count
    for node in nodes { owners[node] = number }
    var given: Set<Int> = []
    for node in nodes {
      for edge in trace.edges(into: node)
      where trace.nodes[edge.source].kind == .input && owners[edge.source] < 0 {
        given.insert(edge.source)
      }
    }
    for edge in trace.edges where owners[edge.target] != number { given.remove(edge.source) }
    given.subtract(kept)
    for node in given { owners[node] = number }
    folds.append(Fold(nodes: (nodes + given).sorted(), kind: kind))
    boxes -= folds[number].nodes.count - 1
  }

  /// Where an input leads, and whether a derivative comes back: data stands apart from parameters.
  private struct Targets: Hashable {
    var boxes: Set<Int>
    var isData: Bool
  }

  /// Folds inputs that lead to the same boxes, but for the first and the last of them.
  private mutating func foldInputs() {
    var targets = [Set<Int>](repeating: [], count: trace.nodes.count)
    for edge in trace.edges where trace.nodes[edge.source].kind == .input {
      let owner = owners[edge.target]
      // Nodes and folds in one number.
      targets[edge.source].insert(owner < 0 ? edge.target : -1 - owner)
    }
    var groups: [Targets: [Int]] = [:]
    for index in trace.nodes.indices
    where trace.nodes[index].kind == .input && owners[index] < 0 && !kept.contains(index) {
      groups[Targets(boxes: targets[index], isData: trace.nodes[index].isData), default: []]
        .append(index)
    }
    for group in groups.values.sorted(by: { $0[0] < $1[0] }) where group.count > 4 {
      add(Array(group[1..<group.count - 1]), .inputs)
    }
  }

  /// Folds what the node in focus has no part in: all that feeds its way to the output.
  private mutating func foldOffPath(of focus: Int) {
    var isReached = [Bool](repeating: false, count: trace.nodes.count)
    isReached[focus] = true
    for edge in trace.edges where isReached[edge.source] { isReached[edge.target] = true }
    // A fold that is on the way in part stays, as does a node that is kept, and what is computed from
    // them: no box may stand before and behind another.
    var stays = Set(trace.nodes.indices.filter { isReached[$0] }.map { owners[$0] })
    stays.remove(-1)
    var isBehind = [Bool](repeating: false, count: trace.nodes.count)
    var isSettled = false
    while !isSettled {
      isSettled = true
      for index in trace.nodes.indices where !isReached[index] && !isBehind[index] {
        isBehind[index] =
          kept.contains(index) || stays.contains(owners[index])
          || trace.edges(into: index).contains { isBehind[$0.source] }
        // One node of a fold keeps all of it.
        if isBehind[index], owners[index] >= 0, stays.insert(owners[index]).inserted {
          isSettled = false
        }
      }
    }
    let members = trace.nodes.indices.filter { !isReached[$0] && !isBehind[$0] }
    guard members.contains(where: { trace.nodes[$0].kind == .operation }) else { return }
    for index in members where owners[index] >= 0 { folds[owners[index]].nodes = [] }
    for index in members { owners[index] = folds.count }
    folds.append(Fold(nodes: members, kind: .offPath))
  }
}
