public import GradDrawing
public import GradFigure
public import GraphvizRenderer

extension Reading {
  /// The figure one step at a time.
  ///
  /// - Parameters:
  ///   - options: How the figure is drawn.
  ///   - chosen: Which frames, and how they look; they must leave one at least.
  /// - Returns: The frames, laid out once for all of them.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  public func frames(
    _ options: PictureOptions = PictureOptions(), _ chosen: Frames.Options = Frames.Options()
  ) throws(GraphvizError) -> Frames {
    Frames(try drawing(options), steps, chosen)
  }
}
