import GradFigure

extension Drawing.TextLine {
  /// The line as fonts can draw it: the sign ⊙, which common ones lack, is a circle around a dot, and what
  /// stands over a Greek letter, where many put it beside it, is drawn behind the text.
  package var drawn: [Drawing.Shape] {
    let marks = marks
    if marks.isEmpty { return drawnSigns }
    var line = self
    line.text = text.withoutMarks
    return line.drawnSigns + marks
  }

  private var drawnSigns: [Drawing.Shape] {
    guard text.pieces.contains(where: { $0.text.unicodeScalars.contains(Self.sign) }) else {
      return [.text(self)]
    }
    var shapes: [Drawing.Shape] = []
    var x = anchor.x - width / 2
    for (position, part) in text.parts(between: Character(Self.sign)).enumerated() {
      if position > 0 {
        let width = FontMetrics.width(of: String(Self.sign), size: size, bold: isBold)
        shapes += circle(around: Point(x + width / 2, anchor.y - 0.33 * size))
        x += width
      }
      let width = part.text.width(size: size, bold: isBold)
      let space = FontMetrics.width(of: " ", size: size, bold: isBold)
      x += Double(part.spaces.before) * space
      if !part.text.isEmpty {
        var line = self
        line.text = part.text
        line.anchor.x = x + width / 2
        shapes.append(.text(line))
      }
      x += width + Double(part.spaces.after) * space
    }
    return shapes
  }

  private static let sign: Unicode.Scalar = "⊙"

  private func circle(around center: Point) -> [Drawing.Shape] {
    [
      .outline(
        .circle(center: center, radius: 0.27 * size), fill: nil,
        stroke: Drawing.Stroke(paint: paint, width: 0.07 * size)),
      .outline(.circle(center: center, radius: 0.075 * size), fill: paint, stroke: nil),
    ]
  }
}

extension MathText {
  /// A text without the spaces around it, and how many these were.
  fileprivate typealias Part = (text: MathText, spaces: (before: Int, after: Int))

  /// The text between the places of a sign.
  fileprivate func parts(between sign: Character) -> [Part] {
    var texts: [[Piece]] = [[]]
    for piece in pieces {
      for (position, part) in piece.text.split(
        separator: sign, omittingEmptySubsequences: false
      ).enumerated() {
        if position > 0 { texts.append([]) }
        var own = piece
        own.text = String(part)
        texts[texts.count - 1].append(own)
      }
    }
    return texts.map { pieces in
      var pieces = pieces.filter { !$0.text.isEmpty }
      var spaces = (before: 0, after: 0)
      while let first = pieces.first?.text.first, first == " " {
        pieces[0].text.removeFirst()
        spaces.before += 1
        if pieces[0].text.isEmpty { pieces.removeFirst() }
      }
      while let last = pieces.last?.text.last, last == " " {
        pieces[pieces.count - 1].text.removeLast()
        spaces.after += 1
        if pieces[pieces.count - 1].text.isEmpty { pieces.removeLast() }
      }
      var text = MathText()
      for piece in pieces { text.append(piece) }
      return (text, spaces)
    }
  }
}
