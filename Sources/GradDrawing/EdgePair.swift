import GradFigure

/// The forward and the backward line of one edge, on both sides of the free way between two nodes.
///
/// The backward pass retraces the forward pass: its line is the forward line reversed and moved by
/// the distance between value row and derivative row. On a long way the two run closer, so that both
/// stay in the room that the layout left free.
struct EdgePair {
  /// From the value of the source to the value of the target, without its arrowhead.
  private(set) var forward: Curve
  /// From the derivative of the target to the derivative of the source, without its arrowhead.
  private(set) var backward: Curve
  /// The same with their arrowheads.
  private(set) var forwardWay: Curve
  private(set) var backwardWay: Curve
  private(set) var forwardHead: [Point]
  private(set) var backwardHead: [Point]

  /// The distance of the two lines between other things.
  static let closest = 12.0

  /// The two lines of an edge, both in the direction of values and up to the tips of their arrowheads.
  init(forward: Curve, backward: Curve) {
    forwardWay = forward
    backwardWay = backward.reversed
    self.forward = forwardWay.shortened(by: Arrowhead.length - 1)
    self.backward = backwardWay.shortened(by: Arrowhead.length - 1)
    forwardHead = Arrowhead.points(tip: forwardWay.end, from: self.forward.end)
    backwardHead = Arrowhead.points(tip: backwardWay.end, from: self.backward.end)
  }

  /// The lines on both sides of a way that leads past other things: at the distance of the rows at
  /// its ends, closer in between.
  ///
  /// - Parameters:
  ///   - way: The free way, from side to side.
  ///   - source: From the value to the derivative at the source's side.
  ///   - target: The same at the target's side.
  init(along way: Curve, source: Point, target: Point) {
    func moved(_ factor: Double) -> Curve {
      way.shifted { Self.shift($0, $1, source, target) * factor }
    }
    self.init(forward: moved(-0.5), backward: moved(0.5))
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

  /// With x and y exchanged.
  var transposed: EdgePair {
    EdgePair(forward: forwardWay.transposed, backward: backwardWay.reversed.transposed)
  }

  /// From the forward to the backward line at `distance` of `length`.
  private static func shift(
    _ distance: Double, _ length: Double, _ source: Point, _ target: Point
  ) -> Point {
    let whole = Point.between(source, target, length > 0 ? distance / length : 0)
    if whole.length <= closest { return whole }
    let inner = smooth(min(distance, length - distance) / min(45, length / 3))
    return whole.unit * (whole.length - (whole.length - closest) * inner)
  }

  /// From 0 to 1 without a corner.
  private static func smooth(_ t: Double) -> Double {
    let t = min(1, max(0, t))
    return t * t * (3 - 2 * t)
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
