import GradFigure

extension Drawing.TextLine {
  /// What stands over the Greek and Cyrillic letters of the line, as lines over their middles.
  var marks: [Drawing.Shape] {
    guard text.hasMarks else { return [] }
    var shapes: [Drawing.Shape] = []
    let (starts, width) = text.placed(size: size, bold: isBold)
    for (run, start) in zip(text.runs, starts) {
      let em = size * run.level.scale
      var place = Point(anchor.x - width / 2 + start.x, anchor.y - start.rise)
      for letter in run.text {
        let advance = FontMetrics.width(of: String(letter), size: em, bold: isBold)
        if let (base, mark) = letter.marked {
          let foot = Point(place.x + advance / 2, place.y - em * (Self.height(of: base) + 0.07))
          shapes.append(shape(mark, at: foot, em: em))
        }
        place.x += advance
      }
    }
    return shapes
  }

  /// How high a letter is, in em.
  private static func height(of letter: Unicode.Scalar) -> Double {
    if letter.properties.isUppercase { return FontMetrics.capitalHeight }
    return "βδζθλξϑϕ".unicodeScalars.contains(letter) ? 0.725 : letter == "ψ" ? 0.655 : 0.54
  }

  /// A hat, a tilde, a bar or a dot, whose lower end is above `foot`.
  private func shape(_ mark: Unicode.Scalar, at foot: Point, em: Double) -> Drawing.Shape {
    func point(_ x: Double, _ y: Double) -> Point { Point(foot.x + x * em, foot.y - y * em) }
    let stroke = Drawing.Stroke(paint: paint, width: (isBold ? 0.09 : 0.065) * em)
    func line(_ steps: [Drawing.Path.Step]) -> Drawing.Shape {
      .outline(.path(Drawing.Path(steps: steps)), fill: nil, stroke: stroke)
    }
    switch mark {
    case "\u{302}":
      return line([.move(point(-0.15, 0)), .line(point(0, 0.13)), .line(point(0.15, 0))])
    case "\u{303}":
      return line([
        .move(point(-0.16, 0.02)),
        .curve(point(-0.08, 0.18), point(0.08, -0.06), point(0.16, 0.1)),
      ])
    case "\u{304}": return line([.move(point(-0.16, 0.06)), .line(point(0.16, 0.06))])
    default:
      return .outline(.circle(center: point(0, 0.06), radius: 0.06 * em), fill: paint, stroke: nil)
    }
  }
}

extension MathText {
  /// Whether a mark stands over a letter that fonts have no place for it at.
  fileprivate var hasMarks: Bool {
    // Hardly any text has a mark: its first byte of two tells.
    pieces.contains { $0.text.utf8.contains(0xCC) && $0.text.contains { $0.marked != nil } }
  }

  /// The same letters without these marks.
  var withoutMarks: MathText {
    var text = MathText()
    for piece in pieces {
      var own = piece
      own.text = String(piece.text.map { $0.marked.map { Character($0.base) } ?? $0 })
      text.append(own)
    }
    return text
  }
}

extension Character {
  /// A Greek or Cyrillic letter and the mark over it; `nil` for all else.
  fileprivate var marked: (base: Unicode.Scalar, mark: Unicode.Scalar)? {
    let scalars = Array(unicodeScalars)
    guard scalars.count == 2, (0x370..<0x530).contains(scalars[0].value),
      [0x302, 0x303, 0x304, 0x307].contains(scalars[1].value)
    else { return nil }
    return (scalars[0], scalars[1])
  }
}
