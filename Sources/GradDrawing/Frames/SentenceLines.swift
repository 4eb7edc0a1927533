import GradFigure

/// The sentences of frames, set below a figure in as many lines as the longest of them needs.
struct SentenceLines {
  private var lines: [[MathText]] = []
  /// The font size: a wide figure is shown smaller, and its sentences are still to be read.
  private let size: Double

  /// `sentences` in lines of at most `width`, broken before equals signs where there are some.
  init(_ sentences: [String], width: Double) {
    size = max(15, (width / 50).rounded())
    lines = sentences.map { lines(of: $0, room: width - 16) }
  }

  /// Makes room below `drawing` and puts each frame's sentence there.
  func add(to drawing: inout Drawing) {
    let top = drawing.size.height - 4
    let lineHeight = (1.4 * size).rounded()
    let count = lines.map(\.count).max() ?? 0
    drawing.size.height += Double(count) * lineHeight + 4
    for (position, lines) in lines.enumerated() {
      let shapes = lines.enumerated().map { index, text in
        Drawing.Shape.text(
          Drawing.TextLine(
            text: text,
            anchor: Point(
              drawing.size.width / 2, top + Double(index) * lineHeight + size),
            size: size, isBold: false, paint: .ink, kind: .sentence))
      }
      let isAlone = self.lines.count == 1
      drawing.parts.append(
        Drawing.Part(
          owner: .sentence, frames: isAlone ? nil : position..<position + 1, shapes: shapes))
    }
  }

  private func lines(of sentence: String, room: Double) -> [MathText] {
    var lines: [String] = []
    func add(_ text: String) {
      if let last = lines.last, width(last + text) <= room {
        lines[lines.count - 1] = last + text
      } else {
        lines.append(text)
      }
    }
    for clause in Self.clauses(of: sentence) {
      // What no line can hold is broken between words.
      if width(clause) <= room { add(clause) } else { Self.words(of: clause).forEach(add) }
    }
    return lines.map(Self.set)
  }

  /// The pieces that belong together, each with the space after it.
  private static func clauses(of sentence: String) -> [String] {
    var clauses: [String] = []
    for word in words(of: sentence) {
      let isNew = clauses.isEmpty || word == "= " || clauses[clauses.count - 1].hasSuffix(", ")
      if isNew { clauses.append(word) } else { clauses[clauses.count - 1] += word }
    }
    return clauses
  }

  private static func words(of text: String) -> [String] {
    var words = [""]
    for letter in text {
      words[words.count - 1].append(letter)
      if letter == " " { words.append("") }
    }
    return words.filter { !$0.isEmpty }
  }

  private func width(_ text: String) -> Double { Self.set(text).width(size: size) }

  private static func set(_ text: String) -> MathText {
    var set = MathText()
    set.append(unicode: text.hasSuffix(" ") ? String(text.dropLast()) : text)
    return set
  }
}
