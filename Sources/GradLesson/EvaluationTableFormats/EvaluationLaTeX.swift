extension EvaluationTableFormat {
  /// A LaTeX document of one table.
  public static let latex = EvaluationTableFormat(name: "latex", fileExtension: "tex") { table in
    SheetFormat.latex.write(table.sheet)
  }
}
