import GradDrawing
import GraphvizRenderer

extension SlideFormat {
  /// A presentation with a slide for each frame: its sentence as the title, its picture below.
  public static let powerPoint = SlideFormat(
    name: "pptx", fileExtension: "pptx", usesFonts: true
  ) { (frames, options) throws(GraphvizError) in
    var slides: [Presentation.Slide] = []
    let scale = options.resolution.scale(ofWidth: frames.drawing.size.width)
    for (frame, drawing) in zip(frames.frames, frames.drawings) {
      // A slide has its own colour, whatever the reader prefers.
      var drawing = drawing
      drawing.theme.dark = nil
      slides.append(
        Presentation.Slide(
          title: frame.step.sentence, description: drawing.heading,
          svg: Array(Format.svg.write(drawing, Format.Options()).utf8),
          png: try drawing.bytes(.png, scale: scale)))
    }
    let (size, theme) = (frames.drawing.size, frames.drawing.theme)
    return Presentation(slides, size: size, paper: theme[.paper], ink: theme[.ink]).bytes
  }
}
