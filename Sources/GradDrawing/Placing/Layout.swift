public import GradFigure

/// Where a layout engine puts the nodes of a figure, and the ways that edges may take.
public struct Layout: Sendable, Equatable {
  /// The width and height of everything.
  public var size: Size
  /// The middle of each node of the figure.
  public var centers: [Point]
  /// For each edge a free way from the side of its source to the side of its target.
  public var ways: [Curve]
  /// For each edge the room kept for its label; `nil` where none was asked for.
  public var labelRooms: [Point?]

  /// A layout from its parts.
  public init(size: Size, centers: [Point], ways: [Curve], labelRooms: [Point?]) {
    self.size = size
    self.centers = centers
    self.ways = ways
    self.labelRooms = labelRooms
  }
}
