import GradEditor
import GraphvizGrad

extension Integration {
  /// Colours for Sublime Text, and for Typst and bat, which read the same.
  static let sublime = Integration(
    name: "sublime",
    summary: "colours as a syntax of Sublime Text, for Typst and bat too",
    text:
      "# Save as grad.sublime-syntax: in Sublime Text's folder Packages/User; for Typst beside the document,\n"
      + "# #set raw(syntaxes: \"grad.sublime-syntax\"); for bat in $(bat --config-dir)/syntaxes.\n"
      + Highlighting.language.sublimeSyntax(note: note("sublime")))
}
