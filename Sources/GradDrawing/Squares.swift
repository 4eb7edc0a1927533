/// The squares of a grid, so that only what is near is looked at.
struct Squares: Sequence {
  let box: Rect
  static let side = 64.0

  struct Key: Hashable {
    let x: Int
    let y: Int
  }

  func makeIterator() -> Iterator { Iterator(box) }

  /// Row by row.
  struct Iterator: IteratorProtocol {
    private let left: Int
    private let right: Int
    private let bottom: Int
    private var following: Key

    init(_ box: Rect) {
      (left, right) = (Int(box.origin.x / side), Int(box.maxX / side))
      bottom = Int(box.maxY / side)
      following = Key(x: left, y: Int(box.origin.y / side))
    }

    mutating func next() -> Key? {
      if following.y > bottom { return nil }
      defer {
        following =
          following.x < right
          ? Key(x: following.x + 1, y: following.y) : Key(x: left, y: following.y + 1)
      }
      return following
    }
  }
}
