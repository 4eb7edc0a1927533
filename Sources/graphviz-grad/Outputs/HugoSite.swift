import GradBase
import GradDocuments
import GraphvizGrad

/// What a site of Hugo does with pages of Markdown: it leaves HTML in them out, unless it is told otherwise.
enum HugoSite {
  private static let files = ["hugo", "config/_default/hugo", "config", "config/_default/config"]
    .flatMap { stem in ["toml", "yaml", "yml", "json"].map { "\(stem).\($0)" } }

  /// A word about each page whose images its site would leave out.
  static func warnings(about pages: [MarkdownInPlace.File]) -> [Diagnostic] {
    pages.filter(\.hasHTML).compactMap { page in
      guard let file = configuration(above: page.path),
        let bytes = try? contents(ofFile: file),
        !String(decoding: bytes, as: UTF8.self).contains("unsafe")
      else { return nil }
      return Diagnostic(
        .warning, code: "html-left-out",
        "images with a caption, a size or a twin are HTML, which Hugo leaves out", file: page.path,
        help: "--plain writes images of Markdown alone; or '\(file)' may say unsafe = true below "
          + "[markup.goldmark.renderer]")
    }
  }

  /// The configuration of the site that a page belongs to: its folder holds the page below `content`.
  private static func configuration(above page: String) -> String? {
    let path = FilePlace(page).path
    var folder = path[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = path[..<slash]
      guard path[slash...].hasPrefix("/content/") else { continue }
      if let file = files.first(where: { access("\(folder)/\($0)", R_OK) == 0 }) {
        return "\(folder)/\(file)"
      }
    }
    return nil
  }
}
