@testable import GradLanguage
import Testing

/// Numbers that NumPy printed.
@Suite struct LegacyRandomTests {
  @Test func seedOne() {
    var random = LegacyRandom(seed: 1)
    #expect(
      (0..<3).map { _ in random.uniform() }
        == [0.417022004702574, 0.7203244934421581, 0.00011437481734488664])
    #expect(
      (0..<3).map { _ in random.normal() }
        == [-0.8021728386486427, -0.4488778077207725, -1.1059350760083153])
    #expect((0..<5).map { _ in random.whole(upTo: 9) } == [2, 4, 5, 2, 4])
    #expect(random.permutation(7) == [5, 6, 1, 0, 2, 4, 3])
    #expect(-1 + 3 * random.uniform() == 1.0114025305352068)
    let wide = (0..<2).map { _ in Int(random.whole(upTo: (1 << 40) + 4)) - 5 }
    #expect(wide == [925_381_648_338, 608_665_458_660])
    #expect(random.uniform() == 0.9682615757193975)
  }

  @Test func theLargestSeedAfterATwist() {
    var random = LegacyRandom(seed: .max)
    #expect((0..<700).map { _ in random.uniform() }.last == 0.008352749376617896)
    #expect(3 + 2 * random.normal() == 5.191880859005705)
    #expect((0..<3).map { _ in random.whole(upTo: 4) } == [0, 0, 4])
    #expect(Array(random.permutation(5).prefix(3)) == [2, 3, 1])
  }
}
