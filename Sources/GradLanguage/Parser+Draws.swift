/// Random numbers that a program draws, as its words tell before it is read.
extension Parser {
  /// Whether the program draws numbers of Python's own `random`, whose seed then matters.
  var drawsOfPython: Bool {
    tokens.indices.dropFirst(2).contains { index in
      guard tokens[index].kind == .name, Draw.ofPython[text(tokens[index])] != nil else {
        return false
      }
      let owner = tokens[index - 1].kind == .dot ? tokens[index - 2] : tokens[index]
      return owner.kind == .name && (origins[owner.payload] ?? text(owner)) == "random"
    }
  }

  /// Whether the program draws numbers of PyTorch, or has layers that begin with some.
  var drawsOfTorch: Bool {
    tokens.contains { token in
      guard token.kind == .name else { return false }
      let word = text(token)
      return Draw.ofTorch[word] != nil || InPlace.random[word] != nil || Layer.draws(word)
        || word != "uniform_" && word.hasSuffix("_") && ArrayWord.starts[word] != nil
    }
  }

  /// Whether the statement is a `print` of random numbers, which is then read for what it draws; what else is
  /// left out and draws is refused.
  mutating func drawsBesides() -> Bool {
    guard isSeeded else { return false }
    var end = position
    while !endsStatement(tokens[end].kind) { end += 1 }
    guard text(token) == "print", next.kind == .open else {
      refuseDraws(in: position..<end)
      return false
    }
    return (position..<end).contains { isDraw($0) }
  }

  /// Refuses what is left out and draws random numbers, since those drawn later would be others.
  mutating func refuseDraws(in statement: Range<Int>) {
    guard isSeeded, let draw = statement.first(where: { isDraw($0) }) else { return }
    _ = isKnown(-1)
    // What stands before it in a loop comes after it too.
    let others = tokens.indices.lazy.filter { [isInBody = !bodies.isEmpty] in
      $0 >= statement.upperBound || isInBody && $0 < statement.lowerBound
    }
    let drawsLater = others.contains { index in
      let token = tokens[index]
      // What the program has made itself may draw wherever it is called.
      return isDraw(index)
        || token.kind == .name && tokens[index + 1].kind == .open
          && (Layer.draws(text(token)) || known.contains(token.payload))
    }
    if !drawsLater { return }
    report.error(
      .arrays, "this is left out, and draws random numbers, so that later ones would be others",
      at: tokens[draw].range, help: "give what is drawn a name first: x = …")
  }

  /// Whether a function of a library that draws random numbers is called at a place, or within the text there.
  private func isDraw(_ index: Int) -> Bool {
    let token = tokens[index]
    if token.kind == .string {
      // `f"{torch.rand(2)}"`
      return isInterpolated(token)
        && text(token).split(separator: "(").dropLast().contains { before in
          let word = before.reversed().prefix { $0.isLetter || $0 == "_" }.reversed()
          return isDraw(String(word), of: before.dropLast(word.count))
        }
    }
    guard token.kind == .name, tokens[index + 1].kind == .open, index > 1 else { return false }
    return isDraw(
      text(token), of: source.text(tokens[index - 2].range.lowerBound..<token.range.lowerBound))
  }

  /// Whether a word draws, behind what ends with its owner and a dot.
  private func isDraw(_ word: String, of owner: some StringProtocol) -> Bool {
    guard owner.hasSuffix(".") else { return false }
    return Draw.ofTorch[word] != nil || Draw.named(word, of: .legacy) != nil
      || Draw.ofPython[word] != nil && owner.hasSuffix("random.")
  }
}
