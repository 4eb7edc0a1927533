import GradDrawing
import GradFigure
import GraphvizRenderer

extension SlideFormat {
  /// A film for slides and pages, by ffmpeg.
  public static let mp4 = film(
    FileKind(
      name: "mp4", fileExtension: "mp4", mediaType: "video/mp4", isText: false, usesFonts: true,
      note: Note(.nowhere)),
    ["-c:v", "libx264", "-crf", "18", "-movflags", "+faststart"])

  /// Frames as a film, in the words by which ffmpeg packs them.
  static func film(_ kind: FileKind, _ codec: [String]) -> SlideFormat {
    SlideFormat(
      kind: kind,
      files: .animation { (frames, options) throws(GraphvizError) in
        let scale = options.resolution.scale(of: frames.drawing.size)
        let film = try Film(fileExtension: kind.fileExtension, milliseconds: options.milliseconds)
        for position in frames.frames.indices {
          // What shines through would be black.
          var drawing = frames.drawing(at: position)
          drawing.hasBackground = true
          try film.add(try drawing.bytes(.png, scale: scale))
        }
        return try film.bytes(codec, within: .seconds(300))
      })
  }
}
