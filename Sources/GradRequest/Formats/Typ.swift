import GradDrawing

extension FileKind {
  static let typ = FileKind(
    name: "typ", fileExtension: "typ", mediaType: "text/vnd.typst", isText: true,
    usesFonts: false, note: Note(.start, "// ", "\n"))
}

extension OutputFormat {
  /// A part of a document of Typst, or a document of one page.
  public static let typ = OutputFormat(
    kind: .typ,
    input: .drawing { drawing, options in
      Array(drawing.typst(isStandalone: options.isStandalone).utf8)
    })
}

extension SlideFormat {
  /// A document of Typst with a page for each frame, or a part of a document for each.
  public static let typ = SlideFormat(
    kind: .typ,
    files: .either(
      each: { drawing, options in
        Array(drawing.typst(isStandalone: options.isStandalone).utf8)
      },
      together: { frames, _ in Array(frames.typst.utf8) }))
}
