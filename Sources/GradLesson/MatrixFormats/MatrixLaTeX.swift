extension MatrixFormat {
  /// A LaTeX document of one table.
  public static let latex = MatrixFormat(name: "latex", fileExtension: "tex", separator: "\n") {
    matrix in SheetFormat.latex.write(matrix.sheet)
  }
}
