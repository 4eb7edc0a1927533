/// The line of a derivative: its whole way, the way without the arrowhead, and the arrowhead.
struct DerivativeLine {
  var way: Curve
  var shaft: Curve
  var head: [Point]
}

extension EdgePair {
  /// The line on which a derivative comes back.
  var derivative: DerivativeLine {
    DerivativeLine(way: backwardWay, shaft: backward, head: backwardHead)
  }

  /// The same line the other way, for a derivative that goes with the value.
  var tangent: DerivativeLine {
    let way = backwardWay.reversed
    let shaft = way.shortened(by: Arrowhead.length - 1)
    return DerivativeLine(
      way: way, shaft: shaft, head: Arrowhead.points(tip: way.end, from: shaft.end))
  }
}
