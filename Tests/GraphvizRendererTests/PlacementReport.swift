@testable import GradDrawing
import GradFigure

/// What stands in the way of what in a drawing, found from the finished shapes alone.
///
/// Nothing here knows how places were chosen: text takes the room from its capitals to its
/// descenders, a line is the whole way up to the tip of its arrowhead.
struct PlacementReport: CustomStringConvertible {
  /// Texts that share room.
  var textsOnTexts: [String] = []
  /// Texts of a node that stand over its outline, and texts beyond the edge of the picture.
  var textsOutside: [String] = []
  /// Texts that a line of something else runs through.
  var textsOnLines: [String] = []
  /// Texts of an edge that reach into a node.
  var textsOnNodes: [String] = []
  /// Lines through nodes that they do not end at.
  var linesThroughNodes: [String] = []
  /// Arrowheads that end in the same point.
  var sharedTips: [String] = []
  /// How many lines cross.
  var crossings = Crossings()

  struct Crossings {
    /// Two forward lines, a forward and a backward one, and the two of one pair.
    var (forward, mixed, inPairs) = (0, 0, 0)
  }

  private var texts: [Text] = []
  private var lines: [Line] = []
  private var nodes: [Node] = []

  private struct Node {
    var index: Int
    /// The outline, or the room of a node without one.
    var box: Rect
    /// Whether the outline is a circle.
    var isRound = false
    /// Whether there is none.
    var isPlain = true
    /// Whether it is that of a gate, beside which texts may stand.
    var isGate = false

    init?(_ part: Drawing.Part) {
      guard case .node(let index) = part.owner, let box = part.box else { return nil }
      (self.index, self.box) = (index, box)
      isGate = part.shapes.contains {
        if case .text(let line) = $0 { line.kind == .cell(.gate) } else { false }
      }
      for case .outline(let outline, _, _) in part.shapes {
        isPlain = false
        if isGate, case .box(let gate, _) = outline { self.box = gate }
        guard case .circle(let center, let radius) = outline else { continue }
        isRound = true
        self.box = Rect(
          origin: center - Point(radius, radius), size: Size(width: 2 * radius, height: 2 * radius))
      }
    }

    /// Whether the two have more than a border in common.
    func touches(_ other: Rect) -> Bool {
      guard isRound else { return box.overlaps(other) }
      let center = box.center
      let nearest = Point(
        min(max(center.x, other.origin.x), other.maxX),
        min(max(center.y, other.origin.y), other.maxY))
      return (nearest - center).length < box.size.width / 2
    }

    /// Whether a text of the node stands where it should: in its outline, or beside a gate.
    func has(_ text: Rect) -> Bool {
      if isPlain { return true }
      if !isRound { return box.inset(by: 2).encloses(text) || isGate && !box.overlaps(text) }
      return !touches(text)
        || text.corners.allSatisfy { ($0 - box.center).length <= box.size.width / 2 + 1 }
    }
  }

  private struct Text {
    var owner: Drawing.Owner
    var name: String
    var box: Rect
  }

  private struct Line {
    var owner: Drawing.Owner
    var edge: Int
    var segments: [(Point, Point)]
    var isForward: Bool { owner == .forward(edge) }
  }

  init(_ drawing: Drawing) {
    for part in drawing.parts { collect(part) }
    findTextsOnTexts()
    findTextsOutside(Rect(origin: Point(0, 0), size: drawing.size))
    findTextsOnLines(drawing.figure)
    findTextsOnNodes()
    findLinesThroughNodes(drawing.figure)
    findSharedTips(drawing)
    countCrossings()
  }

  var conflicts: [String] {
    textsOnTexts + textsOutside + textsOnLines + textsOnNodes + linesThroughNodes + sharedTips
  }

  var description: String { conflicts.joined(separator: "; ") }

  private mutating func collect(_ part: Drawing.Part) {
    if let node = Node(part) { nodes.append(node) }
    for case .text(let line) in part.shapes {
      texts.append(
        Text(owner: part.owner, name: "‘\(line.text.plain)’ of \(part.owner)", box: line.box))
    }
    guard let way = part.way, let edge = part.owner.edge else { return }
    let points = way.polyline(steps: 24).points
    var segments = Array(zip(points, points.dropFirst()))
    // The sides of the arrowhead.
    for case .outline(.path(let path), fill: .some, stroke: nil) in part.shapes {
      var corners: [Point] = []
      for step in path.steps {
        switch step {
        case .move(let point), .line(let point): corners.append(point)
        default: break
        }
      }
      segments += zip(corners, corners.dropFirst() + corners.prefix(1))
    }
    lines.append(Line(owner: part.owner, edge: edge, segments: segments))
  }

  private mutating func findTextsOnTexts() {
    for (index, text) in texts.enumerated() {
      for other in texts[..<index] where text.box.overlaps(other.box) {
        textsOnTexts.append("\(text.name) on \(other.name)")
      }
    }
  }

  private mutating func findTextsOutside(_ paper: Rect) {
    for text in texts {
      if !paper.encloses(text.box) { textsOutside.append("\(text.name) off the page") }
      guard case .node(let index) = text.owner,
        let node = nodes.first(where: { $0.index == index })
      else { continue }
      if !node.has(text.box) { textsOutside.append("\(text.name) over its outline") }
    }
  }

  /// A label of a pair may stand on its own backward line, where it has a plate; on no other.
  private mutating func findTextsOnLines(_ figure: Figure) {
    for text in texts {
      let room = text.box.inset(by: -0.7)
      for line in lines {
        if case .label(let edge, _) = text.owner, line.owner == .backward(edge) {
          // Its own line, but not the head of it.
          if line.segments.suffix(3).contains(where: { room.meets($0, $1) }) {
            textsOnLines.append("\(text.name) on its arrowhead")
          }
          continue
        }
        if line.segments.contains(where: { room.meets($0, $1) }) {
          textsOnLines.append("\(text.name) on \(line.owner)")
        }
      }
    }
  }

  private mutating func findTextsOnNodes() {
    for text in texts {
      if case .node = text.owner { continue }
      for node in nodes where node.touches(text.box.inset(by: -0.6)) {
        textsOnNodes.append("\(text.name) on node \(node.index)")
      }
    }
  }

  private mutating func findSharedTips(_ drawing: Drawing) {
    var owners: [[Double]: Drawing.Owner] = [:]
    for part in drawing.parts {
      guard let tip = part.way?.end else { continue }
      let place = [(tip.x * 10).rounded(), (tip.y * 10).rounded()]
      if let other = owners[place] { sharedTips.append("\(part.owner) ends with \(other)") }
      owners[place] = part.owner
    }
  }

  private mutating func countCrossings() {
    // The last three segments are the sides of the arrowhead.
    let segments = lines.indices.flatMap { line in
      lines[line].segments.dropLast(3).map { (line: line, from: $0.0, to: $0.1) }
    }
    guard !segments.isEmpty else { return }
    var grid = PlaceGrid<Int>(Rect(around: segments.flatMap { [$0.from, $0.to] }), cell: 24)
    for (index, segment) in segments.enumerated() {
      let room = Rect(around: [segment.from, segment.to])
      var found: Set<Int> = []
      grid.forEach(near: room) { other in
        let that = segments[other]
        if that.line != segment.line, !found.contains(other),
          crosses((segment.from, segment.to), (that.from, that.to))
        {
          found.insert(other)
        }
        return true
      }
      for other in found { count(lines[segment.line], lines[segments[other].line]) }
      grid.insert(index, over: room)
    }
  }

  private mutating func count(_ line: Line, _ other: Line) {
    if line.edge == other.edge { crossings.inPairs += 1 }
    if line.isForward != other.isForward {
      crossings.mixed += 1
    } else if line.isForward {
      crossings.forward += 1
    }
  }

  private func crosses(_ a: (Point, Point), _ b: (Point, Point)) -> Bool {
    func side(_ line: (Point, Point), _ point: Point) -> Double {
      let (along, across) = (line.1 - line.0, point - line.0)
      return along.x * across.y - along.y * across.x
    }
    return side(a, b.0) * side(a, b.1) < 0 && side(b, a.0) * side(b, a.1) < 0
  }

  private mutating func findLinesThroughNodes(_ figure: Figure) {
    for line in lines {
      let edge = figure.edges[line.edge]
      for node in nodes where node.index != edge.source && node.index != edge.target {
        let box = node.isRound ? node.box.inset(by: node.box.size.width * 0.15) : node.box
        if line.segments.contains(where: { box.meets($0, $1) }) {
          linesThroughNodes.append("\(line.owner) through node \(node.index)")
        }
      }
    }
  }
}

extension Drawing.Owner {
  /// The edge that a line belongs to.
  fileprivate var edge: Int? {
    switch self {
    case .forward(let edge), .backward(let edge): edge
    default: nil
    }
  }
}

extension Rect {
  func encloses(_ other: Rect) -> Bool {
    other.origin.x >= origin.x && other.origin.y >= origin.y && other.maxX <= maxX
      && other.maxY <= maxY
  }

  fileprivate var corners: [Point] {
    [origin, Point(maxX, origin.y), Point(origin.x, maxY), Point(maxX, maxY)]
  }
}
