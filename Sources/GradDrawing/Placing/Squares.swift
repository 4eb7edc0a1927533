import GradFigure

/// The squares of a grid, so that only what is near is looked at.
///
/// What is beyond the grid counts as in its outermost squares.
struct Squares {
  private let origin: Point
  private let side: Double
  private let columns: Int
  private let rows: Int
  /// The number of squares.
  var count: Int { columns * rows }

  /// More squares than this are made larger instead.
  private static let most = 200_000.0

  /// A grid over all of `boxes`.
  init(covering boxes: [Rect]) {
    let room = boxes.dropFirst().reduce(boxes.first) { $0?.union($1) }
    let (width, height) = (max(1, room?.size.width ?? 1), max(1, room?.size.height ?? 1))
    origin = room?.origin ?? Point(0, 0)
    side = max(32, (width * height / Self.most).squareRoot(), max(width, height) / 20_000)
    columns = Int(width / side) + 1
    rows = Int(height / side) + 1
  }

  /// The squares that a box has room in, by number.
  func indices(of box: Rect) -> Indices {
    func place(_ distance: Double, _ count: Int) -> Int {
      min(count - 1, max(0, Int(min(1e9, max(-1e9, distance / side)))))
    }
    return Indices(
      left: place(box.origin.x - origin.x, columns), right: place(box.maxX - origin.x, columns),
      top: place(box.origin.y - origin.y, rows), bottom: place(box.maxY - origin.y, rows),
      columns: columns)
  }

  /// Squares row by row.
  struct Indices: Sequence, IteratorProtocol {
    private let left: Int
    private let right: Int
    private let bottom: Int
    private let columns: Int
    private var x: Int
    private var y: Int

    fileprivate init(left: Int, right: Int, top: Int, bottom: Int, columns: Int) {
      (self.left, self.right, self.bottom, self.columns) = (left, right, bottom, columns)
      (x, y) = (left, top)
    }

    mutating func next() -> Int? {
      if y > bottom { return nil }
      defer { (x, y) = x < right ? (x + 1, y) : (left, y + 1) }
      return y * columns + x
    }
  }

  /// What is in each square, one square after another.
  struct Contents {
    private let starts: [Int32]
    private let items: [Int32]

    fileprivate init(_ squares: Squares, _ boxes: [Rect]) {
      var starts = [Int32](repeating: 0, count: squares.count + 1)
      for box in boxes { for square in squares.indices(of: box) { starts[square + 1] += 1 } }
      for square in 0..<squares.count { starts[square + 1] += starts[square] }
      var items = [Int32](repeating: 0, count: Int(starts[squares.count]))
      var next = starts
      for (index, box) in boxes.enumerated() {
        for square in squares.indices(of: box) {
          items[Int(next[square])] = Int32(index)
          next[square] += 1
        }
      }
      (self.starts, self.items) = (starts, items)
    }

    /// The numbers of the boxes in `square`.
    subscript(square: Int) -> LazyMapSequence<ArraySlice<Int32>, Int> {
      items[Int(starts[square])..<Int(starts[square + 1])].lazy.map(Int.init)
    }
  }

  /// Which of `boxes` are in each square.
  func contents(_ boxes: [Rect]) -> Contents { Contents(self, boxes) }
}
