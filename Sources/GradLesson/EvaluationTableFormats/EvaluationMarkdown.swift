extension EvaluationTableFormat {
  /// A table for documents.
  public static let markdown = EvaluationTableFormat(name: "markdown", fileExtension: "md") {
    table in
    PageFormat.markdown.write(table.page)
  }
}
