import GradBase

extension Highlighting {
  /// A lexer of Pygments, which Sphinx, MkDocs and nbconvert colour with.
  ///
  /// - Parameter note: Who wrote it.
  /// - Returns: The text of a module of Python.
  package func pygmentsLexer(note: String) -> String {
    let rules = rules.map { rule in
      // Here a pattern may go over several lines.
      let pattern =
        rule.end.map { "\(rule.pattern)(?:\\\\[\\s\\S]|[^\\\\])*?\($0)" } ?? rule.pattern
      return "            (\(Self.literal(pattern)), \(rule.kind.pygmentsToken)),\n"
    }.joined()
    return """
      # \(note)
      \"""Colours for programs of graphviz-grad (`*.grad`), as a lexer of Pygments.

      Sphinx, MkDocs, nbconvert and `pygmentize` find it where the package is installed. Elsewhere save this file as
      `grad_lexer.py` and give it by name: `pygmentize -x -l grad_lexer.py:GradLexer lecture.grad`.
      \"""

      from pygments.lexer import RegexLexer
      from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

      __all__ = ["GradLexer"]


      class GradLexer(RegexLexer):
          \"""A program of graphviz-grad: a computation, one assignment a line.\"""

          name = "graphviz-grad"
          aliases = ["grad", "graphviz-grad"]
          filenames = ["*.grad"]
          mimetypes = ["text/x-grad"]

          tokens = {
              "root": [
                  ("\\\\\\\\?\\\\s+|\\\\\\\\", Whitespace),
      \(rules.dropLast())
              ],
          }

      """
  }

  /// A text of Python, in pieces that fit a line.
  private static func literal(_ pattern: String) -> String {
    var lines = [""]
    for piece in pieces(of: pattern) {
      if lines[lines.count - 1].count + piece.count > 84 { lines.append("") }
      lines[lines.count - 1] += piece
    }
    // A text of JSON is one of Python.
    return lines.filter { !$0.isEmpty }.map { JSONDocument.quoted($0) }
      .joined(separator: "\n             ")
  }

  /// The parts between the bars that part words, each with its bar.
  private static func pieces(of pattern: String) -> [Substring] {
    var pieces: [Substring] = []
    var begin = pattern.startIndex
    for index in pattern.indices where pattern[index] == "|" && begin < index {
      pieces.append(pattern[begin...index])
      begin = pattern.index(after: index)
    }
    return pieces + [pattern[begin...]]
  }
}

extension Highlighting.Kind {
  /// The token of Pygments for it.
  fileprivate var pygmentsToken: String {
    switch self {
    case .options: "Comment.Special"
    case .comment: "Comment.Single"
    case .string: "String"
    case .number: "Number"
    case .prompt: "Generic.Prompt"
    case .keyword: "Keyword"
    case .constant: "Keyword.Constant"
    case .numberName: "Name.Constant"
    case .module: "Name.Namespace"
    case .function: "Name.Builtin"
    case .call: "Name.Function"
    case .name: "Name"
    case .operator: "Operator"
    case .punctuation: "Punctuation"
    }
  }
}
