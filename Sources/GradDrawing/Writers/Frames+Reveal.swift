import GradBase
import GradFigure

extension Frames {
  /// One SVG for a slide of reveal.js, whose parts are fragments, then the sentences as notes for who
  /// speaks.
  ///
  /// To be put into a `<section>` as it is; the SVG leaves room for a heading on a slide of the usual
  /// 960 × 700. In the usual theme, and in that which follows its reader, the colours follow those of the slide:
  /// beside light letters they are dark, and there is no paper behind them.
  public func reveal(idPrefix: String? = nil) -> String {
    var drawing = drawing
    let follows = [Theme.light, .auto].contains(drawing.theme)
    if follows { drawing.theme = .auto }
    var writer = SVGWriter(drawing, idPrefix: idPrefix)
    writer.followsText = follows
    let visibility = SVGWriter.Visibility(maxHeight: 500, attributes: fragments)
    let notes = frames.map { "<li>\(XML.text($0.step.sentence))</li>" }
    let svg = String(decoding: writer.bytes(by: visibility), as: UTF8.self)
    return ([svg + "<aside class=\"notes\"><ol>"] + notes + ["</ol></aside>"])
      .joined(separator: "\n") + "\n"
  }

  /// What makes a group visible in the frames `shown` alone, outermost first; the first click is
  /// fragment 0.
  private func fragments(_ shown: Range<Int>) -> [String] {
    func fragment(_ classes: String, _ position: Int) -> String {
      "class=\"\(classes)\" data-fragment-index=\"\(position - 1)\""
    }
    if shown.count == 1, shown.lowerBound > 0, shown.upperBound < frames.count {
      return [fragment("fragment current-visible", shown.lowerBound)]
    }
    let coming = shown.lowerBound > 0 ? [fragment("fragment", shown.lowerBound)] : []
    let going =
      shown.upperBound < frames.count ? [fragment("fragment fade-out", shown.upperBound)] : []
    return coming + going
  }
}
