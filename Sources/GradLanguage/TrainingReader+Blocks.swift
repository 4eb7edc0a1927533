extension TrainingReader {
  // MARK: Blocks

  /// The blocks of a program by their indentation.
  struct Blocks {
    /// By word, the innermost block that it stands in; −1 for the program itself.
    var ofWord: [Int] = []
    /// By block, the first word of the line that opens it.
    var heads: [Int] = []
    /// By block, the one around it.
    var parents: [Int] = []
    /// By word, the first word of its line.
    var lines: [Int] = []

    /// The blocks around a word, the outermost first.
    func around(_ word: Int) -> [Int] {
      var (blocks, block) = ([Int](), ofWord[word])
      while block >= 0 {
        blocks.insert(block, at: 0)
        block = parents[block]
      }
      return blocks
    }
  }

  func readBlocks() -> Blocks {
    var blocks = Blocks()
    var (block, line) = (-1, 0)
    for index in tokens.indices {
      switch tokens[index].kind {
      case .indent:
        blocks.heads.append(line)
        blocks.parents.append(block)
        block = blocks.heads.count - 1
      case .dedent: if block >= 0 { block = blocks.parents[block] }
      case .newline: break
      default:
        let before = index > 0 ? tokens[index - 1].kind : .newline
        if [.newline, .indent, .dedent].contains(before) { line = index }
      }
      blocks.ofWord.append(block)
      blocks.lines.append(line)
    }
    return blocks
  }

  /// The loops around a word, by their blocks, the outermost first; those over an optimizer's groups are none.
  func loops(around word: Int, _ blocks: Blocks) -> [Int] {
    blocks.around(word).filter { block in
      let head = blocks.heads[block]
      let isGroups = (head..<end(ofLineFrom: head)).contains {
        kind($0) == .name && text($0) == "param_groups"
      }
      return ["for", "while"].contains(text(head)) && !isGroups
    }
  }
}
