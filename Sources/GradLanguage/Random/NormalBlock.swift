import GradCore

/// How PyTorch makes 16 normal numbers of 16 uniform ones: the first 8 give radii, the others angles.
enum NormalBlock {
  static func turn(
    _ numbers: inout [Double], _ first: Int, _ mean: Double, _ deviation: Double
  ) {
    for place in first..<first + 8 {
      let radius = (-2 * Operators.Log.value(1 - numbers[place])).squareRoot()
      let angle = 2 * Double.pi * numbers[place + 8]
      numbers[place] = mean.addingProduct(radius * Operators.Cos.value(angle), deviation)
      numbers[place + 8] = mean.addingProduct(radius * Operators.Sin.value(angle), deviation)
    }
  }

  static func turn(
    _ numbers: inout [Float], _ first: Int, _ mean: Float, _ deviation: Float
  ) {
    for place in first..<first + 8 {
      let radius = (-2 * logarithm(1 - numbers[place])).squareRoot()
      let (sine, cosine) = sineAndCosine(Float(2 * Double.pi) * numbers[place + 8])
      numbers[place] = mean.addingProduct(radius * cosine, deviation)
      numbers[place + 8] = mean.addingProduct(radius * sine, deviation)
    }
  }

  // The functions of the Cephes library (Moshier, *Methods and Programs for Mathematical Functions*, 1989)
  // in single precision: PyTorch computes eight numbers at once by them, and their last bits are not
  // always those of the C library.

  /// A polynomial by Horner's rule, its highest coefficient first.
  private static func polynomial(_ coefficients: [Float], _ x: Float) -> Float {
    coefficients.dropFirst().reduce(coefficients[0]) { $1.addingProduct($0, x) }
  }

  private static let ofLogarithm: [Float] = [
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ]

  /// log x of a normal number, with log 2 in two parts.
  private static func logarithm(_ x: Float) -> Float {
    var exponent = Float(x.exponent) + 1
    var fraction = x.significand / 2
    if fraction < Float(0.5).squareRoot() {
      exponent -= 1
      fraction += fraction
    }
    fraction -= 1
    let square = fraction * fraction
    var rest = polynomial(ofLogarithm, fraction) * fraction
    rest = (exponent * -2.12194440e-4).addingProduct(rest, square)
    rest = rest.addingProduct(-square, 0.5)
    return (fraction + rest).addingProduct(exponent, 0.693359375)
  }

  private static let ofSine: [Float] = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]
  private static let ofCosine: [Float] = [
    2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2,
  ]

  /// sin x and cos x of a number that is not negative, by the eighth of the circle in which it lies.
  private static func sineAndCosine(_ x: Float) -> (Float, Float) {
    let eighth = (Int32(x * 1.27323954473516) + 1) & ~1
    let turns = Float(eighth)
    // π/4 in three parts.
    let parts: [Float] = [-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8]
    let x = parts.reduce(x) { $0.addingProduct(turns, $1) }
    let square = x * x
    var cosine = polynomial(ofCosine, square) * square
    cosine = (-(square * 0.5)).addingProduct(cosine, square) + 1
    let sine = x.addingProduct(polynomial(ofSine, square) * square, x)
    let isTurned = eighth & 2 != 0
    let (first, second) = isTurned ? (cosine, sine) : (sine, cosine)
    return (eighth & 4 != 0 ? -first : first, (eighth - 2) & 4 != 0 ? second : -second)
  }
}
