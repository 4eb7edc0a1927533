import GradFigure
import GradDrawing
import GraphvizRenderer

extension SlideFormat {
  /// A presentation with a slide for each frame: its sentence as the title, unless the
  /// picture has it, and its picture below.
  public static let powerPoint = SlideFormat(
    kind: FileKind(
      name: "pptx", fileExtension: "pptx",
      mediaType: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      isText: false, usesFonts: true, note: Note(.archive)),
    files: .together { (frames, options) throws(GraphvizError) in
      var slides: [Presentation.Slide] = []
      let (size, theme) = (frames.drawing.size, frames.drawing.theme)
      // As sharp on the slide as the resolution says.
      let magnification = Presentation.magnification(of: size)
      let onSlide = Size(width: size.width * magnification, height: size.height * magnification)
      let scale = magnification * options.resolution.scale(of: onSlide)
      for (position, frame) in frames.frames.enumerated() {
        // A slide has its own colour, whatever the reader prefers.
        var drawing = frames.drawing(at: position)
        drawing.theme.dark = nil
        slides.append(
          Presentation.Slide(
            title: frames.hasSentences ? drawing.heading : frame.step.sentence,
            description: drawing.heading,
            svg: drawing.svgBytes(),
            png: try drawing.bytes(.png, scale: scale)))
      }
      return Presentation(slides, size: size, paper: theme[.paper], ink: theme[.ink]).bytes
    })
}
