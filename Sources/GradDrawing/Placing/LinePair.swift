/// The two lines of a link, both from its source to its target and up to the tips of their arrowheads; the
/// same line twice where there is but one.
struct LinePair: Equatable {
  var forward: Curve
  var backward: Curve
}
