import GradFigure

/// What is known of the places so far; u leads along the flow, v across it.
struct FlowPlan {
  let task: PlacingTask
  let rooms: PortRooms
  /// The rank of each box, and the boxes of each rank from above.
  let rank: [Int]
  private(set) var columns: [[Int]]
  /// The middle of each box.
  var u: [Double]
  let v: [Double]
  /// For each link where it passes each rank between.
  private(set) var passes: [[Double]]
  /// For links with a lane where that is.
  let lanes: [Double?]
  /// The ports of each link at its source and at its target.
  var sourcePorts: [Port]
  var targetPorts: [Port]
  /// Where each rank begins and ends along the flow.
  var starts: [Double] = []
  var ends: [Double] = []
  /// Up to where the lines of the gap behind a rank are level, and from where on those before it are.
  var bendFrom: [Double] = []
  var bendTo: [Double] = []
  /// How far the lines at a rank are level anyway: where they part, and beside frames.
  var spreadTo: [Double] = []
  var spreadFrom: [Double] = []
  /// Whether the gap behind a rank keeps a column for labels, in which all lines are level.
  var hasColumn: [Bool]
  /// The lines of each link.
  var lines: [LinePair] = []
  /// The links that are drawn as arcs, with how far they are bent.
  var arcs: [Double?]
  /// The rooms of the labels.
  var labels: [[Rect?]]
  /// The frames of each cluster: one in each row in which it has boxes.
  private(set) var clusterRooms: [[(row: Int, room: Rect)]] = []
  /// The ranks that end a row, but for the last.
  var breaks: [Int] = []
  /// The rank of each item, places of long links among them.
  private let itemRanks: [Int]
  let clusters: ClusterOrder
  private var positions: LayerPositions
  private var heights: [Double] { positions.v }

  /// Where a link meets a box: the middle of its lines, and half their distance.
  struct Port {
    var v = 0.0
    var half = 0.0
    /// From here to the next port.
    var pitch = Double.infinity
    /// Whether the lines fan out between the box and here.
    var isSpread = false
  }

  /// Finds heights for the items of `layers`.
  init(_ task: PlacingTask, _ rooms: PortRooms, _ layers: inout Layers) {
    self.task = task
    self.rooms = rooms
    let links = task.links.map { ($0.source, $0.target) }
    clusters = ClusterOrder(layers, task)
    // What is found here is where the lines of boxes are.
    var above = zip(rooms.above, rooms.middles).map { $0 + $1 }
    var below = zip(rooms.below, rooms.middles).map { $0 - $1 }
    for (link, places) in layers.places.enumerated() {
      let room = task.links[link].isPair ? 7.0 : 4.0
      for _ in places {
        above.append(room)
        below.append(room)
      }
    }
    for cluster in task.clusters {
      above += [task.isDown ? 4 : cluster.title.height + 6, ClusterOrder.inset]
      below += [ClusterOrder.inset, 4]
    }
    let rounds = task.boxes.count <= Placing.mostAsked ? 12 : 8
    var positions = LayerPositions(
      layers, above: above, below: below, sequences: layers.ranks, gap: task.spacing.boxes)
    positions.find(rounds: rounds)
    if !task.clusters.isEmpty {
      for _ in 0..<2 {
        let sequences = clusters.sequences(&layers, heights: positions.v)
        positions = LayerPositions(
          layers, above: above, below: below, sequences: sequences, gap: task.spacing.boxes)
        positions.find(rounds: rounds)
        positions.holdWalls(clusters.inside)
      }
    }
    positions.straightenLinks(
      sources: links.map { [v = positions.v] in v[$0.0] },
      targets: links.map { [v = positions.v] in v[$0.1] }, reach: 40)
    let heights = positions.v
    self.positions = positions
    itemRanks = layers.rank
    rank = Array(layers.rank[..<task.boxes.count])
    v = zip(heights, rooms.middles).map { $0 - $1 }
    u = Array(repeating: 0, count: task.boxes.count)
    passes = layers.places.map { places in places.map { heights[$0] } }
    lanes = Self.lanes(task, layers, heights, above, below)
    columns = []
    for items in layers.ranks { columns.append(items.filter { $0 < task.boxes.count }) }
    sourcePorts = Array(repeating: Port(), count: links.count)
    targetPorts = sourcePorts
    hasColumn = Array(repeating: false, count: layers.ranks.count)
    arcs = Array(repeating: nil, count: links.count)
    labels = task.links.map { $0.labels.map { _ in nil } }
  }

  /// The room of a box.
  func room(of box: Int) -> Rect {
    let size = Size(width: rooms.along[box], height: rooms.across[box])
    return Rect(center: Point(u[box], v[box]), size: size)
  }

  /// The room of a box with what its lines bear beside it across the flow.
  private func roomWithLabels(of box: Int) -> Rect {
    let room = room(of: box)
    let (top, bottom) = (v[box] - rooms.above[box], v[box] + rooms.below[box])
    return room.union(Rect(around: [Point(room.center.x, top), Point(room.center.x, bottom)]))
  }

  /// The rooms of the rows of a divided box that stands in `room`; none for another box.
  func rows(of box: Int, in room: Rect) -> [Rect] {
    var top = room.origin.y + task.boxes[box].head
    return (rooms.divisions[box] ?? []).map { height in
      defer { top += height }
      return Rect(
        origin: Point(room.origin.x, top), size: Size(width: room.size.width, height: height))
    }
  }

  /// Lanes for the longest links: straight lines above or below all boxes, each the first that is free.
  ///
  /// O(links · log).
  private static func lanes(
    _ task: PlacingTask, _ layers: Layers, _ v: [Double], _ above: [Double], _ below: [Double]
  ) -> [Double?] {
    var lanes = [Double?](repeating: nil, count: task.links.count)
    let long = task.links.indices.filter { layers.hasLane[$0] }
    if long.isEmpty { return lanes }
    var (top, bottom) = (Double.infinity, -Double.infinity)
    for item in layers.rank.indices {
      top = min(top, v[item] - above[item])
      bottom = max(bottom, v[item] + below[item])
    }
    let middle = (top + bottom) / 2
    let order = long.sorted {
      (layers.rank[task.links[$0].source], $0) < (layers.rank[task.links[$1].source], $1)
    }
    // The rank up to which each lane is taken; lanes that are free by then, nearest first.
    var sides = [LaneSide(), LaneSide()]
    for link in order {
      let (source, target) = (task.links[link].source, task.links[link].target)
      let side = v[source] + v[target] > 2 * middle ? 1 : 0
      let lane = sides[side].take(from: layers.rank[source], to: layers.rank[target])
      let distance = 14 + 6 * Double(lane)
      lanes[link] = side == 1 ? bottom + distance : top - distance
    }
    return lanes
  }

  /// Moves long links to the heights of their ports where that is but a small step.
  mutating func straightenLinks() {
    positions.straightenLinks(
      sources: sourcePorts.map(\.v), targets: targetPorts.map(\.v), reach: 14)
    passes = positions.places.map { places in places.map { heights[$0] } }
  }

  /// Whether the figure is not too large to be placed several times.
  var isSmall: Bool { task.boxes.count <= Placing.mostAsked }

  /// The row of a rank.
  func row(of rank: Int) -> Int { (0..<breaks.count).partitioningIndex { breaks[$0] >= rank } }

  /// Sets the frames of clusters around what is inside them.
  mutating func frameClusters() {
    clusterRooms = Array(repeating: [], count: task.clusters.count)
    for index in task.clusters.indices.reversed() {
      var parts = task.clusters[index].members.map {
        (row: row(of: rank[$0]), room: roomWithLabels(of: $0))
      }
      for inner in task.clusters.indices where task.clusters[inner].parent == index {
        let title = task.clusters[inner].title.height + 6
        parts += clusterRooms[inner].map {
          ($0.row, $0.room.extended(by: title, alongFlow: task.isDown))
        }
      }
      var outlines: [Int: Rect] = [:]
      for (row, room) in parts { outlines[row] = outlines[row]?.union(room) ?? room }
      for item in clusters.inside[index] where item >= task.boxes.count {
        let row = row(of: itemRanks[item])
        guard let outline = outlines[row] else { continue }
        let line = Rect(
          center: Point(outline.center.x, heights[item]), size: Size(width: 0, height: 14))
        outlines[row] = outline.union(line)
      }
      clusterRooms[index] = outlines.sorted { $0.key < $1.key }.map {
        ($0.key, $0.value.inset(by: -ClusterOrder.inset))
      }
    }
  }
}

extension Rect {
  /// With room for a line of text above it, which is before it along the flow or beside it.
  fileprivate func extended(by height: Double, alongFlow: Bool) -> Rect {
    alongFlow
      ? Rect(
        origin: Point(origin.x - height, origin.y),
        size: Size(width: size.width + height, height: size.height))
      : Rect(
        origin: Point(origin.x, origin.y - height),
        size: Size(width: size.width, height: size.height + height))
  }
}

/// The lanes on one side of everything.
private struct LaneSide {
  /// Pairs of a rank and the lane that is free behind it, a heap with the least rank first.
  private var busy = Heap()
  private var free = Heap()
  private var count = 0

  /// A lane that is free between two ranks, the nearest one.
  mutating func take(from first: Int, to last: Int) -> Int {
    while let next = busy.first, next.key < first {
      busy.removeFirst()
      free.insert((next.value, next.value))
    }
    let nearest = free.first?.value ?? count
    if nearest < count { free.removeFirst() } else { count += 1 }
    busy.insert((last, nearest))
    return nearest
  }

  private struct Heap {
    private var items: [(key: Int, value: Int)] = []
    var first: (key: Int, value: Int)? { items.first }

    mutating func insert(_ item: (key: Int, value: Int)) {
      items.append(item)
      var child = items.count - 1
      while child > 0, items[child] < items[(child - 1) / 2] {
        items.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    }

    mutating func removeFirst() {
      items.swapAt(0, items.count - 1)
      items.removeLast()
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2]
        where child < items.count && items[child] < items[least] {
          least = child
        }
        if least == parent { return }
        items.swapAt(parent, least)
        parent = least
      }
    }
  }
}
