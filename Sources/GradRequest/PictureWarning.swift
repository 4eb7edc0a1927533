public import GradDrawing
public import GradLanguage
import GradFigure
import GraphvizRenderer

/// A word about a picture that could be better, and what would make it so.
public struct PictureWarning: Sendable, Equatable {
  /// One word for the kind of warning, stable across versions: `no-fonts`, `too-dense`.
  public var code: String
  /// What is wrong, without a full stop.
  public var message: String
  /// What to do about it.
  public var help: String
}

extension Diagnostic {
  /// A word about a picture, which has no place in a program.
  public init(_ warning: PictureWarning) {
    self.init(
      .warning, code: warning.code, warning.message, file: "graphviz-grad", help: warning.help)
  }
}

extension [Diagnostic] {
  /// Takes what is said of a picture, of each kind one.
  public mutating func add(_ warnings: [PictureWarning]) {
    for warning in warnings where !contains(where: { $0.code == warning.code }) {
      append(Diagnostic(warning))
    }
  }
}

extension PictureWarning {
  /// What is worth a word about a drawing, and about the machine's fonts if its letters come from them.
  public static func all(for drawing: Drawing, usesFonts: Bool) -> [PictureWarning] {
    (drawing.figure.excess.map { [tooMany($0)] } ?? [])
      + (drawing.missingLabels > 0 ? [tooDense(drawing.missingLabels)] : [])
      + (drawing.textHeight.map { $0 < leastHeight ? [smallText($0, drawing.figure)] : [] } ?? [])
      + (usesFonts ? fonts(for: drawing) : [])
  }

  static func tooMany(_ count: Int) -> PictureWarning {
    PictureWarning(
      code: "too-large",
      message: "\(count) nodes are drawn: no more of them can be folded into boxes",
      help:
        "--focus NAME folds what is off its paths, --detail statements draws fewer, and calls of "
        + "a function (def) fold; --max-nodes none draws all without a word")
  }

  static func tooDense(_ count: Int) -> PictureWarning {
    PictureWarning(
      code: "too-dense",
      message: count == 1
        ? "one label is left out: the figure is too dense for it"
        : "\(count) labels are left out: the figure is too dense for them",
      help: "--edge-labels none leaves all of them out; --detail statements draws fewer nodes")
  }

  /// What text is too small to be read, in pixels of a page 1,600 wide.
  static let leastHeight = 9.0

  /// So many nodes are as many as can be read on a slide; with more, what is repeated may be folded.
  static let mostOnSlide = 40

  static func smallText(_ height: Double, _ figure: Figure) -> PictureWarning {
    let hasBoxes = figure.tables.isEmpty && figure.nodes.count { $0.role == .input } > 1
    let hasLabels = figure.edges.contains { !$0.labels.isEmpty }
    return PictureWarning(
      code: "small-text",
      message:
        "the smallest text is \((height * 10).rounded() / 10) px high on a page 1,600 px wide",
      help: (hasLabels ? "--edge-labels none leaves labels out; " : "")
        + (hasBoxes ? "--inputs table stands inputs of one node in one box; " : "")
        + (figure.nodes.count > mostOnSlide
          ? "--max-nodes \(mostOnSlide) folds what is repeated; " : "")
        + "--detail statements draws fewer nodes, and calls of a function (def) fold")
  }

  /// What the machine's fonts lack for a drawing in a format that uses them.
  public static func fonts(for drawing: Drawing) -> [PictureWarning] {
    fonts(for: drawing.scalars)
  }

  /// What the machine's fonts lack for the letters `scalars`.
  static func fonts(for scalars: some Sequence<Unicode.Scalar>) -> [PictureWarning] {
    guard let fonts = Fonts.installed else { return [] }
    guard let family = fonts.textFamily else { return [.noFonts] }
    var warnings: [PictureWarning] = []
    if !Fonts.fits(family) { warnings.append(.otherFont(family)) }
    let missing = scalars.filter { fonts.family(for: $0) == nil }
    if !missing.isEmpty { warnings.append(.missingLetters(missing)) }
    return warnings
  }

  static let noFonts = PictureWarning(
    code: "no-fonts", message: "no fonts are installed: the picture has no text",
    help: Origin.current.remedyForText.text)

  static func otherFont(_ family: String) -> PictureWarning {
    PictureWarning(
      code: "other-font",
      message:
        "text is set in '\(family)', whose letters are wider or narrower than their boxes expect",
      help: Origin.current.remedyForText.text)
  }

  static func missingLetters(_ scalars: [Unicode.Scalar]) -> PictureWarning {
    let shown = scalars.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    return PictureWarning(
      code: "missing-letters",
      message: "no font has \(shown)\(scalars.count > 5 ? " and \(scalars.count - 5) more" : "")",
      help: scalars.contains(where: \.isEastAsian)
        ? Origin.current.remedy(forLettersIn: "fonts-noto-cjk", of: "Noto Sans CJK").text
        : Origin.current.remedy(
          forLettersIn: "fonts-dejavu-core fonts-noto-core", of: "DejaVu Sans or Noto Sans"
        ).text)
  }
}

extension Drawing {
  /// How high the smallest text is on the page that the figure is to fit, in pixels where that is 1,600
  /// wide; `nil` if it is to fit none.
  fileprivate var textHeight: Double? { figure.page.map { figure.textHeight(in: size, on: $0) } }

  /// The letters of the drawing besides ASCII, each once, in the order they are met.
  var scalars: [Unicode.Scalar] {
    var seen: Set<Unicode.Scalar> = []
    var result: [Unicode.Scalar] = []
    for part in parts {
      for line in part.texts {
        for run in line.text.runs {
          // That sign is drawn as a circle.
          for scalar in run.text.unicodeScalars where !scalar.isASCII && scalar != "⊙" {
            if scalar.properties.isWhitespace || !seen.insert(scalar).inserted { continue }
            result.append(scalar)
          }
        }
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Chinese, Japanese or Korean.
  var isEastAsian: Bool {
    switch value {
    case 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
