/// The entries of a matrix as shades of two colours: from that of negative numbers over white for zero to
/// that of positive ones.
public struct HeatMap: Sendable, Equatable {
  /// How many shades there are on each side of zero.
  public static let shades = 16
  /// The most cells along an axis; beyond it a cell is the mean of a block.
  package static let mostCells = 64

  /// How many cells there are from top to bottom.
  public let rows: Int
  /// How many cells there are from left to right.
  public let columns: Int
  /// The shade of each cell, row by row, from `-shades` to ``shades``; `nil` for what is not finite.
  public let cells: [Int?]
  /// How many entries a cell stands for along each axis.
  package let block: (rows: Int, columns: Int)

  /// Whether two maps have the same cells.
  public static func == (a: HeatMap, b: HeatMap) -> Bool {
    a.rows == b.rows && a.columns == b.columns && a.cells == b.cells && a.block == b.block
  }

  /// The cells of a matrix.
  ///
  /// - Parameters:
  ///   - matrix: The means of its cells.
  ///   - largest: The magnitude that has the darkest shade.
  init(_ matrix: Cells, largest: Double) {
    (rows, columns, block) = (matrix.rows, matrix.columns, matrix.block)
    cells = matrix.means.map { mean in
      guard mean.isFinite else { return nil }
      if mean == 0 || largest == 0 { return 0 }
      let shade = Int((mean / largest * Double(Self.shades)).rounded())
      // A number that is not zero does not look like zero.
      return shade == 0 ? (mean < 0 ? -1 : 1) : shade
    }
  }

  /// The means of a matrix, one entry each where it is small enough.
  struct Cells {
    var rows: Int
    var columns: Int
    var block: (rows: Int, columns: Int)
    var means: [Double]

    /// Cells whose means another tool has told.
    ///
    /// - Parameters:
    ///   - means: The means, row by row.
    ///   - shape: The shape of the whole array, all axes but the last from top to bottom.
    init(means: [[Double]], of shape: [Int]) {
      (rows, columns) = (means.count, means[0].count)
      let height = shape.dropLast().reduce(1, *)
      block = (
        rows: max(1, (height + rows - 1) / rows),
        columns: max(1, ((shape.last ?? 1) + columns - 1) / columns)
      )
      self.means = Array(means.joined())
    }

    /// - Parameters:
    ///   - entries: The entries, row by row.
    ///   - width: How many there are in a row.
    init(_ entries: ArraySlice<Double>, width: Int) {
      let height = entries.count / width
      func size(_ count: Int) -> Int { (count + mostCells - 1) / mostCells }
      let block = (rows: size(height), columns: size(width))
      self.block = block
      rows = (height + block.rows - 1) / block.rows
      columns = (width + block.columns - 1) / block.columns
      means = []
      means.reserveCapacity(rows * columns)
      for row in 0..<rows {
        for column in 0..<columns {
          var (sum, count) = (0.0, 0)
          for y in row * block.rows..<min(height, (row + 1) * block.rows) {
            for x in column * block.columns..<min(width, (column + 1) * block.columns) {
              sum += entries[entries.startIndex + y * width + x]
              count += 1
            }
          }
          means.append(sum / Double(count))
        }
      }
    }
  }
}
