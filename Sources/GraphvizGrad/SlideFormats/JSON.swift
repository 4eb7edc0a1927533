import GradDrawing

extension SlideFormat {
  /// The list of frames with their sentences.
  public static let json = SlideFormat(
    name: "json", fileExtension: "json", isText: true
  ) { frames, _ in
    Array(frames.json.utf8)
  }
}
