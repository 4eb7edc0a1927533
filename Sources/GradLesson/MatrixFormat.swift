public import GradFigure

/// A way to write a matrix of derivatives down as text.
///
/// To add one, add a file to `MatrixFormats/` and name it in ``all``.
public struct MatrixFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// What stands between the matrices of several programs.
  public let separator: String
  /// Writes a matrix.
  public let write: @Sendable (MatrixReading) -> String

  /// Every format, in the order `--help` lists them.
  public static let all: [MatrixFormat] = [table, json, markdown, latex]
}

extension MatrixReading {
  /// The matrix on a sheet: what it is and where, the gradient beside a Hessian, and the numbers between the
  /// names of their rows and columns.
  var sheet: Sheet {
    let words = options.language.sheet
    var sheet = Sheet(title, language: options.language.tag)
    if let point { sheet.blocks.append(.paragraph(Prose(point))) }
    if !gradient.isEmpty { sheet.blocks.append(.paragraph(words.list(gradient))) }
    sheet.blocks.append(
      .table(
        head: [""] + columns.map { Prose($0.name) },
        rows: zip(rows, texts).map { row, numbers in
          [Prose(row.name)] + numbers.map { Prose($0) }
        }, isNumber: [false] + columns.map { _ in true }))
    sheet.blocks += kinkLines.map { .paragraph(Prose($0)) }
    return sheet
  }
}
