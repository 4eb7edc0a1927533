import GradLanguage

extension Highlighting {
  /// The words of the table that editors colour without patterns.
  package var keywords: [String] { KnownName.keywords }

  /// The functions of the language.
  package var functions: [String] {
    (KnownName.functions + KnownName.words + KnownName.wrappers).filter { name in
      name.utf8.allSatisfy { $0 < 0x80 }
    }
  }

  /// A syntax of Vim, as its commands.
  package var vimSyntax: String {
    func keywords(_ group: String, _ words: [String]) -> String {
      stride(from: 0, to: words.count, by: 12).map {
        "syntax keyword \(group) \(words[$0..<min($0 + 12, words.count)].joined(separator: " "))\n"
      }.joined()
    }
    // Vim has a few commands of the same names as arguments.
    let reserved = ["contains", "contained", "display", "extend", "fold", "transparent"]
    return keywords("gradKeyword", self.keywords)
      + keywords("gradFunction", functions.filter { !reserved.contains($0) })
      + keywords("gradConstant", KnownName.constants)
        + """
        syntax match gradNumber /\\v<\\d[0-9_]*(\\.[0-9_]*)?([eE][+-]?\\d+)?/
        syntax match gradOperator /[-+*\\/<>=^%@&|!·×√]/
        syntax region gradString start=/"/ skip=/\\\\./ end=/"/ oneline
        syntax region gradString start=/'/ skip=/\\\\./ end=/'/ oneline
        syntax region gradString start=/\"""/ end=/\"""/
        syntax region gradString start=/'''/ end=/'''/
        syntax match gradComment /#.*/
        syntax match gradOptions /#:.*/
        highlight default link gradKeyword Keyword
        highlight default link gradFunction Function
        highlight default link gradConstant Constant
        highlight default link gradNumber Number
        highlight default link gradOperator Operator
        highlight default link gradString String
        highlight default link gradComment Comment
        highlight default link gradOptions SpecialComment

        """
  }
}
