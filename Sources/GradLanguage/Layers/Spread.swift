import GradCore

/// How far the numbers spread that a weight begins with, so that what passes a layer keeps its size.
enum Spread: Sendable {
  /// Uniform, of variance ⅓ by the number of inputs (He et al., *Delving Deep into Rectifiers*, 2015, with the
  /// slope √5 that PyTorch's layers have).
  case fanIn
  /// Uniform, up to 1 by the root of the number of inputs of the layer's first weight.
  case fanInOfWeight
  /// Uniform, up to 1 by the root of a setting.
  case setting(String)
  /// Uniform, of variance 2 by the number of inputs and outputs (Glorot and Bengio, *Understanding the Difficulty
  /// of Training Deep Feedforward Neural Networks*, 2010).
  case bothFans
  /// Normal, of variance 1.
  case normal
}

/// How many inputs and outputs a weight connects.
struct Fans {
  let inputs: Double
  let outputs: Double

  /// Those of a matrix, or of a window for each pair of channels.
  init(_ shape: [Int]) {
    let window = shape.dropFirst(2).reduce(1, *)
    inputs = Double((shape.count > 1 ? shape[1] : 1) * window)
    outputs = Double((shape.first ?? 1) * window)
  }

  /// How far uniform numbers go on both sides of 0, and how far normal ones spread.
  static func kaiming(_ fan: Double, gain: Double) -> (bound: Double, deviation: Double) {
    let deviation = gain / fan.squareRoot()
    return (3.0.squareRoot() * deviation, deviation)
  }

  func xavier(gain: Double) -> (bound: Double, deviation: Double) {
    let deviation = gain * (2 / (inputs + outputs)).squareRoot()
    return (3.0.squareRoot() * deviation, deviation)
  }

  /// By how much an activation makes what passes it smaller; `nil` for one that is not known.
  static func gain(_ activation: String, slope: Double) -> Double? {
    switch activation {
    case "linear", "sigmoid", "conv1d", "conv2d", "conv3d": 1
    case "tanh": 5.0 / 3
    case "relu": 2.0.squareRoot()
    case "leaky_relu": (2 / (1 + slope * slope)).squareRoot()
    case "selu": 3.0 / 4
    default: nil
    }
  }
}

extension WeightObject {
  /// Gives a weight the numbers that it begins with in PyTorch.
  func draw(
    _ spread: Spread, among layer: (shape: [Int], settings: [String: Int]),
    _ random: RandomObject, isDouble: Bool
  ) {
    let count = shape.reduce(1, *)
    let bound: Double
    switch spread {
    case .normal:
      let drawn = random.ofTorch {
        $0.normals(count, mean: 0, deviation: 1, isDouble: isDouble)
      }
      return give(NumberArray(shape, drawn))
    case .fanIn:
      let slope = 5.0.squareRoot()
      let gain = (2 / (1 + slope * slope)).squareRoot()
      bound = Fans.kaiming(Fans(shape).inputs, gain: gain).bound
    case .fanInOfWeight: bound = 1 / Fans(layer.shape).inputs.squareRoot()
    case .setting(let name): bound = 1 / Double(layer.settings[name] ?? 1).squareRoot()
    case .bothFans: bound = Fans(shape).xavier(gain: 1).bound
    }
    let drawn = random.ofTorch {
      $0.uniforms(count, from: -bound, to: bound, isDouble: isDouble)
    }
    give(NumberArray(shape, drawn))
  }
}
