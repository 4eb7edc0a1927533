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
    alignPorts()
  }

  /// Lets lines run straight to a box that is nearly where they come from.
  ///
  /// A lone link need not end in the middle of its rows, if it ends beside them. O(links).
  private mutating func alignPorts() {
    for (index, link) in task.links.enumerated()
    where link.isPair && passes[index].isEmpty && lanes[index] == nil && arcs[index] == nil {
      let from = scope(of: sourcePorts[index], at: link.source, isSource: true)
      let to = scope(of: targetPorts[index], at: link.target, isSource: false)
      let wish = (sourcePorts[index].v + targetPorts[index].v) / 2
      let half = (sourcePorts[index].half + targetPorts[index].half) / 2
      guard let forward = from.forward.place(in: to.forward, near: wish - half),
        let backward = from.backward.place(in: to.backward, near: wish + half)
      else { continue }
      let (middle, distance) = ((forward + backward) / 2, (backward - forward) / 2)
      (sourcePorts[index].v, sourcePorts[index].half) = (middle, distance)
      (targetPorts[index].v, targetPorts[index].half) = (middle, distance)
    }
  }

  /// Where the two lines of a link may meet a box: beside the rows of a box that it meets alone, else at its port.
  private func scope(
    of port: Port, at box: Int, isSource: Bool
  ) -> (forward: ClosedRange<Double>, backward: ClosedRange<Double>) {
    let (forward, backward) = (port.v - port.half, port.v + port.half)
    let item = task.boxes[box]
    guard item.outline == .box, (isSource ? rooms.outgoing : rooms.incoming)[box].count == 1,
      !isSource || rooms.divisions[box] == nil
    else { return (forward...forward, backward...backward) }
    if !task.isDown { return (forward - 4...forward + 4, backward - 4...backward + 4) }
    // As far as the cells of the two numbers reach, which stand side by side in the middle of the box.
    let own = item.size.width
    let (start, border) = (v[box] - own / 2, v[box] - own / 2 + 2 * item.rows.forward)
    let (corner, margin) = (10.0, 4.0)
    return (
      min(forward, start + corner)...max(forward, border - margin),
      min(backward, border + margin)...max(backward, start + own - corner)
    )
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
      center = !task.isDown && count * pitch <= body - 5 ? center : v[box]
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

extension ClosedRange<Double> {
  /// What this has in common with another one, there the nearest to `wish`; `nil` if that is nothing.
  fileprivate func place(in other: Self, near wish: Double) -> Double? {
    let low = Swift.max(lowerBound, other.lowerBound)
    let high = Swift.min(upperBound, other.upperBound)
    return low <= high ? Swift.min(Swift.max(wish, low), high) : nil
  }
}
