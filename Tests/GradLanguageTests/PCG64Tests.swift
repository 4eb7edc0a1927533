import GradCore
import Testing

@testable import GradLanguage

/// Numbers that NumPy's `default_rng` drew, and digests of many.
@Suite struct PCG64Tests {
  struct Seed: Sendable, CustomTestStringConvertible {
    var seed: UInt64
    var uniform: [Double]
    var normal: [Double]
    var wholes: [UInt64]
    var permutation: [Int]
    var wide: [Int]
    var scaled: Double
    var between: Double
    var manyNormal: UInt64
    var manyWhole: UInt64
    var manyUniform: UInt64
    var testDescription: String { "seed \(seed)" }

    init(
      _ seed: UInt64, _ uniform: [Double], _ normal: [Double], _ wholes: [UInt64],
      _ permutation: [Int], _ wide: [Int], _ scaled: Double, _ between: Double,
      _ manyNormal: UInt64, _ manyWhole: UInt64, _ manyUniform: UInt64
    ) {
      (self.seed, self.uniform, self.normal, self.wholes) = (seed, uniform, normal, wholes)
      (self.permutation, self.wide, self.scaled) = (permutation, wide, scaled)
      (self.between, self.manyNormal) = (between, manyNormal)
      (self.manyWhole, self.manyUniform) = (manyWhole, manyUniform)
    }
  }

  static let seeds: [Seed] = [
    .init(
      0, [0.6369616873214543, 0.2697867137638703, 0.04097352393619469],
      [0.10490011715303971, -0.535669373161111, 0.36159505490948474], [5, 6, 9, 7, 6],
      [2, 1, 3, 6, 0, 4, 5], [36927730569, 802264647618], 1.5354652905930968, 1.5895367670496596,
      14098766552585943486, 6858982232485265408, 5053153712828655989),
    .init(
      1, [0.5118216247002567, 0.9504636963259353, 0.14415961271963373],
      [-1.303157231604361, 0.9053558666731177, 0.4463745723640113], [2, 8, 2, 4, 6],
      [3, 0, 4, 1, 5, 6, 2], [362543856333, 866886527090], 2.0357613746400434, 0.36049366844195463,
      9975255206138308172, 1666331862127083520, 5044542345294516960),
    .init(
      42, [0.7739560485559633, 0.4388784397520523, 0.8585979199113825],
      [0.9405647163912139, -1.9510351886538364, -1.302179506862318], [7, 7, 7, 7, 5],
      [4, 0, 2, 3, 5, 1, 6], [904635960678, 487539067528], 1.2814150742335235, 0.6637543610475043,
      12395525553506473115, 4314448443020935168, 3502339278587724493),
    .init(
      12345, [0.22733602246716966, 0.31675833970975287, 0.7973654573327341],
      [-0.2591732349343976, -0.07534330701052097, -0.740884652085609], [5, 5, 2, 1, 2],
      [0, 4, 3, 5, 2, 6, 1], [974694979089, 766858232951], 0.486663733720647, 1.2017844899901995,
      8672236756186383626, 11515704247186358272, 5355842149306252653),
    .init(
      1099511627783, [0.829812891829413, 0.25530515834910417, 0.15379071585298754],
      [-0.6379003791127793, 1.2516501706349121, 2.3105287931585057], [6, 0, 6, 0, 6],
      [0, 4, 1, 3, 5, 6, 2], [261629024110, 155911758465], 2.1581509835015615, -0.05538088287572751,
      5479882344756795892, 6187945888007061504, 9994484990499593822),
  ]

  private func digest(_ count: Int, _ number: () -> Double) -> UInt64 {
    (0..<count).reduce(0) { sum, _ in sum &* 31 &+ number().bitPattern }
  }

  @Test(arguments: seeds) func bitForBit(_ expected: Seed) {
    var random = PCG64(seed: expected.seed)
    #expect((0..<3).map { _ in random.uniform() } == expected.uniform)
    #expect((0..<3).map { _ in random.normal() } == expected.normal)
    #expect((0..<5).map { _ in random.whole(upTo: 9) } == expected.wholes)
    #expect(random.permutation(7) == expected.permutation)
    let wide = (0..<2).map { _ in Int(random.whole(upTo: (1 << 40) + 4)) - 5 }
    #expect(wide == expected.wide)
    #expect(3 + 2 * random.normal() == expected.scaled)
    #expect(-1 + 3 * random.uniform() == expected.between)
    #expect(digest(200_000) { random.normal() } == expected.manyNormal)
    #expect(digest(1000) { Double(random.whole(upTo: 2)) } == expected.manyWhole)
    #expect(digest(1000) { random.uniform() } == expected.manyUniform)
  }

  /// Orders and choices, as a program draws them.
  @Test func choices() throws {
    let text = """
      r = np.random.default_rng(3)
      c1 = r.choice(10, 3)
      c2 = r.choice(10, 4, replace=False)
      c3 = r.choice(5, 6, p=[.1, .2, .3, .2, .2])
      c4 = r.choice(20000, 1000, replace=False)[:3]
      c5 = r.choice(20000, 5, replace=False)
      x = np.arange(6.)
      r.shuffle(x)
      X = np.arange(6.).reshape(3, 2)
      r.shuffle(X)
      P = r.permutation(X)
      a = r.random((2, 2))
      b = r.normal(size=2)
      s = np.random.RandomState(3)
      d1 = s.choice(10, 3)
      d2 = s.choice(10, 4, replace=False)
      d3 = s.choice(5, 6, p=[.1, .2, .3, .2, .2])
      y = np.arange(6.)
      s.shuffle(y)
      e = s.rand(2)
      J = a.sum()
      """
    let trace = try Program(Source("r.py", text: text)).trace().trace
    let expected: [(String, [Double])] = [
      ("c1", [8, 0, 1]), ("c2", [7, 9, 1, 8]), ("c3", [2, 2, 1, 3, 1, 2]),
      ("c4", [13941, 7319, 4463]), ("c5", [10188, 19605, 18733, 4162, 18391]),
      ("x", [0, 1, 2, 4, 5, 3]), ("X", [0, 1, 4, 5, 2, 3]), ("P", [0, 1, 4, 5, 2, 3]),
      ("a", [0.14592777413513136, 0.5171682072518639, 0.14721566874723546, 0.18020589562006806]),
      ("b", [0.16203923695686367, -0.007472030587014089]), ("d1", [8, 9, 3]),
      ("d2", [7, 4, 1, 2]), ("d3", [1, 0, 2, 0, 2, 3]), ("y", [5, 0, 3, 4, 2, 1]),
      ("e", [0.9133014457224449, 0.765826378456161]),
    ]
    for (name, numbers) in expected {
      let node = trace.nodes.last { $0.name == name }
      #expect(node?.array?.entries == numbers, "\(name)")
    }
  }
}
