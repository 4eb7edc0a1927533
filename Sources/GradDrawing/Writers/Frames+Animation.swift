import GradFigure

extension Frames {
  /// One SVG that shows frame after frame by itself, once, with CSS alone.
  ///
  /// It ends with the last frame and stays there: what moves without end and cannot be paused keeps a
  /// reader from the text beside it (WCAG 2.2.2). Who prefers no motion, and what knows no CSS, sees the
  /// last frame at once.
  ///
  /// - Parameters:
  ///   - milliseconds: How long a frame stays before the next one.
  ///   - idPrefix: What ids begin with; `nil` for a hash of the drawing.
  /// - Returns: The file.
  public func animation(milliseconds: Int, idPrefix: String? = nil) -> String {
    var writer = SVGWriter(drawing, idPrefix: idPrefix)
    let name = { (shown: Range<Int>) in "show_\(shown.lowerBound)_\(shown.upperBound)" }
    let style = motion(milliseconds, writer.prefix, name)
    let visibility = SVGWriter.Visibility(style: style) { shown in
      let isHidden = shown.upperBound < frames.count
      return ["class=\"\(name(shown))\"\(isHidden ? " visibility=\"hidden\"" : "")"]
    }
    return String(decoding: writer.bytes(by: visibility), as: UTF8.self)
  }

  private func motion(
    _ milliseconds: Int, _ prefix: String, _ name: (Range<Int>) -> String
  ) -> String {
    let times = frames.count
    func moment(_ position: Int) -> String {
      "\(coordinateText(100 * Double(position) / Double(times)))%"
    }
    var seen: Set<Range<Int>> = []
    var keyframes = ""
    var rules = ""
    for shown in drawing.parts.compactMap(\.frames) where seen.insert(shown).inserted {
      let (name, start) = (name(shown), moment(shown.lowerBound))
      let before = shown.lowerBound > 0 ? "0%{visibility:hidden}" : ""
      let after =
        shown.upperBound < frames.count ? "\(moment(shown.upperBound)){visibility:hidden}" : ""
      keyframes += "@keyframes \(prefix)_\(name){\(before)\(start){visibility:visible}\(after)}"
      rules += "#\(prefix) .\(name){animation-name:\(prefix)_\(name)}"
    }
    let timing =
      "#\(prefix) [class^=show_]{animation:\(milliseconds * times)ms step-end}"
    return keyframes + "@media (prefers-reduced-motion:no-preference){\(timing)\(rules)}"
  }
}
