import GradFigure

extension Frames {
  /// One SVG for a slide of Slidev, whose parts come with clicks, then the sentences as notes for who
  /// speaks.
  ///
  /// To be put into the slide's Markdown as it is; the SVG leaves room for a heading on a slide of the
  /// usual 980 × 552.
  public func slidev(idPrefix: String? = nil) -> String {
    var writer = SVGWriter(drawing, idPrefix: idPrefix)
    writer.hasStyle = false
    let visibility = SVGWriter.Visibility(maxHeight: 400) { shown in
      let (start, end) = (shown.lowerBound, shown.upperBound)
      let click =
        if start == 0 {
          "v-click.hide=\"\(end)\""
        } else if end == frames.count {
          "v-click=\"\(start)\""
        } else {
          "v-click=\"[\(start), \(end)]\""
        }
      return [click]
    }
    // Vue would read double braces as JavaScript.
    var svg = ""
    for letter in String(decoding: writer.bytes(by: visibility), as: UTF8.self) {
      svg += letter == "{" ? "&#123;" : String(letter)
    }
    // Vue refuses style sheets in an element, so they follow it.
    let style = writer.themeStyle.map { "\n<style>\n\($0)\n</style>\n" } ?? ""
    let sentences = frames.map(\.step.sentence).map { sentence in
      sentence.split(separator: "--", omittingEmptySubsequences: false).joined(separator: "- -")
    }
    return "\(svg)\(style)\n<!--\n\(sentences.joined(separator: "\n[click] "))\n-->\n"
  }
}
