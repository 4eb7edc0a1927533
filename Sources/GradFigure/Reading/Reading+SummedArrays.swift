import GradCore

extension Reading {
  /// The means that are told of an array, all axes but the last from top to bottom, with the range of all
  /// entries below them.
  func heatMap(of array: NumberArray, _ summary: ArraySummary) -> ArrayPiece {
    let cells = HeatMap.Cells(means: summary.means, of: array.shape)
    let finite = cells.means.filter(\.isFinite)
    let largest = finite.reduce(0) { max($0, $1.magnitude) }
    var lines: [MathText] = []
    if let all = summary.range { lines.append(range(all.lowerBound, all.upperBound)) }
    let size =
      array.shape.count == 1
      ? "\(cells.block.columns)" : "\(cells.block.rows)×\(cells.block.columns)"
    if cells.block != (1, 1), let least = finite.min(), let most = finite.max() {
      lines.append(words.arrays.means(MathText(size), range(least, most)))
    }
    return ArrayPiece(
      above: [ArrayPiece(heat: HeatMap(cells, largest: largest), isSlice: false)]
        + lines.map { ArrayPiece($0, size: Self.captionSize) }, gap: 3)
  }

  /// `0.2 … 3.5`.
  func range(_ least: Double, _ most: Double) -> MathText {
    least == most ? number(least) : "\(number(least)) … \(number(most))"
  }
}
