public import GraphvizGrad

extension DocumentFigure {
  /// The frames that ``steps`` asks for; `nil` if it asks for none.
  ///
  /// - Parameter place: Where to say what is wrong with them.
  /// - Returns: Which frames, in the order of the steps.
  /// - Throws: `FigureError` for frames that are not there, at `place`.
  public func frameOptions(at place: Span) throws(FigureError) -> Frames.Options? {
    guard let steps else { return nil }
    var options = Frames.Options()
    func mistake(_ message: String, _ help: String) -> FigureError {
      .request([
        Diagnostic(
          .error, code: "bad-attribute", "steps: \(message)", file: place.source.name, span: place,
          help: help)
      ])
    }
    switch steps {
    case "", "true", "both": break
    case "forward", "backward": options.pass = .init(rawValue: steps)
    default:
      guard let numbers = Self.ranges(steps) else {
        throw mistake(
          "'\(steps)' is no list of frames", "true, forward, backward, or numbers such as 2,4-6")
      }
      options.numbers = numbers
    }
    let all = Frames.Options().frames(
      of: figure.reading.steps)
    let numbers = all.map(\.number)
    for range in options.numbers ?? [] {
      // A range may be longer than there is time to count.
      let ends = [range.lowerBound, range.upperBound]
      if let missing = ends.first(where: { !numbers.contains($0) }) {
        throw mistake(
          "there is no frame \(missing)", "they are \(numbers[0]) to \(numbers[numbers.count - 1])")
      }
    }
    if options.pass.map({ pass in !all.contains { $0.step.pass == pass } }) ?? false {
      throw mistake("there is no frame of this pass", "show=forward leaves the backward pass out")
    }
    return options
  }

  /// The figure one step at a time.
  ///
  /// - Throws: `FigureError` for a figure that cannot be drawn.
  public func frames(_ options: Frames.Options) throws(FigureError) -> Frames {
    var frames = try figure.frames(options)
    frames.drawing.heading = alt ?? figure.reading.heading
    return frames
  }

  /// `2,4-6`; `nil` for anything else.
  private static func ranges(_ text: String) -> [ClosedRange<Int>]? {
    var ranges: [ClosedRange<Int>] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = item.filter { $0 != " " }.split(separator: "-", omittingEmptySubsequences: false)
        .map { end in end.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(end) : nil }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first <= last
      else { return nil }
      ranges.append(first...last)
    }
    return ranges
  }
}
