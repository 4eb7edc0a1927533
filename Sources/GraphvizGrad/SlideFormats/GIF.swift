import GradDrawing
import GraphvizRenderer

extension SlideFormat {
  /// Pixels that show frame after frame by themselves; the last frame stays three times as long.
  public static let gif = SlideFormat(
    name: "gif", fileExtension: "gif", usesFonts: true
  ) { (frames, options) throws(GraphvizError) in
    let scale = options.resolution.scale(ofWidth: frames.drawing.size.width)
    var times = [Int](repeating: options.milliseconds, count: frames.frames.count)
    times[times.count - 1] *= 3
    return GIFAnimation.bytes(
      try Drawing.pixels(of: frames.drawings, scale: scale), milliseconds: times)
  }
}
