import GradCore

/// The 256 layers that the normal density is cut into, each of the same area, so that nearly all numbers
/// need one comparison (Marsaglia and Tsang, *The Ziggurat Method for Generating Random Variables*, Journal
/// of Statistical Software 5, 2000).
///
/// They are computed from their definition in the order that NumPy's were, from the outermost inwards:
/// where x is the end of a layer, √(−2 log(area/x + f(x))) is that of the next, with f(x) = exp(−x²/2).
struct Ziggurat: Sendable {
  /// The end of the outermost layer, beyond which the tail begins.
  static let end = 3.6541528853610088
  static let inverseOfEnd = 1 / end
  private static let area = 0.004928673233974652

  static let shared = Ziggurat()

  /// What 52 random bits are multiplied by for a number in a layer.
  private(set) var widths = [Double](repeating: 0, count: 256)
  /// The bits below which a number lies in the layer above too, and so below the density.
  private(set) var limits = [UInt64](repeating: 0, count: 256)
  /// The density at the end of each layer.
  private(set) var heights = [Double](repeating: 1, count: 256)

  private init() {
    let steps = 4_503_599_627_370_496.0
    var x = Self.end
    heights[255] = Operators.Exp.value(-0.5 * x * x)
    widths[255] = x / steps
    // Layer 0 is the base together with the tail.
    limits[0] = UInt64((x * heights[255] / Self.area * steps).rounded(.toNearestOrEven))
    widths[0] = Self.area / heights[255] / steps
    for layer in stride(from: 254, to: 0, by: -1) {
      let next = (-2 * Operators.Log.value(Self.area / x + heights[layer + 1])).squareRoot()
      limits[layer + 1] = UInt64((next / x * steps).rounded(.toNearestOrEven))
      widths[layer] = next / steps
      heights[layer] = Operators.Exp.value(-0.5 * next * next)
      // Half-way between two numbers to three digits: NumPy's table has the upper one.
      if layer == 38 { heights[layer] = heights[layer].nextUp }
      x = next
    }
  }
}
