import GradDrawing
import GradFigure

/// Draws a drawing with cairo, everything where it is in SVG.
struct CairoPainter {
  private let drawing: Drawing
  private let cairo: Cairo
  private let context: OpaquePointer
  /// The machine's letters; `nil` where it has none at all.
  private let fonts = Fonts.installed.flatMap { $0.textFamily == nil ? nil : $0 }

  init(_ drawing: Drawing, _ cairo: Cairo, _ context: OpaquePointer) {
    (self.drawing, self.cairo, self.context) = (drawing, cairo, context)
  }

  /// Draws it.
  ///
  /// - Throws: ``GraphvizError`` where letters need what is not installed.
  func paint() throws(GraphvizError) {
    if drawing.hasBackground {
      trace(Drawing.Path(Rect(origin: Point(0, 0), size: drawing.size), radius: 0))
      finish(fill: .paper, stroke: nil, .full)
    }
    for part in drawing.parts {
      for shape in part.shapes { try paint(shape, part.tone) }
    }
  }

  private func paint(_ shape: Drawing.Shape, _ tone: Tone) throws(GraphvizError) {
    switch shape {
    case .outline(let outline, let fill, let stroke):
      // A text leaves a point behind, from which a circle would be reached by a line.
      cairo.newPath(context)
      switch outline {
      case .path(let path): trace(path)
      case .box(let box, let radius): trace(Drawing.Path(box, radius: radius))
      case .circle(let center, let radius):
        cairo.arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
        cairo.closePath(context)
      }
      finish(fill: fill, stroke: stroke, tone)
    case .text(let line):
      for shape in line.drawn {
        if case .text(let line) = shape { try write(line, tone) } else { try paint(shape, tone) }
      }
    case .shade(let path, let shade):
      cairo.newPath(context)
      trace(path)
      choose(drawing.theme.color(shade: shade, tone))
      cairo.fillPreserve(context)
      cairo.newPath(context)
    case .array(let array):
      for shape in array.shapes { try paint(shape, tone) }
    }
  }

  private func trace(_ path: Drawing.Path) {
    for step in path.steps {
      switch step {
      case .move(let a): cairo.moveTo(context, a.x, a.y)
      case .line(let a): cairo.lineTo(context, a.x, a.y)
      case .curve(let a, let b, let c): cairo.curveTo(context, a.x, a.y, b.x, b.y, c.x, c.y)
      case .close: cairo.closePath(context)
      }
    }
  }

  /// Fills and draws the outline that was traced last.
  private func finish(fill: Paint?, stroke: Drawing.Stroke?, _ tone: Tone) {
    if let fill {
      choose(fill, tone)
      cairo.fillPreserve(context)
    }
    guard let stroke else { return cairo.newPath(context) }
    choose(stroke.paint, tone)
    cairo.setLineWidth(context, stroke.width)
    cairo.setDash(context, [5, 3], stroke.isDashed ? 2 : 0, 0)
    cairo.stroke(context)
  }

  private func choose(_ paint: Paint, _ tone: Tone) { choose(drawing.theme.color(paint, tone)) }

  private func choose(_ color: String) {
    let color = UInt32(color.dropFirst(), radix: 16) ?? 0
    func share(_ shift: UInt32) -> Double { Double(color >> shift & 255) / 255 }
    cairo.setColor(context, share(16), share(8), share(0))
  }

  // MARK: Letters

  /// Each run in its own size, in pieces that stand where our own widths put them.
  private func write(_ line: Drawing.TextLine, _ tone: Tone) throws(GraphvizError) {
    guard let fonts else { return }
    let (starts, width) = line.text.placed(size: line.size, bold: line.isBold)
    for (run, start) in zip(line.text.runs, starts) {
      choose(run.level == .tag ? .muted : line.paint, tone)
      let size = line.size * run.level.scale
      var place = Point(line.anchor.x - width / 2 + start.x, line.anchor.y - start.rise)
      for piece in TextPieces(run.text).all {
        if piece.isPlain, piece.text.unicodeScalars.allSatisfy(fonts.textHas) {
          cairo.selectFont(context, Fonts.family, 0, line.isBold ? 1 : 0)
          cairo.setFontSize(context, size)
          cairo.moveTo(context, place.x, place.y)
          cairo.showText(context, piece.text)
        } else {
          try Pango.opened().show(
            piece.text, size: size, isBold: line.isBold, at: place, cairo, context)
        }
        place.x += FontMetrics.width(of: piece.text, size: size, bold: line.isBold)
      }
    }
  }
}
