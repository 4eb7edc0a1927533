import GradFigure

/// A place that a link goes through: the middle of its lines, half their distance, and how steep they are.
private struct Stop {
  var u: Double
  var v: Double
  var half: Double
  var slope = 0.0
}

extension FlowPlan {
  /// Half the distance of the lines of a pair that passes a rank.
  private static let passing = 3.5
  /// How much one line of a pair bends after the other where they are steep, so that they do not touch.
  private static let parting = 5.0

  /// Draws the lines of all links: from port to port, level at both and at every rank between.
  ///
  /// All lines of a gap bend between the same two places, so those that are in order cannot cross.
  /// O(ranks passed · log(widest rank)).
  mutating func drawRoutes() {
    chooseColumns()
    placeRanks()
    redrawRoutes()
  }

  /// The same with the ranks as they stand.
  mutating func redrawRoutes() {
    lines = task.links.indices.map { route($0) }
    frameClusters()
  }

  private func route(_ index: Int) -> LinePair {
    let link = task.links[index]
    let (first, last) = (rank[link.source], rank[link.target])
    if let bend = arcs[index], !hasColumn[first] { return arc(index, bend) }
    if passes[index].count > 0, !(first..<last).contains(where: { hasColumn[$0] }),
      let smooth = smooth(index)
    {
      return smooth
    }
    var stops = leaving(index)
    let half = link.isPair ? Self.passing : 0
    if let lane = lanes[index] {
      stops.append(Stop(u: bendTo[first], v: lane, half: link.isPair ? 1.5 : 0))
      stops.append(Stop(u: bendFrom[last - 1], v: lane, half: link.isPair ? 1.5 : 0))
    }
    for (step, height) in passes[index].enumerated() {
      stops.append(Stop(u: bendTo[first + step], v: height, half: half))
      stops.append(Stop(u: bendFrom[first + step + 1], v: height, half: half))
    }
    stops += arriving(index)
    return pair(stops, index)
  }

  // MARK: Ends

  /// The first stops: at the source's side, where lines have parted, and where the bend begins.
  private func leaving(_ index: Int) -> [Stop] {
    let link = task.links[index]
    let (box, number, port) = (link.source, rank[link.source], sourcePorts[index])
    let next = lanes[index] ?? passes[index].first ?? targetPorts[index].v
    var stops = [side(of: box, port, isSource: true)]
    if port.isSpread {
      stops.append(Stop(u: ends[number] + spreadTo[number], v: port.v, half: port.half))
    }
    let isLevel = bendFrom[number] > ends[number]
    let bend =
      isLevel ? bendFrom[number] : contour(number, port.v, next, ofEnd: true, own: box)
    if bend > stops[stops.count - 1].u + 1 {
      stops.append(Stop(u: bend, v: port.v, half: port.half))
    }
    return stops
  }

  private func arriving(_ index: Int) -> [Stop] {
    let link = task.links[index]
    let (box, number, port) = (link.target, rank[link.target], targetPorts[index])
    let before = lanes[index] ?? passes[index].last ?? sourcePorts[index].v
    var stops = [side(of: box, port, isSource: false)]
    if port.isSpread {
      stops.append(Stop(u: starts[number] - spreadFrom[number], v: port.v, half: port.half))
    }
    let isLevel = bendTo[number - 1] < starts[number]
    let bend =
      isLevel ? bendTo[number - 1] : contour(number, before, port.v, ofEnd: false, own: box)
    if bend < stops[stops.count - 1].u - 1 {
      stops.append(Stop(u: bend, v: port.v, half: port.half))
    }
    return stops.reversed()
  }

  /// Where lines meet a box; ports that are farther apart than a circle is high come together there.
  private func side(of box: Int, _ port: Port, isSource: Bool) -> Stop {
    let room = room(of: box)
    let item = task.boxes[box]
    let edge = isSource ? room.maxX : room.origin.x
    guard port.isSpread else { return Stop(u: edge, v: port.v, half: port.half) }
    let count = (isSource ? rooms.outgoing : rooms.incoming)[box].count
    let middle = v[box] + item.middle(task.isDown)
    let reach = Double(count - 1) / 2 * port.pitch + port.half
    let most: Double =
      switch item.outline {
      case .circle(let breadth): 0.36 * breadth
      // As far as its side is straight, or little farther.
      case .oblong(_, let breadth): max(0.36 * breadth, breadth / 2 - 8)
      default: 6
      }
    let part = min(1, most / reach)
    return Stop(u: edge, v: middle + (port.v - middle) * part, half: port.half * part)
  }

  /// How far the boxes of a rank reach between two heights; lines begin to bend there.
  private func contour(
    _ number: Int, _ a: Double, _ b: Double, ofEnd isEnd: Bool, own: Int
  ) -> Double {
    let (upper, lower) = (min(a, b) - 6, max(a, b) + 6)
    let column = columns[number]
    let first = (0..<column.count).partitioningIndex {
      v[column[$0]] + rooms.across[column[$0]] / 2 >= upper
    }
    let room = room(of: own)
    var best = isEnd ? room.maxX : room.origin.x
    for box in column[first...] {
      if v[box] - rooms.across[box] / 2 >= lower { break }
      let room = self.room(of: box)
      best = isEnd ? max(best, room.maxX) : min(best, room.origin.x)
    }
    return best
  }

  // MARK: Curves

  /// Two arcs for links between the same boxes, bent outwards.
  private func arc(_ index: Int, _ bend: Double) -> LinePair {
    let link = task.links[index]
    let start = side(of: link.source, sourcePorts[index], isSource: true)
    let end = side(of: link.target, targetPorts[index], isSource: false)
    func line(_ sign: Double) -> Curve {
      let (a, b) = (start.v + sign * start.half, end.v + sign * end.half)
      let third = (end.u - start.u) / 3
      return Curve([
        Point(start.u, a), Point(start.u + third, a + bend), Point(end.u - third, b + bend),
        Point(end.u, b),
      ])
    }
    return fitted(LinePair(forward: line(-1), backward: line(1)), index)
  }

  /// One curve without a level piece at the ranks that a long link passes, if it is clear of their boxes.
  private func smooth(_ index: Int) -> LinePair? {
    let link = task.links[index]
    let first = rank[link.source]
    var stops = leaving(index)
    for (step, height) in passes[index].enumerated() {
      let number = first + step + 1
      stops.append(
        Stop(
          u: (starts[number] + ends[number]) / 2, v: height, half: link.isPair ? Self.passing : 0))
    }
    stops += arriving(index)
    for place in 1..<stops.count - 1 {
      let (before, here, after) = (stops[place - 1], stops[place], stops[place + 1])
      let (h, k) = (here.u - before.u, after.u - here.u)
      let (a, b) = ((here.v - before.v) / h, (after.v - here.v) / k)
      // Monotone between stops (Fritsch and Carlson 1980), so it goes no farther than they do.
      if a * b > 0 { stops[place].slope = 3 * (h + k) / ((2 * k + h) / a + (k + 2 * h) / b) }
    }
    let line = curve(stops, side: 0)
    for (step, height) in passes[index].enumerated() {
      let number = first + step + 1
      let free = freeInterval(number, around: height)
      // It rises or falls throughout, so these are its extremes beside the boxes of the rank.
      for u in [starts[number], ends[number]] {
        let v = line.height(at: u)
        if v - 8 < free.lowerBound || v + 8 > free.upperBound { return nil }
      }
    }
    return pair(stops, index)
  }

  /// What is free of boxes in a rank around a height.
  private func freeInterval(_ number: Int, around height: Double) -> ClosedRange<Double> {
    let column = columns[number]
    let next = (0..<column.count).partitioningIndex { v[column[$0]] >= height }
    let lower = next > 0 ? v[column[next - 1]] + rooms.across[column[next - 1]] / 2 : -.infinity
    let upper = next < column.count ? v[column[next]] - rooms.across[column[next]] / 2 : .infinity
    return min(lower, upper)...max(lower, upper)
  }

  private func pair(_ stops: [Stop], _ index: Int) -> LinePair {
    if !task.links[index].isPair {
      let line = curve(stops, side: 0)
      return fitted(LinePair(forward: line, backward: line), index)
    }
    return fitted(
      LinePair(forward: curve(stops, side: -1), backward: curve(stops, side: 1)), index)
  }

  private func curve(_ stops: [Stop], side: Double) -> Curve {
    var points = [Point(stops[0].u, stops[0].v + side * stops[0].half)]
    points.reserveCapacity(3 * stops.count)
    for (a, b) in zip(stops, stops.dropFirst()) {
      let length = b.u - a.u
      let (from, to) = (a.v + side * a.half, b.v + side * b.half)
      let isLevel = a.slope == 0 && b.slope == 0
      let reach = length * (isLevel ? 0.42 : 1 / 3)
      let tilt = length > 0 ? (to - from) / length : 0
      let late =
        isLevel
        ? -side * max(-1, min(1, tilt / 2)) * min(Self.parting, 0.12 * length) : 0
      points.append(Point(a.u + reach + late, from + a.slope * reach))
      points.append(Point(b.u - reach + late, to - b.slope * reach))
      points.append(Point(b.u, to))
    }
    return Curve(points)
  }

  /// Lines end at a gate, not at the box around it and its name.
  private func fitted(_ pair: LinePair, _ index: Int) -> LinePair {
    let link = task.links[index]
    var pair = pair
    for (box, isSource) in [(link.source, true), (link.target, false)] {
      let outline = task.boxes[box].outline
      if outline == .box || outline == .bare { continue }
      func rim(_ height: Double) -> Double {
        let reach = outline.reach(beside: abs(height - v[box]))
        return isSource ? u[box] + reach : u[box] - reach
      }
      pair.forward.moveEnd(isSource, to: rim)
      pair.backward.moveEnd(isSource, to: rim)
    }
    return pair
  }
}

extension Curve {
  /// Moves the first or the last point along the flow; over more than a little, with a straight piece.
  fileprivate mutating func moveEnd(_ isStart: Bool, to place: (Double) -> Double) {
    let index = isStart ? 0 : points.count - 1
    let old = points[index]
    let end = Point(place(old.y), old.y)
    if abs(end.x - old.x) < 6 {
      points[index] = end
    } else if isStart {
      points = Curve(from: end, to: old).points.dropLast() + points
    } else {
      points += Curve(from: old, to: end).points.dropFirst()
    }
  }

  /// The height at `u`, by halving; of a curve that leads along the flow.
  fileprivate func height(at u: Double) -> Double {
    var piece = 0
    while piece + 6 < points.count, points[piece + 3].x < u { piece += 3 }
    let p = points[piece...piece + 3]
    let (a, b, c, d) = (p[piece], p[piece + 1], p[piece + 2], p[piece + 3])
    func at(_ t: Double) -> Point {
      let s = 1 - t
      return a * (s * s * s) + b * (3 * s * s * t) + c * (3 * s * t * t) + d * (t * t * t)
    }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<14 {
      let middle = (low + high) / 2
      if at(middle).x < u { low = middle } else { high = middle }
    }
    return at(low).y
  }
}
