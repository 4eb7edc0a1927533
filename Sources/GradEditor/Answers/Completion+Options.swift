import GradLanguage
import GradRequest

extension Analysis {
  /// What may be written in a comment that holds options: an option, or the value of the one before it.
  func optionCompletion(at offset: Int, _ word: SourceWord) -> Completion {
    let written = source.text(word.range.lowerBound..<offset)
    let words = written.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false)
    var text = words.last.map(String.init) ?? ""
    var values: [String]?
    if text.hasPrefix("--"), let sign = text.firstIndex(of: "=") {
      values = self.values(ofOption: String(text[..<sign].dropFirst(2)))
      text = String(text[text.index(after: sign)...])
    } else if let last = words.dropLast().last(where: { !$0.isEmpty }), last.hasPrefix("--"),
      !last.contains("="), !ProgramHead.flags.contains(String(last.dropFirst(2))),
      !text.hasPrefix("-")
    {
      values = self.values(ofOption: String(last.dropFirst(2)))
    }
    var completion = Completion(range: offset..<offset, items: [])
    if let values {
      // Of names with commas between them the last is written.
      text =
        text.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init) ?? ""
      completion.items = values.map { .init(label: $0, kind: .constant) }
    } else if "--".hasPrefix(text) || text.hasPrefix("--") {
      completion.items = ProgramHead.names.sorted().map { name in
        let words = FigureOption.named(name)?.words ?? []
        return .init(
          label: "--\(name)", kind: .property,
          detail: words.isEmpty ? nil : words.joined(separator: ", "))
      }
    }
    completion.range = offset - text.utf8.count..<offset
    completion.limit(to: text)
    return completion
  }

  /// What the value of an option may be, as far as words or names of the program are.
  private func values(ofOption name: String) -> [String] {
    if ["of", "wrt", "focus"].contains(name) {
      return scopes.visibleSymbols(from: 0).map { scopes.symbols[$0] }
        .filter { $0.kind == .value && !$0.definitions.isEmpty }.map(\.name).sorted()
    }
    return ProgramHead.flags.contains(name)
      ? ["true", "false"] : FigureOption.named(name)?.words ?? []
  }
}
