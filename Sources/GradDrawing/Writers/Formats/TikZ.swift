import GradFigure

extension Drawing {
  /// A LaTeX document of one `tikzpicture`, with the figure's own coordinates and its texts set as
  /// mathematics; in Beamer it builds up step by step.
  ///
  /// By itself the document makes one page of the figure's size. A presentation reads the same file by
  /// `\input`, with the package `standalone`, which skips everything but the picture; `\only` then
  /// gives each value, each backward edge and each derivative its slide: inputs on the first, one value
  /// a slide, one edge a slide. Nothing moves, because the picture's bounding box is fixed.
  public func tikz() -> String {
    var writer = TikZWriter(self)
    return writer.document()
  }

  /// The `tikzpicture` alone, for a document that has the packages itself.
  public func tikzPicture() -> String {
    var writer = TikZWriter(self)
    return writer.picture().lines.joined(separator: "\n")
  }
}

/// Writes one drawing as TikZ.
private struct TikZWriter {
  private let drawing: Drawing
  private let figure: Figure
  private var colors = TikZColors()
  /// The last step in which something appears.
  private var lastStep = 0

  init(_ drawing: Drawing) {
    self.drawing = drawing
    figure = drawing.figure
  }

  /// The picture in its document.
  mutating func document() -> String {
    let (picture, source) = picture()
    let lines = head(LaTeX.packages(for: source)) + ["\\begin{document}"] + picture
    return (lines + ["\\end{document}"]).joined(separator: "\n") + "\n"
  }

  /// The lines of the picture, and what is drawn in it, which says what packages it needs.
  mutating func picture() -> (lines: [String], source: String) {
    let (width, height) = (
      coordinateText(drawing.size.width), coordinateText(drawing.size.height)
    )
    var body: [String] = []
    if drawing.hasBackground {
      let paper = colors.name(.paper)
      body.append("\\fill[\(paper)] (0,0) rectangle (\(width),\(height));")
    }
    for part in drawing.parts { body += lines(of: part) }
    let source = body.joined(separator: "\n")

    var lines = [
      "\\begin{tikzpicture}[x=1bp, y=-1bp, every node/.style={anchor=base, inner sep=0pt}]",
      "\\useasboundingbox (0,0) rectangle (\(width),\(height));",
      "% Outside of Beamer everything is shown at once.",
      "\\ifdefined\\only\\else\\def\\only<#1>#2{#2}\\def\\alt<#1>#2#3{#2}\\fi",
      "% Upright letters in the face of \\log, which Beamer sets without serifs.",
      "\\def\\mathrm#1{{\\csname operator@font\\endcsname#1}}",
      "% A text of at most a width, in a size.",
      "\\def\\gradfit#1#2#3{\\fontsize{#2}{#2}\\selectfont\\setbox0\\hbox{#3}%",
      "  \\ifdim\\wd0>#1\\relax\\resizebox{#1}{!}{\\box0}\\else\\box0\\fi}",
    ]
    lines += LaTeX.definitions(for: source)
    lines += colors.definitions(in: drawing.theme)
    return (lines + body + ["\\end{tikzpicture}"], source)
  }

  /// How to use the file, and what it needs.
  private func head(_ packages: [String]) -> [String] {
    let needed = "standalone,lmodern,tikz,amsmath,amssymb" + (packages.isEmpty ? "" : ",CJKutf8")
    let fonts = "% With lualatex or xelatex, \\gradcjkfont is the font for Chinese and Japanese."
    return [
      LaTeX.comment(drawing.heading),
      "%",
      "% By itself: pdflatex, lualatex or xelatex make one page of the figure's size.",
      "% In Beamer, \(lastStep + 1) slides: \\usepackage{\(needed)}, then",
      "%   \\begin{frame}\\centering\\resizebox{\\linewidth}{!}{\\input{this file}}\\end{frame}",
      "% Write \\let\\only\\uncover before \\input, and \\setbeamercovered decides how later parts look.",
      "% Or copy the tikzpicture into a frame[fragile]. In an article everything is shown.",
      "\\documentclass[tikz,border=0pt]{standalone}",
      "\\ifdefined\\Umathchar\\else\\usepackage[T1]{fontenc}\\fi",
      "\\usepackage{lmodern,amsmath,amssymb}",
    ] + (packages.isEmpty ? [] : [fonts]) + packages
  }

  // MARK: Parts

  private mutating func lines(of part: Drawing.Part) -> [String] {
    var lines = [LaTeX.comment(name(of: part))]
    switch part.owner {
    case .caption, .note, .legend, .sentence, .callBox, .table, .number, .outline, .curve:
      lines.append(shown(part.step, part.shapes.map { shape($0, part) }.joined(separator: "\n")))
    case .node:
      for shape in part.shapes {
        if case .array(let array) = shape {
          lines.append(shown(max(part.step, array.step), self.shape(shape, part)))
        } else if case .text(let line) = shape {
          let words = text(line, part, room: line.roomInOtherLetters)
          lines.append(shown(max(part.step, line.step), words))
        } else {
          lines.append(shown(part.step, self.shape(shape, part)))
        }
      }
    case .forward, .backward, .label:
      let source = part.shapes.map { shape($0, part) }.joined(separator: " ")
      if case .forward = part.owner {
        lines.append(pale(source, part))
      } else {
        lines.append(shown(part.step, source))
      }
    }
    return lines
  }

  /// What a comment calls a part.
  private func name(of part: Drawing.Part) -> String {
    func node(_ index: Int) -> String {
      let cells = figure.nodes[index].rows.joined()
      return (cells.first { $0.kind == .title } ?? cells.first)?.content.text.plain
        ?? "\(index + 1)"
    }
    switch part.owner {
    case .caption, .note, .legend, .sentence, .curve: return "Title"
    case .table: return "Table"
    case .callBox(let index): return figure.callBoxes[index].title.plain
    case .node(let index), .number(let index, _), .outline(let index): return node(index)
    case .forward(let index):
      return "\(node(figure.edges[index].source)) → \(node(figure.edges[index].target))"
    case .backward(let index):
      return "\(node(figure.edges[index].source)) ← \(node(figure.edges[index].target))"
    case .label: return part.tooltip
    }
  }

  /// `source`, shown from `step` on.
  private mutating func shown(_ step: Int, _ source: String) -> String {
    lastStep = max(lastStep, step)
    return step == 0 ? source : "\\only<\(step + 1)->{\(source)}"
  }

  /// A forward line, faded up to the step in which its value flows.
  private mutating func pale(_ source: String, _ part: Drawing.Part) -> String {
    lastStep = max(lastStep, part.step)
    guard part.step > 0, part.tone == .full, case .outline(_, _, let stroke?)? = part.shapes.first
    else {
      return source
    }
    let full = colors.name(stroke.paint)
    let faded = colors.name(stroke.paint, .faded)
    return "{\\alt<\(part.step + 1)->{}{\\colorlet{\(full)}{\(faded)}}\(source)}"
  }

  // MARK: Shapes

  private mutating func shape(_ shape: Drawing.Shape, _ part: Drawing.Part) -> String {
    switch shape {
    case .outline(.box(let box, let radius), let fill, let stroke):
      let corners = ["rounded corners=\(coordinateText(radius))bp"]
      return command(fill, stroke, part, corners) + " \(TikZPath.text(box));"
    case .outline(.circle(let center, let radius), let fill, let stroke):
      return command(fill, stroke, part)
        + " \(TikZPath.text(center)) circle[radius=\(coordinateText(radius))bp];"
    case .outline(.path(let path), let fill, let stroke):
      return command(fill, stroke, part) + " \(TikZPath.text(path));"
    case .text(let line):
      return text(line, part, room: part.box.map { max(line.width, $0.size.width - 3) })
    case .shade(let path, let shade):
      let color = colors.name(shade: shade, part.tone, in: drawing.theme)
      return "\\fill[\(color)] \(TikZPath.text(path));"
    case .array(let array):
      return array.shapes.map { shape in
        // A number keeps to its column.
        if case .text(let line) = shape { return text(line, part, room: line.width) }
        return self.shape(shape, part)
      }.joined(separator: "\n")
    }
  }

  /// `\draw[gradline, line width=1.2bp]`.
  private mutating func command(
    _ fill: Paint?, _ stroke: Drawing.Stroke?, _ part: Drawing.Part, _ more: [String] = []
  ) -> String {
    let filled = fill.map { colors.name($0, part.tone) }
    guard let stroke else { return "\\fill[\(([filled ?? ""] + more).joined(separator: ", "))]" }
    let drawn = colors.name(stroke.paint, part.tone)
    var options = filled.map { ["fill=\($0)", "draw=\(drawn)"] } ?? [drawn]
    options.append("line width=\(coordinateText(stroke.width))bp")
    if stroke.isDashed { options.append("dash pattern=on 5bp off 3bp") }
    return "\\\(fill == nil ? "draw" : "filldraw")[\((options + more).joined(separator: ", "))]"
  }

  /// A line of text, at most `room` wide.
  private mutating func text(
    _ line: Drawing.TextLine, _ part: Drawing.Part, room: Double?
  ) -> String {
    let color = colors.name(line.paint, part.tone)
    let isWords = [.caption, .note, .legend].contains(line.kind)
    let face = line.kind == .caption ? "\\bfseries " : ""
    let content = isWords ? face + line.text.latexText : "$\(line.text.latex)$"
    let width = coordinateText(
      room ?? (line.kind == .legend ? line.width + 6 : drawing.size.width - 16))
    return "\\node[text=\(color)] at \(TikZPath.text(line.anchor)) "
      + "{\\gradfit{\(width)bp}{\(coordinateText(line.size))bp}{\(content)}};"
  }
}
