import GradBase
import GraphvizGrad

/// Writes figures as elements of pandoc's documents.
struct PandocFigureWriter {
  let target: PandocTarget
  /// The folder that the document wants its pictures in, if any.
  let folder: String?
  /// Whether there is an element for figures.
  let hasFigures: Bool

  /// The blocks for a figure, with commas between them.
  ///
  /// - Parameters:
  ///   - block: The block that asks for it.
  ///   - figure: What it asks for.
  ///   - frames: The frames to show, where the format can.
  ///   - place: Where the block begins.
  ///   - result: Takes the files to write, and warnings.
  /// - Returns: The blocks' JSON.
  /// - Throws: `FigureError` for a figure that cannot be drawn.
  func write(
    _ block: PandocBlock, _ figure: DocumentFigure, _ frames: Frames.Options?, at place: Span,
    _ result: inout FilteredDocument
  ) throws(FigureError) -> String {
    let shown =
      switch (target.steps, frames) {
      case (.fragments, let frames?): try fragments(block, figure, frames)
      case (.overlays, let frames?): try overlays(figure, frames, at: place, &result)
      default: try picture(block, figure, at: place, &result)
      }
    return figure.showsProgram ? "\(block.listing),\(shown)" : shown
  }

  // MARK: One picture

  private func picture(
    _ block: PandocBlock, _ figure: DocumentFigure, at place: Span,
    _ result: inout FilteredDocument
  ) throws(FigureError) -> String {
    let format = target.picture
    let path: String
    if target.isEmbedded && folder == nil {
      let picture = try figure.figure.picture(format)
      result.warnings.add(picture.warnings)
      path = format.kind.link(to: picture.bytes)
    } else {
      path = name(figure, format)
      if try figure.figure.finding(at: path, format) != .upToDate {
        let picture = try figure.figure.picture(format)
        result.warnings.add(picture.warnings)
        result.files.append(.init(path: path, bytes: picture.bytes, place: place))
      }
    }
    let words = PandocNode.words(figure.alternative)
    let caption = caption(of: figure)
    var outer = PandocNode.Attributes(identifier: figure.identifier, classes: block.classes)
    var inner = PandocNode.Attributes(pairs: size(of: figure) + block.kept)
    let title = target.titleIsDescription ? figure.alternative : ""
    if hasFigures && !target.wordsAreCaption && !caption.isEmpty {
      let image = PandocNode.image(inner, words, path, title: title)
      return PandocNode.figure(outer, caption: caption, [PandocNode.plain([image])])
    }
    outer.pairs = inner.pairs
    inner = outer
    if caption.isEmpty {
      let words = target.wordsAreCaption ? [] : words
      return PandocNode.paragraph([PandocNode.image(inner, words, path, title: title)])
    }
    // The caption takes the place of the description, which becomes an attribute.
    inner.pairs.append(("alt", figure.alternative))
    return PandocNode.paragraph([
      PandocNode.image(
        inner, caption, path, title: hasFigures || target.wordsAreCaption ? title : "fig:\(title)")
    ])
  }

  /// The words below a figure; formulas below a picture of a presentation make a file that does not open.
  private func caption(of figure: DocumentFigure) -> [String] {
    PandocNode.caption(figure.caption ?? "", hasMath: !target.wordsAreCaption)
  }

  private func size(of figure: DocumentFigure) -> [(name: String, value: String)] {
    [("width", figure.width), ("height", figure.height)].compactMap { name, value in
      value.map { (name, $0) }
    }
  }

  /// What the file of a figure is called: by the figure's name, else by its content.
  private func name(_ figure: DocumentFigure, _ format: OutputFormat) -> String {
    var stem = FileStem.of(figure.identifier)
    let request = figure.figure.request
    if stem.isEmpty {
      let asked = request.options.map { "\($0.name)=\($0.value)" }.joined(separator: "\0")
      let values = request.values.map { "\($0.name)=\($0.spelling)" }
      let rest = "\(values)\0\(request.output ?? "")\0\(request.variant ?? 0)"
      stem =
        "grad-\(FileStem.digest("\(request.source.text)\0\(asked)\0\(rest)\0\(figure.steps ?? "")"))"
    }
    return "\(folder ?? "figures")/\(stem).\(format.fileExtension)"
  }

  // MARK: Steps

  private func fragments(
    _ block: PandocBlock, _ figure: DocumentFigure, _ options: Frames.Options
  ) throws(FigureError) -> String {
    let bytes = try figure.figure.files(.reveal, of: try figure.frames(options))
    var content = PandocNode.rawBlock("html", String(decoding: bytes.joined(), as: UTF8.self))
    let sizes = size(of: figure).map { "\($0.name):\($0.value)" }
    if !sizes.isEmpty {
      let style = (sizes + ["margin:auto"]).joined(separator: ";")
      content = PandocNode.div(PandocNode.Attributes(pairs: [("style", style)]), [content])
    }
    let outer = PandocNode.Attributes(identifier: figure.identifier, classes: block.classes)
    let caption = caption(of: figure)
    if hasFigures && !caption.isEmpty {
      return PandocNode.figure(outer, caption: caption, [content])
    }
    return PandocNode.div(
      outer, [content] + (caption.isEmpty ? [] : [PandocNode.paragraph(caption)]))
  }

  private func overlays(
    _ figure: DocumentFigure, _ options: Frames.Options, at place: Span,
    _ result: inout FilteredDocument
  ) throws(FigureError) -> String {
    let frames = try figure.frames(options)
    let path = name(figure, .pdf)
    let bytes = Stamp.signed(
      Array(try figure.figure.files(.pdf, of: frames).joined()), SlideFormat.pdf.kind)
    if (try? contents(ofFile: path)) != bytes {
      result.files.append(.init(path: path, bytes: bytes, place: place))
    }
    result.warnings.add(PictureWarning.all(for: frames.drawing, usesFonts: true))
    let caption = caption(of: figure)
    let size = LaTeXLength.options(
      width: figure.width, height: figure.height,
      otherwise: "width=\\linewidth,height=\(caption.isEmpty ? ".8" : ".65")\\textheight")
    let pages = frames.frames.indices.map {
      "\\includegraphics<\($0 + 1)>[page=\($0 + 1),\(size),keepaspectratio]{\(path)}%\n"
    }.joined()
    let target =
      figure.identifier.isEmpty ? "" : "\\hypertarget{\(figure.identifier)}{}%\n"
    let label = figure.identifier.isEmpty ? "" : "\\label{\(figure.identifier)}"
    func raw(_ text: String) -> String { PandocNode.rawInline("latex", text) }
    if caption.isEmpty {
      return PandocNode.paragraph([raw("\(target)\\begin{center}\n\(pages)\\end{center}")])
    }
    return PandocNode.paragraph(
      [raw("\(target)\\begin{figure}\n\\centering\n\(pages)\\caption{")] + caption
        + [raw("}\(label)\n\\end{figure}")])
  }
}
