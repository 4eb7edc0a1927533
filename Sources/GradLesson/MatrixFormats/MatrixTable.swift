extension MatrixFormat {
  /// Columns for a terminal.
  public static let table = MatrixFormat(name: "table", fileExtension: "txt", separator: "\n") {
    matrix in SheetFormat.text.write(matrix.sheet)
  }
}
