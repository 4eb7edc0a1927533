import GradBase
import GradDocuments
import GraphvizGrad

/// What a site of Jekyll does with pages of Markdown: a fence with a space in its first line is no fence to
/// kramdown, which reads the program as text.
enum JekyllSite {
  /// A word about each block that its site would not know as one.
  static func warnings(about pages: [MarkdownInPlace.File]) -> [Diagnostic] {
    pages.filter { isPage($0.path) }.flatMap(\.spacedBlocks).map { place in
      Diagnostic(
        .warning, code: "space-in-fence", "Jekyll reads a fence with a space behind it as text",
        file: place.source.name, span: place,
        help: "join options by commas, without spaces, or put them into a line '#:' of the program")
    }
  }

  /// Whether a page is below the configuration of a site.
  private static func isPage(_ page: String) -> Bool {
    var folder = FilePlace(page).path[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if ["_config.yml", "_config.yaml", "_config.toml"].contains(where: {
        access("\(folder)/\($0)", R_OK) == 0
      }) {
        return true
      }
    }
    return false
  }
}
