import GradFigure

/// The forward and the backward line of one edge, side by side.
///
/// The backward pass retraces the forward pass: its line is the forward line reversed and moved.
struct EdgePair: Sendable, Equatable {
  /// From the value of the source to the value of the target, without its arrowhead.
  private(set) var forward: Curve
  /// From the derivative of the target to the derivative of the source, without its arrowhead.
  private(set) var backward: Curve
  /// The same with their arrowheads.
  private(set) var forwardWay: Curve
  private(set) var backwardWay: Curve
  private(set) var forwardHead: [Point]
  private(set) var backwardHead: [Point]

  /// The least distance of the two lines at a box that has but one edge at a side.
  static let closest = 12.0

  /// The two lines with their arrowheads.
  init(_ lines: LinePair) {
    forwardWay = lines.forward
    backwardWay = lines.backward.reversed
    self.forward = forwardWay.shortened(by: Arrowhead.length - 1)
    self.backward = backwardWay.shortened(by: Arrowhead.length - 1)
    forwardHead = Arrowhead.points(tip: forwardWay.end, from: self.forward.end)
    backwardHead = Arrowhead.points(tip: backwardWay.end, from: self.backward.end)
  }

  /// The same lines elsewhere.
  func moved(by offset: Point) -> EdgePair {
    var pair = self
    pair.forward = forward.moved(by: offset)
    pair.backward = backward.moved(by: offset)
    pair.forwardWay = forwardWay.moved(by: offset)
    pair.backwardWay = backwardWay.moved(by: offset)
    pair.forwardHead = forwardHead.map { $0 + offset }
    pair.backwardHead = backwardHead.map { $0 + offset }
    return pair
  }
}

/// The filled triangle at the end of a line.
enum Arrowhead {
  static let length = 9.0
  static let halfWidth = 3.4

  static func points(tip: Point, from base: Point) -> [Point] {
    let direction = (tip - base).unit
    let side = Point(-direction.y, direction.x) * halfWidth
    let foot = tip - direction * length
    return [tip, foot + side, foot - side]
  }
}
