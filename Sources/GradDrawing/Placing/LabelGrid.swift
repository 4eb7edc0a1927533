import GradFigure

/// The labels placed so far.
struct LabelGrid {
  private let squares: Squares
  private var labels: [[(index: Int, box: Rect)]]
  /// The number of the last question in which each label was met.
  private var met: [Int]
  private var question = 0

  /// Room for `count` labels, most of them in `bounds`.
  init(_ bounds: Rect, count: Int) {
    squares = Squares(covering: [bounds])
    labels = .init(repeating: [], count: squares.count)
    met = .init(repeating: 0, count: count)
  }

  mutating func insert(_ index: Int, _ box: Rect) {
    for square in squares.indices(of: box) { labels[square].append((index, box)) }
  }

  mutating func remove(_ index: Int, _ box: Rect) {
    for square in squares.indices(of: box) { labels[square].removeAll { $0.index == index } }
  }

  /// How many labels besides `own` have room in common with `room`; `limit` for so many or more.
  ///
  /// Beside the number, how much was tested.
  mutating func conflicts(
    of room: Rect, _ own: Int? = nil, limit: Int = .max
  ) -> (count: Int, tests: Int) {
    let near = room.inset(by: -1)
    question += 1
    var (count, tests) = (0, 0)
    for square in squares.indices(of: near) {
      for other in labels[square] where other.index != own {
        tests += 1
        if near.overlaps(other.box), met[other.index] != question {
          met[other.index] = question
          count += 1
          if count >= limit { return (count, tests) }
        }
      }
    }
    return (count, tests)
  }
}
