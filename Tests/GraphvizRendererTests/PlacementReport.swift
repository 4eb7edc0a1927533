@testable import GradDrawing
import GradFigure

/// What stands in the way of what in a drawing, found from the finished shapes alone.
///
/// Nothing here knows how places were chosen: text takes the room from its capitals to its
/// descenders, a line is the whole way up to the tip of its arrowhead.
struct PlacementReport: CustomStringConvertible {
  /// Texts that share room.
  var textsOnTexts: [String] = []
  /// Texts of a node that reach over its outline, and texts beyond the edge of the picture.
  var textsOutside: [String] = []
  /// Texts that a line of something else runs through.
  var textsOnLines: [String] = []
  /// Texts of an edge that reach into a node.
  var textsOnNodes: [String] = []
  /// Lines through nodes that they do not end at.
  var linesThroughNodes: [String] = []

  private var texts: [Text] = []
  private var lines: [Line] = []
  private var nodes: [Node] = []

  private struct Node {
    var index: Int
    var box: Rect
    var isRound: Bool

    /// Whether the two have more than a border in common.
    func touches(_ other: Rect) -> Bool {
      guard isRound else { return box.overlaps(other) }
      let center = box.center
      let nearest = Point(
        min(max(center.x, other.origin.x), other.maxX),
        min(max(center.y, other.origin.y), other.maxY))
      return (nearest - center).length < box.size.width / 2
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
  }

  init(_ drawing: Drawing) {
    for part in drawing.parts { collect(part, drawing.figure) }
    findTextsOnTexts()
    findTextsOutside(Rect(origin: Point(0, 0), size: drawing.size))
    findTextsOnLines(drawing.figure)
    findTextsOnNodes()
    findLinesThroughNodes(drawing.figure)
  }

  var conflicts: [String] {
    textsOnTexts + textsOutside + textsOnLines + textsOnNodes + linesThroughNodes
  }

  var description: String { conflicts.joined(separator: "; ") }

  private mutating func collect(_ part: Drawing.Part, _ figure: Figure) {
    if case .node(let index) = part.owner, let box = part.box {
      nodes.append(Node(index: index, box: box, isRound: figure.nodes[index].shape == .circle))
    }
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
      let isInside =
        node.isRound
        ? text.box.corners.allSatisfy {
          ($0 - node.box.center).length <= node.box.size.width / 2 + 1
        } : node.box.inset(by: 2).encloses(text.box)
      if !isInside { textsOutside.append("\(text.name) over its outline") }
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
