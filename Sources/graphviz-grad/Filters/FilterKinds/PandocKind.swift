import GradBase
import GradDocuments
import GraphvizGrad

extension FilterKind {
  /// Documents of pandoc, and of Quarto, as pandoc gives them to filters.
  static let pandoc = FilterKind(
    name: "pandoc", hint: "pandoc notes.md --filter pandoc-graphviz-grad -o notes.html"
  ) { (words, options) throws(Failure) in
    if words.count > 1 {
      throw Failure.usage(
        "'\(words[1])' is one word too many", help: "graphviz-grad filter pandoc FORMAT")
    }
    var filter = PandocFilter(to: words.first ?? "")
    filter.documents = documents()
    filter.folder = options.folder
    filter.trustsHeads = options.trustsHeads
    filter.begins = options.begins
    return filter.filter
  }

  /// Files that may be the document: those that a variable names, else those that pandoc was given.
  private static func documents() -> [(path: String, bytes: [UInt8])] {
    var paths = ["GRAPHVIZ_GRAD_SOURCE", "QUARTO_DOCUMENT_PATH"].compactMap(variable)
    if let line = try? contents(ofFile: "/proc/\(getppid())/cmdline") {
      paths += line.split(separator: 0).dropFirst().map { String(decoding: $0, as: UTF8.self) }
        .filter { !$0.hasPrefix("-") }
    }
    return documents(paths)
  }
}
