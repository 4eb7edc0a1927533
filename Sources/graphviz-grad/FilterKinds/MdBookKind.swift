import GradDocuments
import GraphvizGrad

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension FilterKind {
  /// Books of mdBook, as it gives them to preprocessors.
  static let mdbook = FilterKind(name: "mdbook") { words in
    // mdBook asks first whether a format of books is served; all of them are.
    if words.first == "supports", words.count <= 2 { return }
    if let word = words.first {
      throw Failure.usage(
        "'\(word)' is one word too many", help: "graphviz-grad filter mdbook supports html")
    }
    if isatty(0) == 1 {
      throw Failure.usage(
        "filter mdbook reads what mdbook writes",
        help: "lines for book.toml: graphviz-grad integration mdbook")
    }
    var filter = MdBookFilter()
    filter.contents = { try? contents(ofFile: $0) }
    let result: MdBookFilter.Result
    let bytes = try Input.standard.bytes()
    do throws(DocumentFailure) {
      result = try filter.filter(bytes)
    } catch {
      throw Failure(error)
    }
    Messages.write(result.warnings)
    try Output.standard.write(result.bytes)
  }
}

extension Failure {
  /// A document that has no figures.
  init(_ failure: DocumentFailure) {
    switch failure {
    case .document(let mistakes): self.init(.program, mistakes)
    case .graphviz(let error): self.init(error)
    }
  }
}
