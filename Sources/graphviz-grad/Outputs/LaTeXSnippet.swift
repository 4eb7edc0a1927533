/// The lines that bring frames onto a slide of Beamer, one overlay a frame.
enum LaTeXSnippet {
  private static let size = "width=\\linewidth,height=.85\\textheight,keepaspectratio"

  /// For one PDF of `count` pages.
  static func pages(of path: String, count: Int) -> String {
    let lines = (1...count).map { "\\includegraphics<\($0)>[page=\($0),\(size)]{\(path)}%" }
    return slide("graphicx", lines)
  }

  /// For one PDF a frame: `\multiinclude` where the names are those that it asks for.
  ///
  /// - Parameters:
  ///   - names: How the files are called.
  ///   - numbers: The numbers of the frames.
  ///   - paths: The files.
  ///   - replaces: Whether a frame takes the place of the one before it, rather than adding to it.
  /// - Returns: The lines.
  static func files(
    _ names: FrameNames, numbers: [Int], paths: [String], replaces: Bool
  ) -> String {
    let isInRow = zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 }
    let stem = names.path.dropLast("-{n}.pdf".count)
    if isInRow, names.path.hasSuffix("-{n}.pdf"), !stem.contains("{"), let first = numbers.first,
      let last = numbers.last
    {
      return slide(
        "xmpmulti",
        [
          "\\multiinclude[<+\(replaces ? "" : "-")>][format=pdf,start=\(first),end=\(last),graphics={\(size)}]{\(stem)}"
        ])
    }
    return slide(
      "graphicx",
      paths.enumerated().map { "\\includegraphics<\($0 + 1)>[\(size)]{\($1)}%" })
  }

  private static func slide(_ package: String, _ lines: [String]) -> String {
    (["% In the preamble: \\usepackage{\(package)}", "\\begin{frame}", "  \\centering"]
      + lines.map { "  \($0)" } + ["\\end{frame}"]).joined(separator: "\n") + "\n"
  }
}
