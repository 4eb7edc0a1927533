import GradFigure

/// Where a flow is broken into rows: behind ranks whose gap few links cross, so that rows are about
/// equally long.
struct RowBreaks {
  private let plan: FlowPlan
  private let count: Int
  /// How far each rank reaches across the flow.
  private var extents: [(top: Double, bottom: Double)]
  /// How many links cross the gap behind each rank; `nil` for one that no row can end at.
  private var links: [Int?]
  /// For each rank the inputs that go into the next row if one ends here.
  private var late: [[Int]]
  /// What inputs take that a row which begins at a rank gets from the end of the one before.
  private var leads: [Double]

  /// The most links that may return from a row where rows are not asked for by their number; and more of
  /// them where one row is so small that it is hard to read, in pixels a point, but for no more than that.
  private static let (fewLinks, mostLinks, hardToRead) = (3, 16, 1.1)
  /// What each link that returns costs a break, where a row of the mean length costs 1.
  private static let cutCost = 0.06
  /// How much larger a figure must become to be broken, where it was not asked for.
  private static let leastGain = 1.05
  /// From this size on, on a page of 1,600 points, nothing is gained: text of 12 points is then 26 high.
  private static let (pageWidth, largeEnough) = (1600.0, 2.2)
  /// What is too long for one row: so many times as long as high, and more than a page.
  private static let longest = 4.0

  /// A plan in one row.
  init(_ plan: FlowPlan) {
    self.plan = plan
    let count = plan.starts.count
    var extents = [(top: Double, bottom: Double)](repeating: (.infinity, -.infinity), count: count)
    func add(_ rank: Int, _ top: Double, _ bottom: Double) {
      extents[rank] = (min(extents[rank].top, top), max(extents[rank].bottom, bottom))
    }
    for box in plan.task.boxes.indices {
      let middle = plan.v[box]
      add(plan.rank[box], middle - plan.rooms.above[box], middle + plan.rooms.below[box])
    }
    var steps = [Int](repeating: 0, count: count + 1)
    var lanes = steps
    for (index, link) in plan.task.links.enumerated() {
      let (first, last) = (plan.rank[link.source], plan.rank[link.target])
      for (step, height) in plan.passes[index].enumerated() {
        add(first + 1 + step, height - 7, height + 7)
      }
      steps[first] += 1
      steps[last] -= 1
      if plan.lanes[index] != nil {
        lanes[first] += 1
        lanes[last] -= 1
      }
    }
    self.count = count
    self.extents = extents
    late = plan.columns.map { $0.filter { plan.rooms.incoming[$0].isEmpty } }
    links = []
    leads = [Double](repeating: 0, count: count)
    var (crossing, inLanes) = (0, 0)
    for rank in 0..<count {
      // A row of inputs alone is none, and large figures are not placed anew.
      if late[rank].count == plan.columns[rank].count || !plan.isSmall { late[rank] = [] }
      crossing += steps[rank]
      inLanes += lanes[rank]
      if rank + 1 < count, let widest = late[rank].map({ plan.rooms.along[$0] }).max() {
        leads[rank + 1] = widest + plan.starts[rank + 1] - plan.ends[rank]
      }
      let moved = late[rank].reduce(0) { $0 + plan.rooms.outgoing[$1].count }
      links.append(inLanes > 0 ? nil : crossing - moved)
    }
  }

  /// An order of all boxes in which the inputs that `breaks` move into the next row have a rank of their own
  /// at its beginning, with the breaks in that order; `nil` if none is moved.
  func withInputsMoved(_ breaks: [Int]) -> (order: Placing.Order, breaks: [Int])? {
    let split = breaks.filter { !late[$0].isEmpty }
    if split.isEmpty { return nil }
    func moved(_ rank: Int) -> Int { rank + split.count { $0 < rank } }
    var ranks = plan.rank.map(moved)
    for rank in split {
      for box in late[rank] { ranks[box] += 1 }
    }
    let passes = plan.task.links.indices.map { index in
      let source = plan.task.links[index].source
      let first = plan.rank[source]
      let isLate = ranks[source] > moved(first)
      // Where a rank is divided, a link that goes on passes the second part as it left the first.
      var passes = split.contains(first) && !isLate ? [plan.v[source]] : []
      for (step, height) in plan.passes[index].enumerated() {
        passes += Array(repeating: height, count: split.contains(first + 1 + step) ? 2 : 1)
      }
      return passes
    }
    return (Placing.Order(ranks: ranks, heights: plan.v, passes: passes), breaks.map(moved))
  }

  /// The ranks that end a row, but for the last; none where one row is best.
  func found() -> [Int] {
    switch plan.task.rows {
    case .one: return []
    case .number(let number): return breaks(min(number, count)) ?? []
    case .fitting(let room, let ifLong):
      let whole = forecast([])
      if ifLong,
        whole.along <= max(Self.pageWidth, Self.longest * (whole.across + room.surroundings.height))
      {
        return []
      }
      let one = value(of: whole, room)
      let mostLinks = one < Self.hardToRead ? Self.mostLinks : Self.fewLinks
      var best = (value: one * (ifLong ? 1 : Self.leastGain), breaks: [Int]())
      for number in numbers(whole, room) {
        guard let breaks = breaks(number) else { continue }
        let crossing = breaks.map { links[$0] ?? 0 }
        if crossing.contains(where: { $0 > mostLinks }) { continue }
        let areFew = crossing.allSatisfy { $0 <= Self.fewLinks }
        let size = min(value(of: forecast(breaks), room), areFew ? .infinity : Self.hardToRead)
        let value = size * Placing.worth(ofReturns: crossing.reduce(0, +))
        if value > best.value { best = (value, breaks) }
      }
      return best.breaks
    }
  }

  /// The numbers of rows that are worth a try.
  private func numbers(_ whole: (along: Double, across: Double), _ room: PlacingTask.Room) -> [Int]
  {
    let page =
      plan.task.isDown ? room.page.height / room.page.width : room.page.width / room.page.height
    let heights = extents.map { max(0, $0.bottom - $0.top) + 3 * FlowRows.margin }
    let mean = heights.reduce(0, +) / Double(max(1, count))
    let ideal = (whole.along / (page * max(1, mean))).squareRoot()
    let near = [0.7, 0.8, 0.9, 1, 1.1, 1.25].map { Int(($0 * ideal).rounded()) }
    let few = count <= 200 ? Array(2...16) : []
    return Set(few + near).filter { $0 > 1 && $0 <= count }.sorted()
  }

  /// How large a figure is on a page: pixels a point, where the page is 1,600 wide.
  private func value(
    of size: (along: Double, across: Double), _ room: PlacingTask.Room
  ) -> Double {
    let (width, height) = plan.task.isDown ? (size.across, size.along) : size
    let scale = min(
      room.page.width / (width + room.surroundings.width),
      room.page.height / (height + room.surroundings.height))
    return min(scale * Self.pageWidth / room.page.width, Self.largeEnough)
  }

  /// What the flow takes in rows.
  private func forecast(_ breaks: [Int]) -> (along: Double, across: Double) {
    var (along, across, first) = (0.0, 0.0, 0)
    for last in breaks + [count - 1] {
      let extent = extents[first...last].reduce((Double.infinity, -Double.infinity)) {
        (min($0.0, $1.top), max($0.1, $1.bottom))
      }
      let returning = last < count - 1 ? Double(links[last] ?? 0) : 0
      let channel = returning * (FlowRows.pitch + FlowRows.pairPitch) + FlowRows.margin
      let isOne = breaks.isEmpty
      along = max(along, length(first, last) + (isOne ? 0 : 2 * channel))
      across += max(0, extent.1 - extent.0) + (returning > 0 ? channel + FlowRows.margin : 0)
      first = last + 1
    }
    return (along, across)
  }

  private func length(_ first: Int, _ last: Int) -> Double {
    (last < count - 1 ? plan.bendFrom[last] : plan.ends[last]) - plan.starts[first] + leads[first]
  }

  // MARK: A number of rows

  /// The best breaks for so many rows; `nil` if lanes of long links leave none.
  ///
  /// Row by row the cheapest way to each rank at which it can end, which is near where rows of one length
  /// would; the nearer, the more ranks there are. O(ranks² / rows).
  private func breaks(_ number: Int) -> [Int]? {
    if number < 2 { return [] }
    if count > 600 { return breaks(number, reach: 0.25) }
    return breaks(number, reach: 0.9) ?? breaks(number, reach: .infinity)
  }

  private func breaks(_ number: Int, reach: Double) -> [Int]? {
    let ideal = length(0, count - 1) / Double(number)
    let starts = plan.starts
    let stops = (0..<count).map { $0 < count - 1 ? plan.bendFrom[$0] : plan.ends[$0] }
    // For each row the ranks at which it may end, with the cheapest cost and where the row before ended.
    var rows: [[(end: Int, cost: Double, before: Int)]] = [[(-1, 0, -1)]]
    for row in 1...number {
      let isLast = row == number
      var ends: [(end: Int, cost: Double, before: Int)] = []
      let candidates: Range<Int>
      if isLast {
        candidates = count - 1..<count
      } else {
        let low = (Double(row) - reach) * ideal + plan.starts[0]
        let high = (Double(row) + reach) * ideal + plan.starts[0]
        let first = (0..<count).partitioningIndex { plan.ends[$0] >= low }
        let end = (0..<count).partitioningIndex { plan.ends[$0] > high }
        candidates = max(first, row - 1)..<max(first, row - 1, min(end, count - number + row))
      }
      for end in candidates {
        guard let links = links[end] else { continue }
        var best = (cost: Double.infinity, before: -1)
        for before in rows[row - 1] where before.end < end {
          let part = (stops[end] - starts[before.end + 1] + leads[before.end + 1]) / ideal
          let cost = before.cost + part * part * part
          if cost < best.cost { best = (cost, before.end) }
        }
        if best.cost == .infinity { continue }
        let frames = Double(plan.clusters.count(across: end))
        let cut = isLast ? 0 : Self.cutCost * Double(max(0, links - 1)) + frames
        ends.append((end, best.cost + cut, best.before))
      }
      if ends.isEmpty { return nil }
      rows.append(ends)
    }
    var breaks: [Int] = []
    var end = count - 1
    for row in stride(from: number, to: 1, by: -1) {
      guard let entry = rows[row].first(where: { $0.end == end }) else { return nil }
      end = entry.before
      breaks.append(end)
    }
    return breaks.reversed()
  }
}
