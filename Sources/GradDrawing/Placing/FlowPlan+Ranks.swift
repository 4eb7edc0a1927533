import GradFigure

extension FlowPlan {
  /// From the tip of an arrowhead to a label, so that some of the line is seen between them.
  static let tip = Arrowhead.length + 5
  /// The same from where a line begins without an arrowhead.
  static let tail = 4.0
  /// In which lines that share a place at a box part from each other.
  static let spreading = 16.0
  /// How many links at most have their labels looked for one by one.
  static let mostSearched = 150

  /// Whether the label of a link is at the end of the gap behind `rank` that is nearer to it, and is looked
  /// for where the gap has no column.
  private func isSearched(_ link: Int) -> Bool {
    !task.isDown && task.links[link].labels.allSatisfy(\.place.isOnLine)
  }

  /// Says which gaps have a column for labels from the first: those whose labels are not looked for.
  mutating func chooseColumns() {
    let isLarge = task.links.count > Self.mostSearched
    for (index, link) in task.links.enumerated() where rooms.labelEnds[index] != .none {
      let isAtCrest = arcs[index] != nil && link.labels.allSatisfy(\.place.isOnLine)
      if isLarge || !isSearched(index) && !isAtCrest { hasColumn[gap(of: index)] = true }
      if rooms.labelEnds[index] == .target { hasColumn[rank[link.target] - 1] = true }
    }
    // Where a row ends, all lines are level.
    for rank in breaks { hasColumn[rank] = true }
  }

  /// From the beginning of a link to its label: a pair has an arrowhead there.
  func start(of link: Int) -> Double { task.links[link].isPair ? Self.tip : Self.tail }

  /// The gap in which the labels of a link stand: behind this rank.
  func gap(of link: Int) -> Int {
    rooms.labelEnds[link] == .target
      ? rank[task.links[link].target] - 1 : rank[task.links[link].source]
  }

  /// Sets the ranks along the flow: each gap as wide as its labels and its steepest line need.
  ///
  /// O(boxes + ranks passed).
  mutating func placeRanks() {
    let count = columns.count
    var wide = [Double](repeating: 0, count: count)
    var (before, after) = (wide, wide)
    var least = [Double](repeating: task.spacing.gap, count: count)
    for box in task.boxes.indices { wide[rank[box]] = max(wide[rank[box]], rooms.along[box]) }
    let title = task.isDown ? (task.clusters.first?.title.height ?? 0) + 6 : 0
    for index in 0..<count {
      before[index] = clusters.insets(at: index, isStart: true, title: title)
      after[index] = clusters.insets(at: index, isStart: false, title: 0)
    }
    for (index, link) in task.links.enumerated() {
      let (first, last) = (rank[link.source], rank[link.target])
      if sourcePorts[index].isSpread { after[first] = max(after[first], Self.spreading) }
      if targetPorts[index].isSpread { before[last] = max(before[last], Self.spreading) }
    }
    for index in breaks {
      // Frames that are cut stand around those that end there.
      let room = clusters.insets(across: index)
      after[index] = max(after[index], FlowRows.least) + room
      before[index + 1] = max(before[index + 1], FlowRows.least) + room
    }
    (spreadTo, spreadFrom) = (after, before)
    for (index, link) in task.links.enumerated() {
      guard let room = rooms.labelRooms[index] else { continue }
      let (first, last) = (rank[link.source], rank[link.target])
      switch rooms.labelEnds[index] {
      case .source where hasColumn[first]:
        after[first] = max(after[first], spreadTo[first] + start(of: index) + room.along + 2)
      case .target where hasColumn[last - 1]:
        before[last] = max(before[last], spreadFrom[last] + Self.tip + room.along + 2)
      case .source:
        // The label of an arc stands between two arrowheads.
        let other = arcs[index] == nil ? 12 : Self.tip + 6
        least[first] = max(least[first], room.along + Self.tip + other)
      default: break
      }
    }
    let rise = rises()
    starts = []
    ends = []
    bendFrom = []
    bendTo = []
    var place = 0.0
    for index in 0..<count {
      starts.append(place)
      ends.append(place + wide[index])
      bendFrom.append(place + wide[index] + after[index])
      let channel = max(
        least[index], min(task.spacing.widestGap, rise[index] * task.spacing.steepness))
      bendTo.append(bendFrom[index] + channel)
      place = bendTo[index] + (index + 1 < count ? before[index + 1] : 0)
    }
    for box in task.boxes.indices {
      let half = rooms.along[box] / 2
      let number = rank[box]
      // What nothing leads to stands next to where its links go, what nothing leaves to where they end.
      u[box] =
        rooms.incoming[box].isEmpty
        ? ends[number] - half
        : rooms.outgoing[box].isEmpty
          ? starts[number] + half : (starts[number] + ends[number]) / 2
    }
  }

  /// For each gap how far the steepest line in it climbs.
  private func rises() -> [Double] {
    var rise = [Double](repeating: 0, count: columns.count)
    for (index, link) in task.links.enumerated() {
      let (first, last) = (rank[link.source], rank[link.target])
      var height = sourcePorts[index].v
      if lanes[index] != nil {
        (rise[first], rise[last - 1]) = (.infinity, .infinity)
        continue
      }
      for (step, next) in (passes[index] + [targetPorts[index].v]).enumerated() {
        rise[first + step] = max(rise[first + step], abs(next - height))
        height = next
      }
    }
    return rise
  }
}
