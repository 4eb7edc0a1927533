/// A picture of pixels, row by row from the top.
package struct Pixels: Sendable, Equatable {
  /// Pixels a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The colours as `0xRRGGBB`.
  public let colors: [UInt32]

  /// A picture of `width` × `height` colours.
  public init(width: Int, height: Int, colors: [UInt32]) {
    precondition(colors.count == width * height, "a picture has a colour for every pixel")
    self.width = width
    self.height = height
    self.colors = colors
  }
}
