import GradFigure

/// How lines come from the end of a row to the next one without going to its very end first: down as soon as
/// nothing is below them, and into the next row from right above where they lead.
///
/// Their order is kept, so none crosses another that it does not cross where all go to the end.
struct RowShortcuts {
  /// For each row but the last, for links that leave it early, where their upper line turns down.
  private(set) var exits: [[Int: Double]]
  /// For each row but the first, for links that enter it late, where their upper line comes down.
  private(set) var entries: [[Int: Double]]

  /// Something in a row that lines may not pass below or above.
  private struct Obstacle {
    var room: Rect
    /// The link that it belongs to, and whether it is a text there.
    var link: Int?
    var isLabel = false
  }

  /// From an arrowhead to where a line turns, at least.
  private static let straight = Arrowhead.length + FlowRows.least

  private let plan: FlowPlan
  /// What is in each row, but for the level ends of lines that leave or enter it.
  private var obstacles: [[Obstacle]]
  /// From where on links are level that leave each row, and up to where those are that enter it.
  private var tails: [[Int: Point]]
  private var heads: [[Int: Point]]

  /// - Parameters:
  ///   - plan: Places along one row.
  ///   - pieces: The pieces of all lines that are inside a row, each line from its source to its target.
  ///   - labelRow: The row of a label.
  init(_ plan: FlowPlan, _ pieces: [RowPiece], labelRow: (Rect) -> Int) {
    self.plan = plan
    let count = plan.breaks.count + 1
    obstacles = Array(repeating: [], count: count)
    exits = Array(repeating: [:], count: count - 1)
    entries = exits
    (tails, heads) = (Array(repeating: [:], count: count), Array(repeating: [:], count: count))
    for box in plan.task.boxes.indices {
      obstacles[plan.row(of: plan.rank[box])].append(Obstacle(room: plan.room(of: box)))
    }
    for (link, rooms) in plan.labels.enumerated() {
      for case let room? in rooms {
        obstacles[labelRow(room)].append(Obstacle(room: room, link: link, isLabel: true))
      }
    }
    for (cluster, rooms) in zip(plan.task.clusters, plan.clusterRooms) {
      let title = plan.task.isDown ? 0 : cluster.title.height + 6
      for (row, room) in rooms {
        let corner = Point(room.origin.x, room.origin.y - title)
        obstacles[row].append(Obstacle(room: room.union(Rect(around: [corner, corner]))))
      }
    }
    add(pieces)
  }

  /// Sorts the pieces of lines: level ones at the end of a row that a link leaves, or at the beginning of one that
  /// it enters, give way; all others stand in the way.
  private mutating func add(_ pieces: [RowPiece]) {
    var first = 0
    while first < pieces.count {
      // The pieces of one line in one row.
      var end = first
      while end < pieces.count, pieces[end].isBeside(pieces[first]) { end += 1 }
      let (link, row) = (pieces[first].link, pieces[first].row)
      var (start, stop) = (first, end)
      let (source, target) = (plan.task.links[link].source, plan.task.links[link].target)
      if plan.row(of: plan.rank[target]) > row, plan.row(of: plan.rank[source]) == row {
        while stop > first, pieces[stop - 1].isLevel { stop -= 1 }
        if stop < end {
          let place = pieces[stop].start
          let other = tails[row][link] ?? place
          tails[row][link] = Point(max(other.x, place.x), min(other.y, place.y))
        }
      } else if plan.row(of: plan.rank[source]) < row, plan.row(of: plan.rank[target]) == row {
        while start < end, pieces[start].isLevel { start += 1 }
        if start > first {
          let place = pieces[start - 1].end
          let other = heads[row][link] ?? place
          heads[row][link] = Point(min(other.x, place.x), max(other.y, place.y))
        }
      }
      for piece in pieces[start..<stop] {
        obstacles[row].append(Obstacle(room: piece.room, link: link))
      }
      first = end
    }
  }

  /// Finds the ways of the links that lead from a row to the next.
  ///
  /// O(links · what is in the two rows).
  ///
  /// - Parameters:
  ///   - row: The row that they leave.
  ///   - links: The links from the upper to the lower one, with where the upper line of each turns at the end of
  ///     this row and at the beginning of the next.
  ///   - distance: How much farther the next row is moved than this one.
  mutating func find(
    _ row: Int, _ links: [(link: Int, right: Double, left: Double)], distance: Double
  ) {
    var nearest = -Double.infinity
    var least = Double.infinity
    for (link, right, _) in links.reversed() {
      let width = plan.task.links[link].isPair ? FlowRows.pairPitch : 0
      var place = right
      if let tail = tails[row][link] {
        var free = tail.x + Self.straight
        for obstacle in obstacles[row]
        where obstacle.link == link ? obstacle.isLabel : obstacle.room.maxY > tail.y - 1 {
          free = max(free, obstacle.room.maxX + FlowRows.margin)
        }
        place = min(right, max(free, nearest + FlowRows.pitch) + width)
      }
      if place < right { exits[row][link] = place }
      (nearest, least) = (place, min(least, place))
    }
    // Where lines cross the figure to the right between two rows, their order would have to be another one.
    var most = least - distance - 2 * FlowRows.pitch
    for (link, _, left) in links {
      let width = plan.task.links[link].isPair ? FlowRows.pairPitch : 0
      var place = left
      if let head = heads[row + 1][link] {
        var free = head.x - Self.straight
        for obstacle in obstacles[row + 1]
        where obstacle.link == link ? obstacle.isLabel : obstacle.room.origin.y < head.y + 1 {
          free = min(free, obstacle.room.origin.x - FlowRows.margin)
        }
        place = max(left, min(free, most))
      }
      if place > left { entries[row][link] = place }
      most = place - width - FlowRows.pitch
    }
  }
}

/// A piece of a line inside a row.
struct RowPiece {
  var link: Int
  var isForward: Bool
  var row: Int
  var start: Point
  var end: Point
  var room: Rect
  var isLevel: Bool { room.size.height < 0.01 }

  init(_ link: Int, isForward: Bool, _ row: Int, _ points: ArraySlice<Point>) {
    (self.link, self.isForward, self.row) = (link, isForward, row)
    (start, end) = (points[points.startIndex], points[points.endIndex - 1])
    room = Rect(around: points)
  }

  /// Whether another one belongs to the same line in the same row.
  func isBeside(_ other: RowPiece) -> Bool {
    link == other.link && isForward == other.isForward && row == other.row
  }
}
