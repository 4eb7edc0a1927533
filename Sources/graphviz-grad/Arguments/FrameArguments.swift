import ArgumentParser
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizGrad

/// The options that say which frames there are and how they look.
struct FrameArguments: ParsableArguments {
  @Option(
    help: "Which pass: \(words(passes)) (default: both).", completion: .list(passes))
  var pass: String?

  @Option(
    help: ArgumentHelp(
      "The frames to write, such as 2,4-6 (default: all of the pass).", valueName: "numbers"))
  var frames: String?

  @Option(
    help: ArgumentHelp(
      "The number of the frame that shows the inputs alone: 0 or 1 (default: 0).",
      valueName: "number"))
  var first: String?

  @Option(
    help: ArgumentHelp(
      "What is bold: \(words(emphases)); current is what a frame adds (default: none).",
      valueName: "parts"), completion: .list(emphases))
  var emphasis: String?

  @Flag(help: "Show what is still to come, at 20 % of its colour (default: no).")
  var ghost = false

  @Flag(help: "Write each frame's sentence below the figure (default: no).")
  var sentences = false

  @Option(
    help: ArgumentHelp(
      "How long a frame stays in one picture that moves, svg, gif, mp4 or webm, such as 1200ms or 1.5s "
        + "(default: svg does not move, others 1200ms).", valueName: "time"))
  var animate: String?

  private static let passes = Figure.Step.Pass.allCases.map(\.rawValue) + ["both"]
  private static let emphases = ["current", "none"]

  /// The options, and everything that is wrong with the values that were given.
  func options() -> (frames: Frames.Options, milliseconds: Int?, mistakes: [Diagnostic]) {
    var options = Frames.Options()
    var mistakes: [Diagnostic] = []
    func mistake(_ message: String, _ help: String?) {
      mistakes.append(Messages.error("bad-option", message, help: help))
    }
    func unknown(_ word: String, _ kind: String, _ known: [String]) {
      let mistake = FigureOption.Mistake(unknown: word, kind, known)
      mistakes.append(Messages.error("bad-option", mistake.message, help: mistake.help))
    }
    if let pass {
      options.pass = Figure.Step.Pass(rawValue: pass)
      if !Self.passes.contains(pass) { unknown(pass, "pass", Self.passes) }
    }
    if let first {
      options.first = first == "1" ? 1 : 0
      if !["0", "1"].contains(first) {
        mistake("--first: '\(first)' is no first number", "0 or 1")
      }
    }
    if let frames {
      options.numbers = Self.ranges(frames)
      if options.numbers == nil {
        mistake("--frames: '\(frames)' is no list of frames", "numbers and ranges, such as 2,4-6")
      }
    }
    if let emphasis {
      options.emphasizesCurrent = emphasis == "current"
      if !Self.emphases.contains(emphasis) { unknown(emphasis, "emphasis", Self.emphases) }
    }
    options.showsGhosts = ghost
    options.hasSentences = sentences
    let milliseconds = animate.flatMap(Self.milliseconds)
    if let animate, milliseconds == nil {
      mistake(
        "--animate: '\(animate)' is no time for a frame", "20ms to 600s, such as 1200ms or 1.5s")
    }
    return (options, milliseconds, mistakes)
  }

  /// `2,4-6`; `nil` for anything else.
  private static func ranges(_ text: String) -> [ClosedRange<Int>]? {
    var ranges: [ClosedRange<Int>] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = item.split(separator: "-", omittingEmptySubsequences: false).map { end in
        end.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(end) : nil
      }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first <= last
      else { return nil }
      ranges.append(first...last)
    }
    return ranges
  }

  /// `1200ms` or `1.2s`; `nil` for anything else.
  private static func milliseconds(_ text: String) -> Int? {
    let (number, factor) =
      text.hasSuffix("ms")
      ? (text.dropLast(2), 1.0) : (text.dropLast(text.hasSuffix("s") ? 1 : 0), 1_000)
    let hasUnit = text.hasSuffix("s")
    guard hasUnit, let time = Double(number), (20...600_000).contains(time * factor) else {
      return nil
    }
    return Int((time * factor).rounded())
  }
}
