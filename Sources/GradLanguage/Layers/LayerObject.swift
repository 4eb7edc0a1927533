import GradCore

/// A layer that a program made: `lin = nn.Linear(3, 2)`.
final class LayerObject: Object {
  /// What the program calls the kind of layer: `Linear`.
  let name: String
  let layer: Layer
  /// The settings that its function takes.
  let passed: [String: Recorder.Operand]
  /// What it keeps, objects of ``WeightObject``; several layers may keep the same one.
  var weights: [(name: String, value: Recorder.Operand)]
  var isTraining = true

  init(
    _ name: String, _ layer: Layer, passed: [String: Recorder.Operand],
    weights: [(name: String, value: Recorder.Operand)]
  ) {
    (self.name, self.layer) = (name, layer)
    (self.passed, self.weights) = (passed, weights)
  }

  override var description: String { "a layer nn.\(name)" }
  override var members: [(part: Part, value: Recorder.Operand)] {
    weights.map { (.word($0.name), $0.value) }
  }
}

/// Layers that are called one after the other: `nn.Sequential(…)`.
final class SequentialObject: Object {
  let layers: ListObject
  /// What the layers are called, where the program names them.
  let names: [String]?

  init(_ layers: [Recorder.Operand], names: [String]? = nil) {
    (self.layers, self.names) = (ListObject(layers), names)
  }

  override var description: String { "a layer nn.Sequential" }
  override var members: [(part: Part, value: Recorder.Operand)] {
    layers.items.enumerated().map { place, layer in
      (names.map { .word($0[place]) } ?? .index(place), layer)
    }
  }
}

/// A weight of a layer: a place for an array, which is empty until the program gives it one.
///
/// It is an array wherever one is wanted. What it holds becomes an input of the trace when something
/// first computes with it, so that a weight which is given twice before that is one input.
final class WeightObject: Object {
  let shape: [Int]
  /// Where the layer is made.
  let token: Int32
  /// Its entries, NaN where they are not given.
  private(set) var entries: NumberArray
  private(set) var isGiven: Bool
  /// The input that it is at present, once something computed with it.
  var node: UInt32?
  /// Whether it is learned.
  var isParameter: Bool
  /// Whether it is a statistic, which is never learned.
  let isStatistic: Bool

  init(_ shape: [Int], _ token: Int32, start: Double?, isStatistic: Bool) {
    (self.shape, self.token) = (shape, token)
    (self.isStatistic, isParameter) = (isStatistic, !isStatistic)
    entries = NumberArray(
      shape, [Double](repeating: start ?? .nan, count: shape.reduce(1, *)))
    isGiven = start != nil
  }

  /// Another weight with the same entries.
  func copy() -> WeightObject {
    let copy = WeightObject(shape, token, start: nil, isStatistic: isStatistic)
    copy.give(entries)
    copy.isParameter = isParameter
    return copy
  }

  /// Gives it entries; it is given once all are numbers.
  func give(_ array: NumberArray) {
    entries = array
    node = nil
    isGiven = !array.entries.contains(where: \.isNaN)
  }

  /// Makes it as if nobody had given it.
  func forget() {
    give(NumberArray(shape, [Double](repeating: .nan, count: shape.reduce(1, *))))
  }

  override var description: String { "an array of \(shapeText(shape))" }
}
