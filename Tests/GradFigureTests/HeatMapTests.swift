import GradCore
import Testing

@testable import GradFigure

/// Heat maps: which shade an entry has, and how readers see it.
@Suite struct HeatMapTests {
  private func map(_ rows: Int, _ columns: Int, _ entries: [Double]) -> HeatMap {
    let cells = HeatMap.Cells(entries[...], width: columns)
    let largest = cells.means.filter(\.isFinite).reduce(0) { max($0, $1.magnitude) }
    return HeatMap(cells, largest: largest)
  }

  @Test func shadesAreSymmetricAboutZero() {
    let map = map(1, 5, [-2, -1, 0, 1, 2])
    #expect(map.cells == [-16, -8, 0, 8, 16])
    // What is not zero does not look like it, and what is no number is marked.
    #expect(self.map(1, 4, [1e-9, -1e-9, 1, .nan]).cells == [1, -1, 16, nil])
    #expect(self.map(1, 2, [0, 0]).cells == [0, 0])
  }

  @Test func beyondSixtyFourACellIsTheMeanOfABlock() {
    let small = map(64, 64, (0..<4_096).map { Double($0) })
    #expect(small.rows == 64 && small.columns == 64 && small.block == (1, 1))
    let large = HeatMap.Cells((0..<100 * 784).map { Double($0 % 784) }[...], width: 784)
    #expect(large.block == (2, 13) && large.rows == 50 && large.columns == 61)
    #expect(large.means[0] == 6)
    // The last block is what is left: 784 = 60 · 13 + 4.
    #expect(large.means[60] == 781.5)
  }

  /// Zero is white; more is darker; the signs differ for every reader, by lightness where there are no
  /// colours, or by a stroke.
  @Test func everyReaderTellsTheSignsApart() throws {
    for theme in Theme.all {
      #expect(theme.color(shade: 0) == "#ffffff")
      var before = (negative: 2.0, positive: 2.0)
      for shade in 1...HeatMap.shades {
        let (negative, positive) = try (
          #require(Color(theme.color(shade: -shade))), #require(Color(theme.color(shade: shade)))
        )
        #expect(negative.luminance < before.negative && positive.luminance < before.positive)
        before = (negative.luminance, positive.luminance)
        if theme.heat.marksNegative { continue }
        #expect(positive.luminance < negative.luminance)
        if shade < 6 { continue }
        for vision in Color.Vision.allCases {
          let distance = positive.seen(by: vision).distance(to: negative.seen(by: vision))
          #expect(distance >= 5, "\(theme.name): \(shade) for \(vision) is \(distance)")
        }
      }
    }
  }
}
