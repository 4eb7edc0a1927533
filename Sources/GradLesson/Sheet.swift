public import GradFigure

/// A lesson, a table or an exercise on paper: text with mathematics, in no format yet.
public struct Sheet: Sendable {
  /// The line at the top.
  public var title: Prose
  /// The language's tag (BCP 47).
  public var language: String
  /// What stands below it.
  public var blocks: [Block] = []

  /// A sheet of a title alone.
  public init(_ title: Prose, language: String) {
    self.title = title
    self.language = language
  }

  /// A part of a sheet.
  public enum Block: Sendable {
    case heading(Prose)
    case paragraph(Prose)
    /// Equal formulas, with a sign of equality between neighbours.
    case chain([MathText])
    /// Numbered lines.
    case items([Prose])
    /// A table with a line of heads; of the columns, those that are numbers stand on the right.
    case table(head: [Prose], rows: [[Prose]], isNumber: [Bool])
    case figure(Picture)
    /// What follows begins on another page.
    case pageBreak
  }

  /// A figure on a sheet.
  public struct Picture: Sendable {
    /// What it shows, in words.
    public var alternative: String
    /// Where the picture is, for formats that point at it.
    public var link: String
    /// The picture as LaTeX, from `\begin{tikzpicture}` to `\end{tikzpicture}`.
    public var tikz: String

    /// A picture from its parts.
    public init(alternative: String, link: String, tikz: String) {
      self.alternative = alternative
      self.link = link
      self.tikz = tikz
    }
  }
}

/// A way to write a sheet down.
///
/// To add one, add a file to `SheetFormats/` and name it in ``all``.
public struct SheetFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Writes a sheet.
  public let write: @Sendable (Sheet) -> String

  /// Every format, in the order `--help` lists them.
  public static let all: [SheetFormat] = [text, markdown, latex]
}
