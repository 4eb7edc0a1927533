import GradFigure

extension FlowPlan {
  /// Gives each link a port at both ends, in the order in which links arrive.
  ///
  /// Since the other end moves too, ports are sorted three times. O(links · log).
  mutating func placePorts() {
    for (link, ends) in task.links.enumerated() {
      sourcePorts[link].v = v[ends.source] + middle(of: ends.source)
      targetPorts[link].v = v[ends.target] + middle(of: ends.target)
    }
    for _ in 0..<3 {
      for box in task.boxes.indices {
        place(rooms.outgoing[box], at: box, isSource: true)
        place(rooms.incoming[box], at: box, isSource: false)
      }
    }
    straightenLinks()
    findArcs()
  }

  /// From the middle of a box to the middle of its rows.
  private func middle(of box: Int) -> Double { task.boxes[box].middle(task.isDown) }

  /// The height of the next place on the way of a link.
  private func arrival(_ link: Int, isSource: Bool) -> Double {
    if let lane = lanes[link] { return lane }
    if isSource { return passes[link].first ?? targetPorts[link].v }
    return passes[link].last ?? sourcePorts[link].v
  }

  private mutating func place(_ links: [Int], at box: Int, isSource: Bool) {
    if links.isEmpty { return }
    let item = task.boxes[box]
    if isSource, let rows = rooms.divisions[box] { return place(links, at: box, inRows: rows) }
    if links.count == 1 {
      let half = item.half(task.links[links[0]])
      let limit = task.isDown ? half : min(12, half)
      let port = Port(v: v[box] + middle(of: box), half: limit)
      if isSource { sourcePorts[links[0]] = port } else { targetPorts[links[0]] = port }
      return
    }
    let order = sorted(links, isSource: isSource)
    let count = Double(links.count)
    let least = isSource ? rooms.outPitch[box] : rooms.inPitch[box]
    var (pitch, center) = (least, v[box] + middle(of: box))
    if item.outline == .box {
      let whole = rooms.across[box] - 10
      let body = task.isDown ? whole : rooms.across[box] - item.head
      let room = count * least <= body - 6 ? body - 6 : whole
      pitch = min(max(28, least), room / count)
      center = count * pitch <= body - 5 ? center : v[box]
    } else {
      center = v[box] + middle(of: box)
    }
    for (index, link) in order.enumerated() {
      let half =
        task.links[link].isPair ? min(task.spacing.pair, 0.45 * pitch) / 2 : 0
      let port = Port(
        v: center + (Double(index) - (count - 1) / 2) * pitch, half: half, pitch: pitch,
        isSpread: item.outline != .box)
      if isSource { sourcePorts[link] = port } else { targetPorts[link] = port }
    }
  }

  /// Gives each link a port at its row; those of one row share it.
  private mutating func place(_ links: [Int], at box: Int, inRows rows: [Double]) {
    var members = [[Int]](repeating: [], count: rows.count)
    for link in sorted(links, isSource: true) { members[task.links[link].row].append(link) }
    var top = v[box] - rooms.across[box] / 2 + task.boxes[box].head
    for (room, members) in zip(rows, members) {
      let pitch = room / Double(max(1, members.count))
      for (index, link) in members.enumerated() {
        let half = task.links[link].isPair ? min(task.spacing.pair, 0.45 * pitch) / 2 : 0
        sourcePorts[link] = Port(v: top + (Double(index) + 0.5) * pitch, half: half, pitch: pitch)
      }
      top += room
    }
  }

  private func sorted(_ links: [Int], isSource: Bool) -> [Int] {
    // Heights that differ by rounding alone are the same.
    links.map { ((arrival($0, isSource: isSource) * 1_000).rounded(), $0) }
      .sorted { $0 < $1 }.map(\.1)
  }

  /// Links between the same two boxes, in neighbouring ranks and with no other link between them, are
  /// arcs that bend outwards.
  private mutating func findArcs() {
    for box in task.boxes.indices {
      let links = rooms.outgoing[box]
      guard links.count > 1, rooms.divisions[box] == nil else { continue }
      let target = task.links[links[0]].target
      guard rank[target] == rank[box] + 1, rooms.incoming[target].count == links.count,
        links.allSatisfy({ task.links[$0].target == target })
      else { continue }
      let order = links.sorted { sourcePorts[$0].v < sourcePorts[$1].v }
      for (index, link) in order.enumerated() {
        arcs[link] = (Double(index) - Double(links.count - 1) / 2) * 20
      }
    }
  }
}
