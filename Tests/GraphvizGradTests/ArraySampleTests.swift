import Foundation
import GraphvizGrad
import Testing

/// The samples with arrays: the numbers of their publications, and those of PyTorch.
@Suite struct ArraySampleTests {
  struct Expected: Sendable, CustomTestStringConvertible {
    var sample: String
    var name: String
    /// Whether it is the value rather than the derivative.
    var isValue = false
    var numbers: [Double]
    var tolerance = 1e-10
    var testDescription: String { "\(sample): \(name)" }
  }

  static let folder = Sample.folder.appending(path: "arrays")

  static let samples =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { file in [".grad", ".py", ".ipynb"].contains { file.hasSuffix($0) } }.sorted()

  private static func value(
    _ sample: String, _ name: String, _ numbers: [Double], _ tolerance: Double = 1e-10
  ) -> Expected {
    Expected(sample: sample, name: name, isValue: true, numbers: numbers, tolerance: tolerance)
  }

  private static func derivative(
    _ sample: String, _ name: String, _ numbers: [Double], _ tolerance: Double = 1e-10
  ) -> Expected {
    Expected(sample: sample, name: name, numbers: numbers, tolerance: tolerance)
  }

  static let expected: [Expected] = [
    value("logistic-vectorised", "J", [5.801545319394553]),
    derivative("logistic-vectorised", "w", [0.99845601, 2.39507239], 6e-9),
    derivative("logistic-vectorised", "b", [0.00145557813678]),
    value("norm-squared", "q", [0.22, 0.26]), value("norm-squared", "f", [0.116]),
    derivative("norm-squared", "W", [0.088, 0.176, 0.104, 0.208]),
    derivative("norm-squared", "x", [-0.112, 0.636]),
    value("softmax", "loss", [2.1755153626167147]),
    derivative(
      "softmax", "logits",
      [0.041772570515350445, 0.8390245074625319, 0.005653302662216329, -0.8864503806400986]),
    value(
      "layer-norm", "Y",
      [
        -1.3411, -0.447, 0.447, 1.3411, -1.3411, -0.447, 0.447, 1.3411,
        -1.3411, -0.447, 0.447, 1.3411,
      ], 5.1e-5),
    derivative(
      "layer-norm", "g",
      [10.79136690647482, 1.1990407673860923, 1.1990407673860906, 10.791366906474819]),
    value("attention", "K", [0, 1, 1, 4, 4, 0, 2, 3, 1]),
    value(
      "attention", "O", [1.9366, 6.6831, 1.5951, 2.0, 7.964, 0.054, 1.9997, 7.7599, 0.3584], 5.1e-5),
    derivative(
      "attention", "x",
      [
        0.02307237460737399, 0.25324280977424696, 0.3540472065868826, 0.39074376309713577,
        4.095987881686288, 6.474517457521846, 9.201891227733629, 4.178939745311324,
        2.195558848796008, 2.3647382192382587, 2.666182184234805, 1.967056215236524,
      ]),
    value("two-layer-vectorised", "loss", [1.1096943913686375]),
    derivative(
      "two-layer-vectorised", "W1",
      [
        0.19677078073994264, 0.4540828829225921, 0.03249170162667747, 0.09536164800399603,
        -0.007238924012171555, -0.013036041946441384, -0.09497351614973919, -0.1495902629007177,
      ]),
    derivative("two-layer-vectorised", "b2", [-0.30268242306023785]),
    value("convolution", "J", [5.375]), derivative("convolution", "K", [0.5, 0, 0.75, 2.25]),
    value("recurrent", "loss", [1.0377980877089668]),
    derivative(
      "recurrent", "W",
      [0.07654341001414906, 0.0016543015488806323, -0.23543832705189266, 0.03905647424283852]),
    derivative("recurrent", "u", [0.7355652410909947, -1.4801022924019058]),
    value("embedding", "loss", [1.8096961232823696]),
    derivative(
      "embedding", "E",
      [
        0, 0, 0.9835872387754082, -1.9671744775508164, 0, 0, 0.0164127612245917,
        -0.0328255224491834,
      ]),
    derivative("embedding", "w", [0.28358723877540826, -0.38030468653048993]),
    value("two-layer-net", "loss", [1.30378789133], 1e-11),
    derivative(
      "two-layer-net", "net.params['b1']",
      [
        -0.0070484042539062965, 0, 0.0031049352703559976, -0.007239898645337783,
        -0.005733773852469731, 0, 0, -0.00243719724754095, 0.04121604559733788,
        0.022361763780295557,
      ]),
    derivative(
      "two-layer-net", "net.params['b2']",
      [0.20996909805653818, -0.14319049924438165, -0.06677859881215656]),
    value("recurrent-cell", "loss", [0.12663265977840293]),
    derivative(
      "recurrent-cell", "cell.weight_hh",
      [0.02265348342525185, -0.2823848603342803, -0.025429594350981452, 0.3288937457684775]),
    derivative("recurrent-cell", "cell.bias_ih", [-0.764588011061896, 0.8636805877500788]),
    value("linear-regression", "y_hat", [0, 0.5, -0.825]),
    value("linear-regression", "l", [22.326675]),
    derivative("linear-regression", "net[0].weight", [-1.295, 5.999]),
    derivative("linear-regression", "net[0].bias", [-5.67]),
  ]

  private static func computation(_ sample: String) throws -> Computation {
    let file = try #require(samples.first { $0.prefix { $0 != "." } == sample })
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    return try Computation(parsing: text, named: file)
  }

  @Test(arguments: expected) func numbers(_ expected: Expected) throws {
    let trace = try Self.computation(expected.sample).trace
    let node = try #require(trace[expected.name])
    let own =
      expected.isValue
      ? node.array?.entries ?? [node.value] : node.arrayDerivative?.entries ?? [node.derivative]
    #expect(own.count == expected.numbers.count)
    for (a, b) in zip(own, expected.numbers) {
      #expect(abs(a - b) <= expected.tolerance * max(1, abs(b)), "\(a) \(b)")
    }
  }

  /// Every sample is asserted above, and drawn in every style and as a page.
  @Test(arguments: samples) func isDrawn(_ file: String) throws {
    let sample = String(file.prefix { $0 != "." })
    #expect(Self.expected.contains { $0.sample == sample })
    let computation = try Self.computation(sample)
    for style in ["lecture", "circuit", "record"] {
      var options = PictureOptions()
      try FigureOption.all.first { $0.name == "style" }?.apply(style, &options, .none)
      let svg = try computation.picture(.svg, options).text
      #expect(svg.contains("</svg>") && !svg.contains("NaN"), "\(style)")
    }
  }

  @Test func thereAreTwelve() { #expect(Self.samples.count == 12) }

  /// A training loop's figure says which pass it shows.
  @Test func theFirstPassIsNamed() throws {
    let computation = try Self.computation("linear-regression")
    #expect(computation.trace.passes == 100)
    #expect(try computation.picture(.svg).text.contains("first of 100 passes"))
  }
}
