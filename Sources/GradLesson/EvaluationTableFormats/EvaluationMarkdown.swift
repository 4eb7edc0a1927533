extension EvaluationTableFormat {
  /// A table for documents.
  public static let markdown = EvaluationTableFormat(name: "markdown", fileExtension: "md") {
    table in
    SheetFormat.markdown.write(table.sheet)
  }
}
