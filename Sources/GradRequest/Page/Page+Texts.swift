import GradBase
import GradFigure

/// Texts as the page fills them in: lists of words, and of numbers as `[role, index, form, detail]`.
extension JSONText {
  /// A text as it is said; what is raised around a number is a list of its own, `{"raised": […]}`.
  mutating func text(_ text: MathText) {
    array { json in
      var words = MathText()
      func flush(_ json: inout JSONText) {
        if !words.isEmpty { json.string(words.plain) }
        words = MathText()
      }
      for pieces in text.levels {
        if !pieces.contains(where: \.isFilledIn) {
          for piece in pieces { words.append(piece) }
        } else if pieces[0].level == .base {
          for piece in pieces {
            if piece.isFilledIn {
              flush(&json)
              json.piece(piece)
            } else {
              words.append(piece)
            }
          }
        } else {
          flush(&json)
          json.object { json in json.field("raised") { json in json.pieces(pieces) } }
        }
      }
      flush(&json)
    }
  }

  /// A text as it is drawn: a list for each run.
  mutating func runs(_ text: MathText) {
    array { json in for pieces in text.levels { json.pieces(pieces) } }
  }

  private mutating func pieces(_ pieces: [MathText.Piece]) {
    array { json in for piece in pieces { json.piece(piece) } }
  }

  private mutating func piece(_ piece: MathText.Piece) {
    guard case .number(let slot) = piece.meaning, let (name, index, counts) = slot.role.parts else {
      return string(piece.text)
    }
    array { json in
      json.string(name)
      json.number(index)
      json.string(slot.form.rawValue)
      for count in counts { json.number(count) }
      if counts.isEmpty, let part = slot.part { json.part(part) }
    }
  }
}

extension JSONText {
  /// `true` for what is added up, and for its sum; `[signs, literals]` for a sum with such.
  fileprivate mutating func part(_ part: NumberSlot.Part) {
    guard case .total(let signs, let literals) = part, signs.contains(-1) || !literals.isEmpty
    else {
      return boolean(true)
    }
    array { json in
      for numbers in [signs, literals] {
        json.array { json in for number in numbers { json.number(number) } }
      }
    }
  }
}

extension MathText {
  /// The pieces of each run.
  fileprivate var levels: [[Piece]] {
    var levels: [[Piece]] = []
    for piece in pieces {
      if levels.last?.last?.level == piece.level {
        levels[levels.count - 1].append(piece)
      } else {
        levels.append([piece])
      }
    }
    return levels
  }
}

extension MathText.Piece {
  /// Whether it is a number that the page computes.
  fileprivate var isFilledIn: Bool {
    if case .number(let slot) = meaning { slot.role.parts != nil } else { false }
  }
}

extension NumberSlot.Role {
  /// What the page calls it, the node or edge, the entry of an array, and for the sum of some contributions
  /// how many; `nil` for a number that it does not compute.
  fileprivate var parts: (name: String, index: Int, counts: [Int])? {
    switch self {
    case .value(let index): ("value", index, [])
    case .operand(let index): ("operand", index, [])
    case .derivative(let index): ("derivative", index, [])
    case .partial(let index): ("partial", index, [])
    case .contribution(let index): ("contribution", index, [])
    case .sum(let node, let count): ("sum", node, [count])
    case .higher(let index, let order): ("higher", index, [order])
    case .entry(.higher(let index, let order), let entry): ("higherEntry", index, [entry, order])
    case .entry(.value(let index), let entry): ("valueEntry", index, [entry])
    case .entry(.derivative(let index), let entry): ("derivativeEntry", index, [entry])
    case .entry(.contribution(let index), let entry): ("contributionEntry", index, [entry])
    case .entry(.sum(let node, let count), let entry): ("sumEntry", node, [entry, count])
    case .entry(.other, _), .other: nil
    }
  }
}
