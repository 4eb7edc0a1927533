import GradFigure

/// The sentences of frames, set below a figure in as many lines as the longest of them needs.
struct SentenceLines {
  private let lines: [[MathText]]

  private static let size = 15.0
  private static let lineHeight = 21.0

  /// `sentences` in lines of at most `width`, broken before equals signs where there are some.
  init(_ sentences: [String], width: Double) {
    lines = sentences.map { Self.lines(of: $0, room: width - 16) }
  }

  /// Makes room below `drawing` and puts each frame's sentence there.
  func add(to drawing: inout Drawing) {
    let top = drawing.size.height - 4
    let count = lines.map(\.count).max() ?? 0
    drawing.size.height += Double(count) * Self.lineHeight + 4
    for (position, lines) in lines.enumerated() {
      let shapes = lines.enumerated().map { index, text in
        Drawing.Shape.text(
          Drawing.TextLine(
            text: text,
            anchor: Point(
              drawing.size.width / 2, top + Double(index) * Self.lineHeight + Self.size),
            size: Self.size, isBold: false, paint: .ink, kind: "sentence"))
      }
      let isAlone = self.lines.count == 1
      drawing.parts.append(
        Drawing.Part(
          owner: .title, classes: ["sentence"], frames: isAlone ? nil : position..<position + 1,
          shapes: shapes))
    }
  }

  private static func lines(of sentence: String, room: Double) -> [MathText] {
    var lines: [String] = []
    func add(_ text: String) {
      if let last = lines.last, width(last + text) <= room {
        lines[lines.count - 1] = last + text
      } else {
        lines.append(text)
      }
    }
    for clause in clauses(of: sentence) {
      // What no line can hold is broken between words.
      if width(clause) <= room { add(clause) } else { words(of: clause).forEach(add) }
    }
    return lines.map(set)
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

  private static func width(_ text: String) -> Double { set(text).width(size: size) }

  private static func set(_ text: String) -> MathText {
    var set = MathText()
    set.append(unicode: text.hasSuffix(" ") ? String(text.dropLast()) : text)
    return set
  }
}
