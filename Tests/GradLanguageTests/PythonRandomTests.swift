@testable import GradLanguage
import Testing

/// Numbers that Python's own `random` printed.
@Suite struct PythonRandomTests {
  @Test func seedOne() {
    var random = PythonRandom(seed: 1)
    #expect(
      (0..<3).map { _ in random.uniform() }
        == [0.13436424411240122, 0.8474337369372327, 0.763774618976614])
    #expect(
      (0..<3).map { _ in random.normal() }
        == [-0.03724711554723822, 1.1690723723117449, -1.3796439072995432])
    #expect((0..<6).map { _ in 1 + random.whole(upTo: 9) } == [4, 2, 8, 1, 7, 7])
    #expect(random.permutation(7) == [1, 5, 6, 2, 3, 0, 4])
    #expect(random.sample(4, of: 1000) == [605, 967, 104, 923])
    #expect(random.sample(4, of: 10) == [5, 0, 8, 7])
    #expect(random.whole(upTo: (1 << 40) - 1) == 841_303_493_337)
  }

  @Test func aSeedOfTwoWords() {
    var random = PythonRandom(seed: 12_345_678_901)
    #expect(random.uniform() == 0.9460118159397316)
  }
}
