import GradFigure
import GradDrawing
import GraphvizRenderer

extension SlideFormat {
  /// Pixels that show frame after frame by themselves, once; the last frame stays.
  public static let gif = SlideFormat(
    kind: FileKind(
      name: "gif", fileExtension: "gif", mediaType: "image/gif", isText: false, usesFonts: true,
      note: Note(.comment)),
    files: .animation { (frames, options) throws(GraphvizError) in
      let scale = options.resolution.scale(of: frames.drawing.size)
      var animation = GIFAnimation()
      for position in frames.frames.indices {
        animation.add(
          try frames.drawing(at: position).pixels(scale: scale),
          milliseconds: options.milliseconds)
      }
      return animation.bytes
    })
}
