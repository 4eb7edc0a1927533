import GradFigure

/// What the links at the sides of boxes need across the flow: how far apart their ports are, how large
/// boxes grow for them, and at which end of a link its label has room.
///
/// Here and in all further steps u leads along the flow and v across it, as if links led to the right.
struct PortRooms {
  /// The end of a link beside which its labels stand, where all lines run straight.
  enum LabelEnd { case source, target, none }

  /// The links that leave and reach each box.
  let outgoing: [[Int]]
  let incoming: [[Int]]
  /// The size of each box along the flow and across it, grown for its ports.
  let along: [Double]
  private(set) var across: [Double]
  /// The room of each box from its middle to both sides across the flow, with labels at its ports.
  private(set) var above: [Double]
  private(set) var below: [Double]
  /// From the middle of each box to where its lines are, which is what stands straight behind other boxes.
  private(set) var middles: [Double]
  /// The room of each row of a divided box, grown for the links that leave from it.
  private(set) var divisions: [Int: [Double]] = [:]
  /// How far apart ports are at least, on the side of outgoing and of incoming links.
  private(set) var outPitch: [Double]
  private(set) var inPitch: [Double]
  /// Where the labels of each link stand.
  let labelEnds: [LabelEnd]
  /// What the labels of each link take, from the middle of its lines.
  let labelRooms: [LabelRoom?]

  /// The most links that a box grows for on one side.
  static let mostPorts = 40
  /// Between the ports of two pairs, and of two single lines, at least.
  static let (pairPitch, linePitch) = (17.0, 12.0)

  /// O(boxes + links).
  init(_ task: PlacingTask) {
    var outgoing = [[Int]](repeating: [], count: task.boxes.count)
    var incoming = outgoing
    for (index, link) in task.links.enumerated() {
      outgoing[link.source].append(index)
      incoming[link.target].append(index)
    }
    (self.outgoing, self.incoming) = (outgoing, incoming)
    let rooms = task.links.map { LabelRoom($0, isDown: task.isDown, pair: task.spacing.pair) }
    labelRooms = rooms
    labelEnds = task.links.indices.map { index -> LabelEnd in
      guard let room = rooms[index] else { return .none }
      let link = task.links[index]
      let (out, into) = (outgoing[link.source].count, incoming[link.target].count)
      // A box grows by little for plates above each other; what is wider goes where there are fewer.
      if !task.boxes[link.source].divisions.isEmpty { return .source }
      // Labels of two lines that lead on side by side stand there, so that a gap has one column of them.
      let most = room.isSlim ? Self.mostPorts : max(task.isDown ? 1 : 2, into)
      return out <= most ? .source : into <= Self.mostPorts ? .target : .none
    }
    along = task.boxes.map { task.isDown ? $0.size.height : $0.size.width }
    across = task.boxes.map { task.isDown ? $0.size.width : $0.size.height }
    (above, below, middles, outPitch, inPitch) = ([], [], [], [], [])
    for box in task.boxes.indices {
      outPitch.append(pitch(outgoing[box], .source, task))
      inPitch.append(pitch(incoming[box], .target, task))
      grow(box, task)
      let isLone = outgoing[box].count == 1 || incoming[box].count == 1
      middles.append(
        !task.boxes[box].divisions.isEmpty
          ? task.boxes[box].head / 2
          : !task.isDown || isLone ? task.boxes[box].middle(task.isDown) : 0)
    }
  }

  private func pitch(_ links: [Int], _ end: LabelEnd, _ task: PlacingTask) -> Double {
    var (pitch, before, after) = (0.0, 0.0, 0.0)
    for link in links {
      pitch = max(pitch, task.links[link].isPair ? Self.pairPitch : Self.linePitch)
      if labelEnds[link] == end, let room = labelRooms[link] {
        (before, after) = (max(before, room.before), max(after, room.after))
      }
    }
    return max(pitch, before + after + 0.2)
  }

  private mutating func grow(_ box: Int, _ task: PlacingTask) {
    let item = task.boxes[box]
    var reach = 0.0
    if !item.divisions.isEmpty {
      var counts = [Double](repeating: 0, count: item.divisions.count)
      for link in outgoing[box] { counts[task.links[link].row] += 1 }
      let rows = zip(item.divisions, counts).map { max($0, $1 * outPitch[box]) }
      divisions[box] = rows
      across[box] = rows.reduce(item.head, +)
      // Labels of the outer rows may reach out of the box.
      let labels = outgoing[box].compactMap { labelEnds[$0] == .source ? labelRooms[$0] : nil }
      func overhang(_ row: Int, _ label: Double) -> Double {
        (counts[row] - 1) / 2 * outPitch[box] + label - rows[row] / 2
      }
      let before = labels.reduce(0) { max($0, $1.before) }
      let after = labels.reduce(0) { max($0, $1.after) }
      above.append(across[box] / 2 + max(0, overhang(0, before) - item.head))
      below.append(across[box] / 2 + max(0, overhang(rows.count - 1, after)))
      return
    }
    for (links, pitch, end) in [
      (outgoing[box], outPitch[box], LabelEnd.source), (incoming[box], inPitch[box], .target),
    ] {
      let count = min(Self.mostPorts, links.count)
      if count == 1, let link = links.first, labelEnds[link] == end, let room = labelRooms[link] {
        let half = item.half(task.links[link])
        reach = max(reach, abs(item.middle(task.isDown)) + half + room.reach)
      }
      if count < 2 { continue }
      if item.outline == .box { across[box] = max(across[box], Double(count) * pitch + 10) }
      let label = links.reduce(pitch / 2) {
        max($0, labelEnds[$1] == end ? labelRooms[$1]?.reach ?? 0 : 0)
      }
      reach = max(reach, Double(count - 1) / 2 * pitch + label)
    }
    above.append(max(across[box] / 2, reach))
    below.append(max(across[box] / 2, reach))
  }
}

/// What the labels of a link take of the room across the flow, from the middle of its lines, and how
/// long they are along it.
struct LabelRoom {
  var before: Double
  var after: Double
  var along: Double
  /// Whether it is no higher than ports of pairs are apart.
  var isSlim: Bool { before + after <= PortRooms.pairPitch }
  /// What one side takes at most.
  var reach: Double { max(before, after) }

  init?(_ link: PlacingTask.Link, isDown: Bool, pair: Double) {
    if link.labels.allSatisfy({ $0.place == .onForward }) { return nil }
    (before, after, along) = (0, 0, 0)
    for label in link.labels where label.place != .onForward {
      let (length, width) = label.measures(isDown)
      along = max(along, length)
      switch label.place {
      case .onForward: continue
      case .before: before = max(before, width + Self.distance)
      case .after: after = max(after, width + Self.distance)
      case .onLine:
        let half = link.isPair ? min(pair, PortRooms.pairPitch * 0.45) / 2 : 0
        let middle = half + Self.drop(width, half: half)
        before = max(before, width / 2 - middle, half + 1)
        after = max(after, width / 2 + middle)
      }
    }
  }

  /// From a line to a text beside it.
  static let distance = 1.0

  /// How far a plate on the second line of a pair is moved away from the first one.
  static func drop(_ width: Double, half: Double) -> Double {
    half == 0 ? 0 : max(0, min(0.45 * width, width / 2 - (2 * half - 1)))
  }
}

extension PlacingTask.Label {
  /// How long it is along the flow, and how wide across it, with a little room around what stands on a line.
  func measures(_ isDown: Bool) -> (length: Double, width: Double) {
    let margin = place.isOnLine ? 3.0 : 0
    return isDown
      ? (size.height + 1, size.width + margin) : (size.width + margin, size.height + 1)
  }
}

extension PlacingTask.Box {
  /// Half the distance of the two lines of a lone link.
  func half(_ link: PlacingTask.Link) -> Double {
    link.isPair ? (rows.backward - rows.forward) / 2 : 0
  }

  /// From the middle of a box to the middle of its rows, which stand in the middle of what a box has
  /// grown by.
  func middle(_ isDown: Bool) -> Double {
    let own = isDown ? size.width : size.height
    return (rows.forward + rows.backward) / 2 - own / 2
  }
}
