/// The squares of a grid, so that only what is near is looked at.
struct Squares: Sequence {
  let box: Rect
  static let side = 64.0

  struct Key: Hashable {
    let x: Int
    let y: Int
  }

  func makeIterator() -> AnyIterator<Key> {
    let (left, right) = (Int(box.origin.x / Self.side), Int(box.maxX / Self.side))
    let (top, bottom) = (Int(box.origin.y / Self.side), Int(box.maxY / Self.side))
    var (x, y) = (left, top)
    return AnyIterator {
      if y > bottom { return nil }
      defer {
        x += 1
        if x > right { (x, y) = (left, y + 1) }
      }
      return Key(x: x, y: y)
    }
  }
}
