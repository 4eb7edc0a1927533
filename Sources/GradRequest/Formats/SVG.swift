import GradDrawing

extension FileKind {
  static let svg = FileKind(
    name: "svg", fileExtension: "svg", mediaType: "image/svg+xml", isText: true,
    usesFonts: false, note: .inFirstTag)
}

extension OutputFormat {
  /// Scalable pictures for pages and slides.
  public static let svg = OutputFormat(
    kind: .svg,
    input: .drawing { drawing, options in
      drawing.svgBytes(idPrefix: options.idPrefix)
    })
}

extension OutputFormat {
  /// The same with the head that programs look for in what `dot` writes.
  public static let svgOfDot = OutputFormat(
    kind: .svg,
    input: .drawing { drawing, options in
      drawing.svgBytes(idPrefix: options.idPrefix, isPrinted: true)
    })
}

extension SlideFormat {
  /// A file for each frame, or one that shows them by itself.
  public static let svg = SlideFormat(
    kind: .svg,
    files: .moving(
      each: { drawing, options in drawing.svgBytes(idPrefix: options.idPrefix) },
      together: { frames, options in
        let text = frames.animation(
          milliseconds: options.milliseconds, idPrefix: options.idPrefix)
        return Array(text.utf8)
      }))
}
