import GradDrawing
import GraphvizRenderer

extension SlideFormat {
  /// A page for each frame, or a file for each.
  public static let pdf = SlideFormat(
    name: "pdf", fileExtension: "pdf", usesFonts: true, single: .pdf
  ) { (frames, _) throws(GraphvizError) in
    try Drawing.pages(frames.drawings)
  }
}
