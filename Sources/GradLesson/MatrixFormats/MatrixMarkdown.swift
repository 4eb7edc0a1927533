extension MatrixFormat {
  /// A table for documents.
  public static let markdown = MatrixFormat(
    name: "markdown", fileExtension: "md", separator: "\n"
  ) { matrix in SheetFormat.markdown.write(matrix.sheet) }
}
