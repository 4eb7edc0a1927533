import GradFigure

/// Things by where they are: a picture in squares, each with a list of what is in it.
struct PlaceGrid<Element> {
  private let origin: Point
  private let cell: Double
  private let columns: Int
  private let rows: Int
  /// The first entry of each square, and the entries, each with the next one of its square.
  private var first: [Int]
  private var entries: [(element: Element, next: Int)] = []

  init(_ bounds: Rect, cell: Double) {
    (origin, self.cell) = (bounds.origin, cell)
    columns = Int(bounds.size.width / cell) + 1
    rows = Int(bounds.size.height / cell) + 1
    first = Array(repeating: -1, count: columns * rows)
  }

  /// The squares that a rectangle touches; what is outside counts as at the border.
  private func squares(_ room: Rect) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
    func index(_ place: Double, _ count: Int) -> Int {
      min(max(0, Int((place / cell).rounded(.down))), count - 1)
    }
    let (left, right) = (room.origin.x - origin.x, room.maxX - origin.x)
    let (top, bottom) = (room.origin.y - origin.y, room.maxY - origin.y)
    return (
      index(left, columns)...max(index(left, columns), index(right, columns)),
      index(top, rows)...max(index(top, rows), index(bottom, rows))
    )
  }

  mutating func insert(_ element: Element, over room: Rect) {
    let (columns, rows) = squares(room)
    for column in columns {
      for row in rows {
        let square = column * self.rows + row
        entries.append((element, first[square]))
        first[square] = entries.count - 1
      }
    }
  }

  /// Calls `body` with everything in the squares that a rectangle touches, some of it more than once, until
  /// it says `false`.
  func forEach(near room: Rect, _ body: (Element) -> Bool) {
    let (columns, rows) = squares(room)
    for column in columns {
      for row in rows {
        var entry = first[column * self.rows + row]
        while entry >= 0 {
          if !body(entries[entry].element) { return }
          entry = entries[entry].next
        }
      }
    }
  }
}
