/// All words of one language that readers of figures, sheets and pages meet.
///
/// Names and formulas are the program's own. To add a language, add a file to `Languages/` and name it
/// in ``all``; without one of its words it does not compile.
public struct Language: Sendable {
  /// The language's tag (BCP 47), which the command line takes.
  public let tag: String
  package let figure: FigureWords
  package let sheet: SheetWords
  package let page: PageWords
  package let matrix: MatrixWords
  package let newton: NewtonWords
}

extension Language {
  /// Every language, in the order `--help` lists them.
  public static let all: [Language] = [english, traditionalChinese]
}
