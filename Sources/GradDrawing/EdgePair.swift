import GradFigure

/// The forward and the backward line of one edge, on both sides of the free way between two nodes.
///
/// The backward pass retraces the forward pass: its line is the forward line reversed and moved by
/// the distance between value row and derivative row. On a long way the two run closer, so that both
/// stay in the room that the layout left free.
struct EdgePair {
  /// From the value of the source to the value of the target, without its arrowhead.
  let forward: Curve
  /// From the derivative of the target to the derivative of the source, without its arrowhead.
  let backward: Curve
  /// The same with their arrowheads.
  let forwardWay: Curve
  let backwardWay: Curve
  let forwardHead: [Point]
  let backwardHead: [Point]

  /// - Parameters:
  ///   - way: The free way, from side to side.
  ///   - source: From the value to the derivative at the source's side.
  ///   - target: The same at the target's side.
  init(way: Way, source: Point, target: Point) {
    forwardWay = way.curve.shifted { distance, length in
      Self.shift(way, distance, length, source, target) * -0.5
    }
    backwardWay =
      way.curve.shifted { distance, length in
        Self.shift(way, distance, length, source, target) * 0.5
      }.reversed
    forward = forwardWay.shortened(by: Arrowhead.length - 1)
    backward = backwardWay.shortened(by: Arrowhead.length - 1)
    forwardHead = Arrowhead.points(tip: forwardWay.end, from: forward.end)
    backwardHead = Arrowhead.points(tip: backwardWay.end, from: backward.end)
  }

  /// From the forward to the backward line at `distance` of `length`: from row to row, and closer in
  /// the middle of a long way between other things.
  private static func shift(
    _ way: Way, _ distance: Double, _ length: Double, _ source: Point,
    _ target: Point
  ) -> Point {
    let whole = Point.between(source, target, length > 0 ? distance / length : 0)
    let closest = 12.0
    if way.isOpen || length < 240 || whole.length <= closest { return whole }
    let inner = smooth(min(distance, length - distance) / 45)
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
