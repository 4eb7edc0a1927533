import GradCore

/// A part of a computation that comes again and again, one repeat after the other.
struct Repeats: Equatable {
  /// The operations of all repeats, as positions in the order of the operations.
  var range: Range<Int>
  /// How many operations a repeat has.
  var period: Int

  /// How often the part is there.
  var count: Int { range.count / period }

  /// The operations between the first repeat and the last.
  var middle: Range<Int> { range.lowerBound + period..<range.upperBound - period }
}

extension Repeats {
  /// What the operations of a trace are compared by.
  ///
  /// Repeats are neighbours in program order: such a part of a program is convex, so that no way leads
  /// out of it and in again, and one box can stand for it without a cycle.
  struct Order {
    /// The operations, in program order.
    let operations: [Int]
    /// For each node of the trace the place in ``operations``; -1 for what is given.
    let positions: [Int]
    /// For each operation a number that is equal for equal work: the operators it stands for.
    let shapes: [Int]
    /// For each operation its operands, nodes of the trace.
    let operands: [[Int]]

    /// - Parameters:
    ///   - trace: The nodes and edges that are drawn.
    ///   - work: For a node of the trace what it computes; equal for nodes that compute alike.
    init(_ trace: Trace, work: (Int) -> [UInt8]) {
      var positions = [Int](repeating: -1, count: trace.nodes.count)
      var operations: [Int] = []
      var numbers: [[UInt8]: Int] = [:]
      var shapes: [Int] = []
      var operands: [[Int]] = []
      for index in trace.nodes.indices where trace.nodes[index].kind == .operation {
        positions[index] = operations.count
        operations.append(index)
        shapes.append(numbers[work(index), default: numbers.count])
        numbers[work(index)] = shapes[shapes.count - 1]
        operands.append(trace.edges(into: index).map(\.source))
      }
      (self.operations, self.positions) = (operations, positions)
      (self.shapes, self.operands) = (shapes, operands)
    }

    /// The distances at which the same work comes again, those that promise most first.
    var periods: [Int] {
      var counts: [Int: Int] = [:]
      for length in [1, 4] {
        var last: [[Int]: Int] = [:]
        for position in 0..<max(0, shapes.count - length + 1) {
          let work = Array(shapes[position..<position + length])
          if let before = last[work] { counts[position - before, default: 0] += 1 }
          last[work] = position
        }
      }
      let likely = counts.filter { $0.value > 1 && 3 * $0.key <= shapes.count }.sorted {
        ($0.key * $0.value, $1.key) > ($1.key * $1.value, $0.key)
      }
      return likely.prefix(128).map(\.key)
    }

    /// Whether the operation `period` places later does the same work, whatever with.
    func isAlike(_ position: Int, _ period: Int) -> Bool {
      shapes[position] == shapes[position + period]
        && operands[position].count == operands[position + period].count
    }

    /// Whether the operation `period` places later does the same with what stands as much later, with
    /// what is given, or with the very same.
    func matches(_ position: Int, _ period: Int) -> Bool {
      let later = position + period
      if !isAlike(position, period) { return false }
      for (own, other) in zip(operands[position], operands[later]) where own != other {
        let (first, second) = (positions[own], positions[other])
        if first < 0 && second < 0 { continue }
        if first < 0 || second < 0 || second - first != period { return false }
      }
      return true
    }
  }

  /// The parts that come at least three times in a row, those that save most boxes first; none has an
  /// operation between the first and the last repeat of another.
  ///
  /// O(operations), for the number of periods that are tried is bounded.
  static func all(in order: Order) -> [Repeats] {
    let count = order.operations.count
    var found: [Repeats] = []
    for period in order.periods {
      var begin = 0
      while begin + period < count {
        var end = begin
        while end + period < count, order.matches(end, period) { end += 1 }
        let next = end + 1
        // A chain begins with what is given, where its other links have the link before.
        let earliest = end > begin ? max(0, begin - period) : begin
        while begin > earliest, order.isAlike(begin - 1, period) { begin -= 1 }
        let repeats = (end - begin) / period + 1
        if repeats >= 3 {
          found.append(Repeats(range: begin..<begin + repeats * period, period: period))
        }
        begin = next
      }
    }
    found.sort {
      ($0.saved, -$0.period, -$0.range.lowerBound) > ($1.saved, -$1.period, -$1.range.lowerBound)
    }
    // The first repeat and the last stay, and may have repeats of their own in them.
    var isTaken = [Bool](repeating: false, count: count)
    return found.filter { each in
      if each.saved < 1 || each.range.contains(where: { isTaken[$0] }) { return false }
      for position in each.middle { isTaken[position] = true }
      return true
    }
  }

  /// How many boxes go when one stands for all repeats but the first and the last.
  var saved: Int { middle.count - 1 }
}
