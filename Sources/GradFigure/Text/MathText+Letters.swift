extension MathText {
  /// One character, with the piece that it belongs to.
  struct Letter {
    var character: Character
    /// The piece, and where that stands among the pieces; a gap that was put in belongs to none of them.
    var own = Piece(text: "", level: .base)
    var piece = -1

    /// Whether it is a sign of the formula, not a part of a name or an exponent.
    var isSign: Bool { own.level == .base && own.meaning != .name }
  }

  /// The characters one by one.
  var letters: [Letter] {
    pieces.enumerated().flatMap { index, piece in
      piece.text.map { Letter(character: $0, own: piece, piece: index) }
    }
  }

  /// The text of some letters.
  init(_ letters: [Letter]) {
    self.init()
    var start = 0
    while start < letters.count {
      let end = letters[start...].firstIndex { $0.piece != letters[start].piece } ?? letters.count
      var piece = letters[start].own
      piece.text = String(letters[start..<end].map(\.character))
      append(piece)
      start = end
    }
  }
}

extension ArraySlice<MathText.Letter> {
  /// Whether a sign of the formula is at `index`, with something behind it.
  func stands(_ sign: String, at index: Int) -> Bool {
    guard index + sign.count < endIndex else { return false }
    return zip(sign, self[index...]).allSatisfy { character, letter in
      letter.character == character && letter.isSign
    }
  }
}
