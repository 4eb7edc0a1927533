extension EvaluationTableFormat {
  /// Columns for a terminal.
  public static let text = EvaluationTableFormat(name: "text", fileExtension: "txt") { table in
    SheetFormat.text.write(table.sheet)
  }
}
