import GradDrawing
import GraphvizRenderer

extension SlideFormat {
  /// Pixels that show frame after frame by themselves; the last frame stays three times as long.
  public static let gif = SlideFormat(
    name: "gif", fileExtension: "gif", usesFonts: true
  ) { (frames, options) throws(GraphvizError) in
    let scale = options.resolution.scale(ofWidth: frames.drawing.size.width)
    var animation = GIFAnimation()
    for position in frames.frames.indices {
      let isLast = position == frames.frames.count - 1
      animation.add(
        try frames.drawing(at: position).pixels(scale: scale),
        milliseconds: options.milliseconds * (isLast ? 3 : 1))
    }
    return animation.bytes
  }
}
