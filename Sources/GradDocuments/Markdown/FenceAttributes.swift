/// What the opening line of a program's block asks for.
///
/// `grad`, then names with values, `#name` for the figure's own; with or without braces, as
/// `grad theme=dark`, `grad,theme=dark`, `grad {#fig-a width=60%}` and `{.grad #fig-a}`.
struct FenceAttributes {
  /// The figure's name; empty if it has none.
  private(set) var identifier = ""
  /// What is asked for, in the order written.
  private(set) var attributes: [Attribute] = []

  struct Attribute {
    let name: String
    let value: String
    /// The whole, as it is written.
    let spelling: String
    /// How many letters stand before it.
    let offset: Int
  }

  /// Reads what stands after a fence; `nil` if the block is no program.
  init?(_ info: String) {
    let words = Self.words(info)
    let first = words.first?.text ?? ""
    let isBraced = info.hasPrefix("{")
    let language = isBraced ? words.first { $0.text == ".grad" || $0.text == "grad" }?.text : first
    guard let language, language == "grad" || isBraced else { return nil }
    for word in words where word.text != language {
      if word.text.hasPrefix("#") {
        identifier = String(word.text.dropFirst())
      } else if !word.text.hasPrefix(".") {
        let parts = word.text.split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count == 2 ? parts[1] : "true"
        if let quote = value.first, quote == "\"" || quote == "'", value.count > 1,
          value.last == quote
        {
          value = value.dropFirst().dropLast()
          value.replace("\\\(quote)", with: "\(quote)")
        }
        attributes.append(
          Attribute(
            name: String(parts[0]), value: String(value), spelling: word.text, offset: word.offset))
      }
    }
  }

  /// Words between spaces, commas and braces; what is in quotation marks belongs together.
  private static func words(_ info: String) -> [(text: String, offset: Int)] {
    var words: [(text: String, offset: Int)] = []
    var word = ""
    var quote: Character?
    for (offset, letter) in (info + " ").enumerated() {
      if let open = quote {
        // A backslash makes the mark part of the value.
        if letter == open, word.last != "\\" { quote = nil }
        word.append(letter)
      } else if " \t,{}".contains(letter) {
        if !word.isEmpty { words.append((word, offset - word.count)) }
        word = ""
      } else {
        if (letter == "\"" || letter == "'") && word.hasSuffix("=") { quote = letter }
        word.append(letter)
      }
    }
    // A mark that nothing closes makes the rest a value.
    if !word.isEmpty { words.append((String(word.dropLast()), info.count - word.count + 1)) }
    return words
  }
}
