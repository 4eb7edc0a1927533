import GradFigure

/// The two lines of an edge, both in the direction of values and up to the tips of their arrowheads.
struct LinePair: Equatable {
  var forward: Curve
  var backward: Curve

  init(forward: Curve, backward: Curve) {
    self.forward = forward
    self.backward = backward
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
    forward = moved(-0.5)
    backward = moved(0.5)
  }

  /// With x and y exchanged.
  var transposed: LinePair {
    LinePair(forward: forward.transposed, backward: backward.transposed)
  }

  /// From the forward to the backward line at `distance` of `length`.
  private static func shift(
    _ distance: Double, _ length: Double, _ source: Point, _ target: Point
  ) -> Point {
    let whole = Point.between(source, target, length > 0 ? distance / length : 0)
    if whole.length <= EdgePair.closest { return whole }
    let inner = smooth(min(distance, length - distance) / min(45, length / 3))
    return whole.unit * (whole.length - (whole.length - EdgePair.closest) * inner)
  }

  /// From 0 to 1 without a corner.
  private static func smooth(_ t: Double) -> Double {
    let t = min(1, max(0, t))
    return t * t * (3 - 2 * t)
  }
}
