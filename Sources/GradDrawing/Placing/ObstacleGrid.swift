import GradFigure

/// Boxes and lines that stay where they are.
struct ObstacleGrid {
  private struct Piece {
    /// Twice the edge, plus 1 for its backward line.
    let line: Int32
    let isHead: Bool
    let from: Point
    let to: Point
  }

  private let squares: Squares
  private let boxes: [Rect]
  private let pieces: [Piece]
  /// What is in each square.
  private let boxesOfSquares: Squares.Contents
  private let piecesOfSquares: Squares.Contents
  /// The number of the last question in which each line was met.
  private var met: [Int]
  private var question = 0

  init(boxes: [Rect], lines: [LabelPlacement.Line]) {
    var pieces: [Piece] = []
    pieces.reserveCapacity(lines.reduce(0) { $0 + $1.line.points.count + 2 })
    for line in lines {
      let name = Int32(2 * line.edge + (line.isBackward ? 1 : 0))
      for (a, b) in zip(line.line.points, line.line.points.dropFirst()) {
        pieces.append(Piece(line: name, isHead: false, from: a, to: b))
      }
      for (a, b) in zip(line.head, line.head.dropFirst() + line.head.prefix(1)) {
        pieces.append(Piece(line: name, isHead: true, from: a, to: b))
      }
    }
    let rooms = pieces.map { Rect(around: [$0.from, $0.to]) }
    squares = Squares(covering: boxes + rooms)
    boxesOfSquares = squares.contents(boxes)
    piecesOfSquares = squares.contents(rooms)
    (self.boxes, self.pieces) = (boxes, pieces)
    met = .init(repeating: 0, count: 2 * (lines.map(\.edge).max() ?? 0) + 2)
  }

  /// How many things a label would cover: boxes, lines that are not its own, and any arrowhead;
  /// `limit` for so many or more.
  ///
  /// Its own line it may cover if it has a plate. Beside the number, how much was tested.
  mutating func conflicts(
    of room: Rect, _ label: LabelPlacement.Label, limit: Int = .max
  ) -> (count: Int, tests: Int) {
    let near = room.inset(by: -1)
    let own = label.isOnLine ? Int32(2 * label.edge + (label.isBackward ? 1 : 0)) : -1
    question += 1
    var (count, tests) = (0, 0)
    let found = squares.indices(of: near)
    for square in found where boxesOfSquares[square].contains(where: { near.overlaps(boxes[$0]) }) {
      count = 1
      break
    }
    for square in found {
      for index in piecesOfSquares[square] {
        if count >= limit { return (count, tests) }
        let piece = pieces[index]
        tests += 1
        if piece.line == own, !piece.isHead { continue }
        if near.meets(piece.from, piece.to), met[Int(piece.line)] != question {
          met[Int(piece.line)] = question
          count += 1
        }
      }
    }
    return (count, tests)
  }
}
