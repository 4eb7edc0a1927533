extension NudgeFormat {
  /// A table for documents.
  public static let markdown = NudgeFormat(name: "markdown", fileExtension: "md", separator: "\n") {
    effect in
    SheetFormat.markdown.write(effect.sheet)
  }
}
