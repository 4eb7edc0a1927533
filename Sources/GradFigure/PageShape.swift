/// The shape of a page that a figure is to fill: its width and height in any measure.
public struct PageShape: Sendable, Equatable {
  /// The width.
  public var width: Double
  /// The height.
  public var height: Double

  /// A page of a width and a height, of which only the relation counts.
  public init(width: Double, height: Double) {
    precondition(width > 0 && height > 0, "a page has a width and a height")
    (self.width, self.height) = (width, height)
  }

  /// The slide of a projector.
  public static let slide = PageShape(width: 16, height: 9)

  /// Reads `16:9`, `4:3`, `a4`, or a width and a height such as `800x600`; `nil` for anything else.
  public init?(parsing text: String) {
    if text.lowercased() == "a4" {
      self.init(width: 210, height: 297)
      return
    }
    let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "x" || $0 == "×" }
    let numbers = parts.compactMap { Double($0) }
    guard parts.count == 2, numbers.count == 2,
      numbers.allSatisfy({ $0.isFinite && $0 > 0 && $0 <= 100_000 }),
      (0.05...20).contains(numbers[0] / numbers[1])
    else { return nil }
    self.init(width: numbers[0], height: numbers[1])
  }
}
