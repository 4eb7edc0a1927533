import GradDocuments
import GraphvizGrad

extension FilterKind {
  /// Books of mdBook, as it gives them to preprocessors.
  static let mdbook = FilterKind(
    name: "mdbook", hint: "lines for book.toml: graphviz-grad integration mdbook"
  ) { (words, options) throws(Failure) in
    // mdBook asks first whether a format of books is served; all of them are.
    if words.first == "supports", words.count <= 2 { return nil }
    if let word = words.first {
      throw Failure.usage(
        "'\(word)' is one word too many", help: "graphviz-grad filter mdbook supports html")
    }
    if options.folder != nil {
      throw Failure.usage("the pictures of a book are in its pages", help: "leave --folder out")
    }
    var filter = MdBookFilter()
    filter.trustsHeads = options.trustsHeads
    filter.begins = options.begins
    filter.contents = { try? contents(ofFile: $0) }
    return filter.filter
  }
}
