import ArgumentParser
import GradBase
import GradDrawing
import GradLanguage
import GraphvizGrad
import GraphvizRenderer

/// Draws a program one step at a time.
struct DrawFrames: FigureVerb {
  static let configuration = CommandConfiguration(
    commandName: "frames",
    abstract: "Draw a program one step at a time, for slides.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture -o lecture.grad
        graphviz-grad frames lecture.grad -o 'lecture-{n}.svg' --emphasis current
        graphviz-grad sample logistic-vectorised -o logistic.grad
        graphviz-grad frames logistic.grad --descend --wrt w,b --rate 0.009 \
          -o descent.pptx

      The first frame shows the inputs; then comes one value a frame, in program order, then the \
      derivatives over one edge a frame, from the output back. All frames have one size, and everything \
      its place. In PATH, {n} stands for a frame's number, {0n} for the same with zeros before it, {t} \
      for the number of frames. pdf, typ, pptx, gif, mp4, webm, reveal, slidev, json and csv take all frames in one file.

      With --descend the frames are steps of gradient descent: each shows the numbers of one step, the \
      curve of the loss, and the rule that moves the parameters. json and csv then hold every step, and \
      -T html is a page on which a reader goes on.
      """)

  @OptionGroup var program: ProgramArguments

  @Option(
    name: .property("path"),
    help: ArgumentHelp(
      "Where to write; - is standard output (default: beside FILE as FILE-{n} or FILE-frames; json "
        + "and csv on standard output).", valueName: "path"), completion: .file())
  var path: String?

  @Option(
    name: .property("format"),
    help:
      "One of \(words(SlideFormat.all.map(\.name))) (default: by the extension of PATH, else svg).",
    completion: .list(SlideFormat.all.map(\.name)))
  var format: String?

  @Flag(
    help: "Print the lines that bring the frames, as pdf, onto a slide of Beamer (default: no).")
  var latexSnippet = false

  @OptionGroup var limits: LimitArguments

  @OptionGroup(title: "Frame options") var choice: FrameArguments

  @OptionGroup(title: "Descent options") var descent: DescentArguments

  @OptionGroup(title: "Figure options") var writing: WritingArguments

  @OptionGroup(title: "Figure options") var trace: TraceArguments

  @OptionGroup(title: "Figure options") var picture: PictureArguments

  @OptionGroup(title: "Figure options") var figure: FigureArguments

  func run() throws {
    let (options, milliseconds, faults) = choice.options()
    let (limits, others) = limits.values()
    let (descends, unfit) = descent.options(beside: choice)
    var mistakes = program.mistakes() + optionMistakes() + faults + unfit + others
    let formats = FormatChoice(
      all: descent.descend ? SlideFormat.ofDescent : SlideFormat.all, kind: "format of frames",
      needsExtension: true)
    let format = formats.format(format, for: path, &mistakes)
    if program.inputs.count > 1 {
      mistakes.append(
        Messages.error("usage", "several programs were given", help: "frames draws one at a time"))
    }
    if mistakes.isEmpty { check(format, isMoving: milliseconds != nil, &mistakes) }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    var arguments = try RequestArguments(program, self.options)
    arguments.defaults.figure.fit = .slide
    arguments.limits = limits
    let name = program.inputs[0].name
    let asked = try arguments.results { request throws(FigureError) in
      try Watchdog.watching(name, limits) { () throws(FigureError) in try request.figure() }
    }[0]
    do {
      if let descends {
        let (descent, warnings) = try Watchdog.watching(name, limits) { () throws(FigureError) in
          try asked.descent(descends)
        }
        try check(options, (0..<descent.traces.count).map { options.first + $0 })
        try draw(asked, format, limits, milliseconds, warnings) { () throws(FigureError) in
          try asked.frames(of: descent, options, isTable: format.isTable)
        }
      } else {
        var all = options
        all.numbers = nil
        try check(options, all.frames(of: asked.reading.steps).map(\.number))
        try draw(
          asked, format, limits, milliseconds, asked.computation.warnings
        ) { () throws(FigureError) in
          try asked.frames(options)
        }
      }
    } catch let error as FigureError {
      throw Failure(error)
    }
  }

  private func draw(
    _ asked: RequestedFigure, _ format: SlideFormat, _ limits: Limits, _ milliseconds: Int?,
    _ warnings: [Diagnostic], _ make: () throws(FigureError) -> Frames
  ) throws {
    let name = program.inputs[0].name
    let frames = try Watchdog.watching(name, limits, make)
    let plan = try Plan(
      frames, format, FrameNames(path: path ?? defaultPath(format, isMoving: milliseconds != nil)),
      isMoving: milliseconds != nil)
    var outputs = outputs
    let isNamed = path != nil && !plan.names.areSeveral
    for path in plan.paths { outputs.claim(.init(output: Output(path), isNamed: isNamed)) }
    try outputs.check()
    // Nothing is written before everything is drawn.
    var results = try Watchdog.watching(name, limits) { () throws(FigureError) in
      try asked.files(
        format, of: frames, areSeveral: plan.names.areSeveral, milliseconds: milliseconds)
    }.map { Stamp.signed($0, format.kind) }
    if latexSnippet {
      outputs.claim(.standard)
      results.append(Array(plan.snippet.utf8))
    }
    try outputs.write(results)
    // A table of a descent has no picture.
    let isTable = frames.descent != nil && format.isTable
    let words =
      isTable ? [] : PictureWarning.all(for: frames.drawing, usesFonts: format.kind.usesFonts)
    Messages.write(warnings + words.map(Diagnostic.init))
  }

  /// What is read; the files that are written have their names by the frames.
  private var outputs: Outputs {
    var outputs = Outputs(reading: program)
    if let theme = picture.themeFile { outputs.read(theme, "theme") }
    return outputs
  }

  /// Makes sure that there are the frames that are wanted.
  private func check(_ options: Frames.Options, _ numbers: [Int]) throws(Failure) {
    let known =
      numbers.first.map { "they are \($0) to \(numbers.last ?? $0)" } ?? "there are none to show"
    for range in options.numbers ?? []
    where !range.allSatisfy({ numbers.contains($0) }) {
      let missing = range.first { !numbers.contains($0) } ?? 0
      throw Failure(
        .program, [Messages.error("unknown-frame", "there is no frame \(missing)", help: known)])
    }
    if numbers.isEmpty {
      throw Failure(
        .program,
        [
          Messages.error(
            "unknown-frame", "there is no frame of this pass",
            help: "--show forward leaves the backward pass out")
        ])
    }
  }

  // MARK: The command line

  /// What the format and the path have against each other.
  private func check(_ format: SlideFormat, isMoving: Bool, _ mistakes: inout [Diagnostic]) {
    func mistake(_ message: String, _ help: String) {
      mistakes.append(Messages.error("usage", message, help: help))
    }
    let path = path ?? defaultPath(format, isMoving: isMoving)
    let isNumbered = FrameNames(path: path).areSeveral
    if isMoving, !format.canMove {
      let known = SlideFormat.all.filter(\.canMove).map(\.name)
      let words = known.dropLast().joined(separator: ", ") + " and " + (known.last ?? "")
      mistake("--animate is for \(words), not for \(format.name)", "leave it out")
    } else if isNumbered, isMoving || !format.isDivided(areSeveral: true, isMoving: false) {
      let kind = isMoving ? "a moving picture" : format.name
      mistake("\(kind) takes all frames in one file", "leave {n} out of '\(path)'")
    }
    if latexSnippet, format.name != "pdf" || path == "-" {
      mistake("--latex-snippet needs the frames in a file of pdf", "-o lecture.pdf")
    }
    if path == "-", !format.isText, isatty(1) == 1 {
      mistake("\(format.name) is not text for a terminal", "give a file by -o")
    }
    if !isNumbered {
      var outputs = outputs
      outputs.claim(Output(path))
      mistakes += outputs.mistakes()
    }
  }

  private func defaultPath(_ format: SlideFormat, isMoving: Bool) -> String {
    guard let file = program.inputs[0].path, !format.isTable else {
      return "-"
    }
    let stem = Input.stem(of: file)
    let isWhole = !format.isDivided(areSeveral: false, isMoving: isMoving)
    return "\(stem)-\(isWhole ? "frames" : "{n}").\(format.fileExtension)"
  }
}

/// Which bytes go where.
private struct Plan {
  let frames: Frames
  let format: SlideFormat
  let names: FrameNames
  let isWhole: Bool

  /// - Throws: ``Failure`` where several frames meet one name.
  init(
    _ frames: Frames, _ format: SlideFormat, _ names: FrameNames, isMoving: Bool
  ) throws(Failure) {
    self.frames = frames
    self.format = format
    self.names = names
    isWhole = !format.isDivided(areSeveral: names.areSeveral, isMoving: isMoving)
    if !isWhole, !names.areSeveral, frames.frames.count > 1 {
      let place = names.path == "-" ? "standard output" : "'\(names.path)'"
      let numbered = names.path == "-" ? "lecture-{n}.\(format.fileExtension)" : names.numbered
      let motion = format.canMove ? "; or --animate 1200ms for one picture that moves" : ""
      throw .usage(
        "\(frames.frames.count) frames cannot all be written to \(place)",
        help: "name them '\(numbered)'\(motion)")
    }
  }

  /// The files, one for all frames or one for each.
  var paths: [String] { isWhole ? [name(of: frames.frames[0])] : frames.frames.map(name) }

  private func name(of frame: Frames.Frame) -> String {
    names.name(frame.number, last: frames.frames.last?.number ?? 0, total: frames.total)
  }

  var snippet: String {
    isWhole
      ? LaTeXSnippet.pages(of: paths[0], count: frames.frames.count)
      : LaTeXSnippet.files(
        names, numbers: frames.frames.map(\.number), paths: paths, replaces: frames.descent != nil)
  }
}
