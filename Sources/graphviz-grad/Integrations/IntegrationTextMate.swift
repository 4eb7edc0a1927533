import GradEditor
import GraphvizGrad

extension Integration {
  /// Colours for whatever reads grammars of TextMate.
  static let textMate = Integration(
    name: "textmate",
    summary: "colours as a TextMate grammar, for VS Code, Shiki, GitHub's linguist",
    text: Highlighting.language.textMateGrammar(
      note: "\(note("textmate")) Save as grad.tmLanguage.json. The scope is source.grad."))

  /// The first words of files of colours.
  static func note(_ name: String) -> String {
    "Written by `graphviz-grad integration \(name)` (graphviz-grad \(Version.project))."
  }
}
