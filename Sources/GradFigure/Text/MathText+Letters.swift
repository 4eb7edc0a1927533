extension MathText {
  /// One character, with the piece that it belongs to.
  struct Letter {
    var character: Character
    /// Where its piece stands among the pieces; a gap that was put in belongs to none of them.
    var piece = -1
    /// The code point of a sign of the formula; 0 for a part of a name or an exponent, and for a character
    /// of several code points.
    var sign: UInt32 = 0
  }

  /// The characters one by one.
  var letters: [Letter] {
    var letters: [Letter] = []
    letters.reserveCapacity(pieces.reduce(0) { $0 + $1.text.utf8.count })
    for (index, piece) in pieces.enumerated() {
      let isSign = piece.level == .base && piece.meaning != .name
      if piece.text.standsApart {
        for scalar in piece.text.unicodeScalars {
          letters.append(
            Letter(character: Character(scalar), piece: index, sign: isSign ? scalar.value : 0))
        }
      } else {
        for character in piece.text {
          let isWhole = isSign && character.unicodeScalars.count == 1
          let sign = isWhole ? character.unicodeScalars.first?.value : nil
          letters.append(Letter(character: character, piece: index, sign: sign ?? 0))
        }
      }
    }
    return letters
  }

  /// The text of some letters of this text, and of gaps.
  func text(of letters: [Letter]) -> MathText {
    var result = MathText()
    var start = 0
    while start < letters.count {
      let place = letters[start].piece
      let end = letters[start...].firstIndex { $0.piece != place } ?? letters.count
      var piece = place < 0 ? Piece(text: "", level: .base) : pieces[place]
      piece.text = String(letters[start..<end].map(\.character))
      result.append(piece)
      start = end
    }
    return result
  }
}

extension String {
  /// Whether each code point is a character by itself, as nothing in it can join what stands before it.
  ///
  /// Such are the letters, digits and signs of nearly all formulas; to look for characters that are made
  /// of several takes much longer.
  fileprivate var standsApart: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      // A carriage return joins the line feed after it.
      case 0x0D: false
      // Latin; Greek and Cyrillic; dashes and points; raised and lowered digits; letters and arrows.
      case 0..<0x300, 0x370..<0x483, 0x2010..<0x2028, 0x2070..<0x20D0, 0x2100..<0x2300: true
      default: false
      }
    }
  }

  /// The number of characters.
  var letterCount: Int { standsApart ? unicodeScalars.count : count }
}

extension ArraySlice<MathText.Letter> {
  /// Whether a sign of the formula is at `index`, with something behind it.
  func stands(_ sign: [UInt32], at index: Int) -> Bool {
    guard index + sign.count < endIndex else { return false }
    for (offset, scalar) in sign.enumerated() where self[index + offset].sign != scalar {
      return false
    }
    return true
  }
}

/// Signs by their code points, as ``MathText/Letter/sign`` has them.
enum FormulaSign {
  /// How brackets that a sign is change the depth: 1 or −1, else 0.
  static func depth(of sign: UInt32) -> Int {
    switch sign {
    case 0x28, 0x5B: 1
    case 0x29, 0x5D: -1
    default: 0
    }
  }

  /// A text as its code points.
  static func of(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
