import GradBase
public import GraphvizGrad

/// A preprocessor for mdBook: fenced blocks of the language `grad` become figures in the chapters.
///
/// Everything else in the book is the same bytes as before.
public struct MdBookFilter: Sendable {
  /// The bytes of a file, for the places of mistakes; `nil` for what cannot be read.
  public var contents: @Sendable (String) -> [UInt8]? = { _ in nil }

  /// Whether documents and their programs may name files beside them.
  public var trustsHeads = false

  /// Hears that work on a figure begins, in the file that is named.
  public var begins: @Sendable (String) -> Void = { _ in }

  /// A filter that reads no files.
  public init() {}

  /// Filters a book.
  ///
  /// - Parameter bytes: What mdBook gives to preprocessors: a list of the context and the book.
  /// - Returns: The book.
  /// - Throws: ``GradRequest/FigureError`` with all that is wrong; there is nothing to write then.
  public func filter(_ bytes: [UInt8]) throws(FigureError) -> FilteredDocument {
    let root = try Self.input.read(bytes) { root in
      // The list of chapters has had another name since version 0.5.
      root[0]?["renderer"] != nil && (root[1]?["items"] ?? root[1]?["sections"])?.kind == .array
    }.root
    guard let context = root[0], let book = root[1] else { preconditionFailure("it was looked at") }
    var mistakes: [Diagnostic] = []
    var defaults: FigureDefaults?
    do {
      defaults = try FigureDefaults(Self.options(context), in: "book.toml", isTrusted: trustsHeads)
    } catch {
      mistakes = error.diagnostics
    }
    var writer = MarkupWriter(isHTML: context["renderer"]?.isString("html") ?? true)
    var edits = JSONEdits()
    for chapter in book.descendants {
      guard let content = chapter["content"], let text = content.string, text.contains("grad"),
        chapter["sub_items"] != nil
      else { continue }
      let path = chapter["source_path"]?.string ?? chapter["path"]?.string
      let folder = context["config"]?["book"]?["src"]?.string ?? "src"
      let name = path.map { "\(folder)/\($0)" } ?? "<chapter \(chapter["name"]?.string ?? "")>"
      let root = context["root"]?.string ?? "."
      var page = MarkdownPage(name, Array(text.utf8), file: contents("\(root)/\(name)")) {
        contents("\(root)/\($0)")
      }
      page.isTrusted = trustsHeads
      page.begins = begins
      if let changed = try page.drawn(defaults, &writer) {
        edits.replace(content, with: JSONDocument.quoted(changed))
      }
      mistakes += page.mistakes
    }
    if !mistakes.isEmpty { throw .request(mistakes) }
    return FilteredDocument(bytes: edits.bytes(of: book), warnings: writer.warnings)
  }

  private static let input = FilterInput(
    name: "book of mdbook", code: "not-mdbook",
    help: "let mdbook run the filter; lines for book.toml: graphviz-grad integration mdbook")

  /// What `book.toml` says of all figures, besides what mdBook reads there itself.
  private static func options(_ context: JSONValue) -> [(name: String, value: String)] {
    let own: Set = ["command", "before", "after", "renderers", "renderer", "optional"]
    let entries = context["config"]?["preprocessor"]?["graphviz-grad"]?.members ?? []
    return entries.compactMap { key, value in
      guard let name = key.string, !own.contains(name) else { return nil }
      return (name, value.string ?? value.spelling)
    }
  }
}
