import GradDocuments
import GraphvizGrad

extension FilterKind {
  /// One block of code, for tools that have no document to hand over.
  static let block = FilterKind(
    name: "block", hint: "graphviz-grad filter block svg caption='A square' < square.grad"
  ) { (words, options) throws(Failure) in
    var mistakes: [Diagnostic] = []
    let format =
      FormatChoice(all: OutputFormat.all).named(words.first ?? "svg", &mistakes) ?? .svg
    if options.folder != nil {
      mistakes.append(
        Messages.error(
          "usage", "the picture of a block is in what is written", help: "leave --folder out"))
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let attributes = words.dropFirst().map { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0] == "name" ? "label" : String(parts[0])
      return FigureBlock.Attribute(name, parts.count == 2 ? String(parts[1]) : "true")
    }
    // What is said of all blocks comes last, after the head of the program.
    let mark = "default."
    var filter = BlockFilter(to: format, attributes.filter { !$0.name.hasPrefix(mark) })
    filter.defaults = attributes.filter { $0.name.hasPrefix(mark) }
      .map { .init(String($0.name.dropFirst(mark.count)), $0.value) }
    filter.documents = documents(variable("GRAPHVIZ_GRAD_SOURCE").map { [$0] } ?? [])
    filter.line = variable("GRAPHVIZ_GRAD_LINE").flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    filter.trustsHeads = options.trustsHeads
    filter.begins = options.begins
    return filter.filter
  }
}
