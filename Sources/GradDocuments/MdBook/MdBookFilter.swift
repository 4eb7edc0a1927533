public import GraphvizGrad

/// A preprocessor for mdBook: fenced blocks of the language `grad` become figures in the chapters.
///
/// Everything else in the book is the same bytes as before.
public struct MdBookFilter: Sendable {
  /// The bytes of a file, for the places of mistakes; `nil` for what cannot be read.
  public var contents: @Sendable (String) -> [UInt8]? = { _ in nil }

  /// A filter that reads no files.
  public init() {}

  /// A book with its figures.
  public struct Result: Sendable {
    /// The book for mdBook.
    public var bytes: [UInt8]
    /// What is worth a word although there are figures.
    public var warnings: [Diagnostic] = []
  }

  /// Filters a book.
  ///
  /// - Parameter bytes: What mdBook gives to preprocessors: a list of the context and the book.
  /// - Returns: The book.
  /// - Throws: ``DocumentFailure`` with all that is wrong; there is nothing to write then.
  public func filter(_ bytes: [UInt8]) throws(DocumentFailure) -> Result {
    let (context, book) = try read(bytes)
    var mistakes: [Diagnostic] = []
    var defaults: FigureDefaults?
    do {
      defaults = try FigureDefaults(Self.options(context), in: "book.toml")
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
      let file = contents("\(context["root"]?.string ?? ".")/\(name)")
      var page = MarkdownPage(name, Array(text.utf8), file: file)
      do throws(GraphvizError) {
        if let changed = try page.drawn(defaults, &writer) {
          edits.replace(content, with: JSONDocument.quoted(changed))
        }
      } catch {
        throw .graphviz(error)
      }
      mistakes += page.mistakes
    }
    if !mistakes.isEmpty { throw .document(mistakes) }
    return Result(bytes: edits.bytes(of: book), warnings: writer.warnings)
  }

  private func read(_ bytes: [UInt8]) throws(DocumentFailure) -> (JSONValue, JSONValue) {
    func mistake(_ message: String) -> DocumentFailure {
      .document([
        Diagnostic(
          .error, code: "not-mdbook", message, file: "<stdin>",
          help: "let mdbook run the filter; lines for book.toml: graphviz-grad integration mdbook")
      ])
    }
    do {
      let root = try JSONDocument(bytes).root
      // The list of chapters has had another name since version 0.5.
      guard let context = root[0], let book = root[1], context["renderer"] != nil,
        (book["items"] ?? book["sections"])?.kind == .array
      else { throw mistake("standard input is JSON, but no book of mdbook") }
      return (context, book)
    } catch let error as DocumentFailure {
      throw error
    } catch let error as JSONMistake {
      throw mistake(
        "standard input is no book of mdbook: line \(error.line), column \(error.column): "
          + error.message)
    } catch {
      preconditionFailure("no other error is thrown")
    }
  }

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
