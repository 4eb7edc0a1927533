import GradEditor
import GraphvizGrad

extension Integration {
  /// Colours for Sphinx, MkDocs, nbconvert and LaTeX's minted.
  static let pygments = Integration(
    name: "pygments",
    summary: "colours as a lexer of Pygments, for Sphinx, MkDocs, nbconvert, minted",
    text: Highlighting.language.pygmentsLexer(note: note("pygments")))
}
