import GradCore

extension Figure {
  /// Inputs of one node as the rows of one box, or as its columns where values flow down.
  ///
  /// Each row is a node of the figure by itself, with its own edges, step and tooltip; the table says but
  /// that they share a box.
  public struct Table: Sendable {
    /// The rows, indices in ``Figure/nodes``, in program order.
    public var nodes: [Int]
    /// What stands above the columns; empty if nothing does.
    public var heads: [MathText]
    /// How much room each column has along the flow.
    public internal(set) var columns: [Double] = []
    /// How much room the heads have across the flow.
    public internal(set) var headRoom = 0.0

    /// The font size of the heads.
    public static let headSize = 12.0
  }

  /// Puts inputs of one node into a table, where there are enough of them.
  mutating func makeTables(_ reading: Reading) {
    guard let least = reading.inputs.leastRows, let look = reading.options.style.table,
      reading.higher == nil
    else {
      return
    }
    let blanks = BlankNumbers(reading)
    for group in inputsOfOneNode() where group.count >= least {
      for index in group {
        var cells = look.cells(reading, nodes[index].traceNode)
        if nodes[index].isRepeated { cells.removeAll { $0.kind == .derivative } }
        for cell in cells.indices {
          cells[cell].content = blanks.content(of: cells[cell], of: nodes[index].traceNode)
          if nodes[index].isRepeated { cells[cell].isBold = false }
        }
        nodes[index].shape = .row
        nodes[index].rows = direction == .right ? [cells] : cells.map { [$0] }
      }
      tables.append(Table(nodes: group, heads: look.heads(reading)))
    }
    alignTables()
  }

  /// The inputs that feed one and the same node and nothing else, node by node; those that feed none together.
  private func inputsOfOneNode() -> [[Int]] {
    var targets = [Int?](repeating: nil, count: nodes.count)
    var isShared = [Bool](repeating: false, count: nodes.count)
    for edge in edges {
      if let target = targets[edge.source], target != edge.target { isShared[edge.source] = true }
      targets[edge.source] = edge.target
    }
    // Each by what it feeds, in its call or outside of all.
    var groups: [Int: [Int: [Int]]] = [:]
    for (index, node) in nodes.enumerated()
    where node.role == .input && (node.isMain || node.isRepeated) {
      if isShared[index] || node.isFold { continue }
      groups[targets[index] ?? -1, default: [:]][node.scope ?? -1, default: []].append(index)
    }
    return groups.values.flatMap { $0.values }.sorted { $0[0] < $1[0] }
  }

  /// Gives the columns of each table one width.
  package mutating func alignTables() {
    for index in tables.indices {
      var table = tables[index]
      let rows = table.nodes.map { Array(nodes[$0].rows.joined()) }
      let heads = table.heads.map { $0.width(size: Table.headSize) + 16 }
      let isDown = direction == .down
      table.columns = (0..<(rows.map(\.count).max() ?? 0)).map { column in
        let sizes = rows.compactMap { $0.indices.contains(column) ? $0[column].size : nil }
        let head = heads.indices.contains(column) ? heads[column].rounded(.up) : 0
        return sizes.reduce(isDown ? 0 : head) { max($0, isDown ? $1.height : $1.width) }
      }
      table.headRoom = heads.isEmpty ? 0 : isDown ? (heads.max() ?? 0).rounded(.up) : 24
      for (node, cells) in zip(table.nodes, rows) {
        let widest = cells.map(\.size.width).max() ?? 0
        let aligned = zip(cells, table.columns).map { cell, room in
          var cell = cell
          cell.size.width = isDown ? widest : room
          // Heads stand beside the columns, so that these are as high in each of the inputs.
          if isDown { cell.size.height = room }
          return cell
        }
        nodes[node].rows = isDown ? aligned.map { [$0] } : [aligned]
      }
      tables[index] = table
    }
  }
}

extension Figure.Node {
  /// Whether it stands for several nodes of the trace.
  package var isFold: Bool { data.contains { $0.key == .fold } }
}

extension FigureOptions {
  /// How inputs are drawn that feed one and the same node, and nothing else.
  public enum Inputs: String, Sendable, CaseIterable {
    /// As a table from four of them on.
    case auto
    /// Each in a box of its own.
    case boxes
    /// As a table from two of them on.
    case table

    /// How many inputs a table has at least; `nil` where there are none.
    var leastRows: Int? {
      switch self {
      case .auto: 4
      case .boxes: nil
      case .table: 2
      }
    }
  }
}

/// What tables of inputs look like in a style.
struct TableLook: Sendable {
  /// What stands above the columns; empty if nothing does.
  var heads: @Sendable (Reading) -> [MathText]
  /// The name, the value and, unless it is data, the derivative of an input.
  var cells: @Sendable (Reading, Int) -> [Figure.Cell]
}
