public import GradCore
public import GradFigure

/// A drawing shown one step at a time: one layout, n frames.
///
/// All frames have the size of ``drawing``, and whatever they show is in its place there.
public struct Frames: Sendable {
  /// Everything that any of the frames shows; ``Drawing/Part/frames`` says which of them.
  public var drawing: Drawing
  /// The frames in their order, one or more.
  public let frames: [Frame]
  /// The number of frames of the whole walk, of which ``frames`` may be some.
  public let total: Int
  /// Whether each frame has its sentence below the figure.
  public let hasSentences: Bool
  /// The descent that they show; `nil` for a walk through one computation.
  public let descent: Descent?
  /// Each frame as a drawing of its own, where ``drawing`` does not say all of it.
  private let own: [Drawing]?

  /// One frame.
  public struct Frame: Sendable, Equatable {
    /// What it is called.
    public var number: Int
    /// The last step that it shows.
    public var step: Figure.Step
    /// The step of the descent that it shows, in frames of one.
    public var descentStep: Int?
  }

  /// Which frames there are, and how they look.
  public struct Options: Sendable {
    /// The pass to show; `nil` for both.
    public var pass: Figure.Step.Pass?
    /// The numbers of the frames to show; `nil` for all.
    public var numbers: [ClosedRange<Int>]?
    /// The number of the frame that shows what is given.
    public var first = 0
    /// Whether what a step adds is bold in its frame.
    public var emphasizesCurrent = false
    /// Whether what is still to come is shown, very faintly.
    public var showsGhosts = false
    /// Whether each frame has its sentence below the figure.
    public var hasSentences = false

    /// The defaults.
    public init() {}

    /// The frames that are wanted of a walk.
    public func frames(of steps: [Figure.Step]) -> [Frame] {
      steps.map { Frame(number: first + $0.number, step: $0) }.filter { frame in
        (pass == nil || frame.step.pass == pass)
          && (numbers?.contains { $0.contains(frame.number) } ?? true)
      }
    }
  }

  /// The frames of a drawing.
  ///
  /// O(parts × frames) for the sentences, else O(parts).
  ///
  /// - Parameters:
  ///   - drawing: The whole figure.
  ///   - steps: The steps of the same figure.
  ///   - options: Which frames, and how they look; they must leave one at least.
  public init(_ drawing: Drawing, _ steps: [Figure.Step], _ options: Options = Options()) {
    frames = options.frames(of: steps)
    total = steps.count
    hasSentences = options.hasSentences
    precondition(!frames.isEmpty, "there is a frame to show")
    let timeline = Timeline(steps: frames.map(\.step.number), options: options)
    var timed = drawing
    timed.parts = timeline.parts(of: drawing)
    if options.hasSentences {
      SentenceLines(frames.map(\.step.sentence), width: drawing.size.width).add(to: &timed)
    }
    self.drawing = timed
    (own, descent) = (nil, nil)
  }

  /// Frames of a descent, each with its drawing.
  init(
    _ drawing: Drawing, _ frames: [Frame], total: Int, hasSentences: Bool, own: [Drawing],
    descent: Descent
  ) {
    (self.drawing, self.frames, self.total) = (drawing, frames, total)
    (self.hasSentences, self.own, self.descent) = (hasSentences, own, descent)
  }

  /// The frame at `position`, as a drawing of its own, whose summary is the frame's sentence.
  public func drawing(at position: Int) -> Drawing {
    if let own { return own[position] }
    var drawing = drawing
    drawing.parts.removeAll { !($0.frames?.contains(position) ?? true) }
    drawing.heading += " · \(frames[position].number)"
    drawing.summary = frames[position].step.sentence
    return drawing
  }

  /// All frames as drawings.
  public var drawings: [Drawing] { frames.indices.map(drawing(at:)) }
}
