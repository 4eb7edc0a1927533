import GradDrawing
import GradFigure
import GraphvizRenderer

extension FileKind {
  static let html = FileKind(
    name: "html", fileExtension: "html", mediaType: "text/html", isText: true, usesFonts: false,
    note: Note(.before("</head>"), "<meta name=\"stamp\" content=\"", "\">\n"))
}

extension OutputFormat {
  /// A page to walk through: one file that opens from disk without a network.
  ///
  /// It shows the figure as large as the window allows, a step at a time, computes everything anew for
  /// other inputs, by the same operator table, in the same places, and prints the whole figure. In place
  /// of the light theme it follows what its reader prefers, light or dark. Conditional expressions keep
  /// the branch that was recorded, and the page says so where they would take the other.
  public static let html = OutputFormat(
    kind: .html,
    input: .reading { (reading, options) throws(GraphvizError) in
      let page = try Page(reading, options)
      return (Array(page.text.utf8), page.drawing)
    },
    refusals: { options in
      [
        ("nudge", options.nudge != nil, "the page has a button that nudges"),
        ("blank", !options.blanks.isEmpty, "the page shows one step at a time"),
        ("focus", options.focus != nil, "a click on a node lights its paths"),
        ("mode", options.mode == .forward, "the page goes backward"),
      ].filter(\.1).map { option, _, help in
        Refusal(
          message: "a page cannot be drawn with --\(option)", help: "leave it out: \(help)")
      }
    })
}

extension SlideFormat {
  /// The page of a descent: it goes on by buttons, from other values and at other rates.
  public static let html = SlideFormat(kind: .html, files: .page)
}
