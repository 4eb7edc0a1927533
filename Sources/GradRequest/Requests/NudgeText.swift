public import GradFigure

import GradLanguage

extension Nudge {
  /// Reads `b=0.001` or `W[0, 1]=0.001`; the amount is a closed expression.
  ///
  /// - Throws: What is wrong with the text.
  public init(parsing text: String) throws(FigureOption.Mistake) {
    let help = "a nudge is written NAME=AMOUNT, for instance b=0.001"
    var (name, rest) = (String?.none, text)
    // An entry of an array is no name of the language.
    if let mark = text.firstIndex(of: "="), text[..<mark].contains("[") {
      name = String(text[..<mark].filter { $0 != " " })
      rest = "amount" + text[mark...]
    }
    let settings: [InputValue]
    do {
      settings = try InputValue.parse(Source("--nudge", text: rest))
    } catch {
      // An id, such as c@2, is no name of the language.
      guard let mark = text.lastIndex(of: "="), mark > text.startIndex,
        let amount = Double(text[text.index(after: mark)...])
      else { throw FigureOption.Mistake(message: "'\(text)' is no nudge", help: help) }
      try self.init(checking: String(text[..<mark]), amount)
      return
    }
    guard settings.count == 1 else {
      throw FigureOption.Mistake(message: "'\(text)' moves several values", help: help)
    }
    try self.init(checking: name ?? settings[0].name, settings[0].value)
  }

  private init(checking name: String, _ amount: Double) throws(FigureOption.Mistake) {
    guard amount.isFinite, amount != 0 else {
      throw FigureOption.Mistake(
        message: "'\(name)' is moved by \(amount == 0 ? "nothing" : "no number")",
        help: "a nudge is a small number, for instance 0.001")
    }
    self.init(name, by: amount)
  }
}

extension Blanks {
  /// Reads a list with commas: kinds (`derivatives`) and names (`db`, `u`, `dW[0, 1]`).
  public init(parsing text: String) {
    self.init()
    var depth = 0
    // A comma between brackets parts indices.
    let words = text.split { letter in
      if letter == "[" { depth += 1 }
      if letter == "]" { depth -= 1 }
      return letter == "," && depth <= 0
    }
    for word in words.map({ $0.filter { $0 != " " } }) {
      if let kind = Kind(rawValue: word) { kinds.insert(kind) } else { names.insert(word) }
    }
  }
}
