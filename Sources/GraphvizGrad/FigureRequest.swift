public import GradLanguage

import GradFigure

/// A figure that is asked for: a program, and all that is wanted of its picture, as text.
///
/// The command line and the documents that hold programs ask for their figures in this way, so all of
/// them know the same options and refuse the same mistakes.
///
/// ```swift
/// var request = FigureRequest(Source("lecture.grad", text: "a = 5; J = 3 * a"))
/// request.choices = [.init("theme", "dark")]
/// let svg = try request.figure().picture(.svg).text
/// ```
public struct FigureRequest: Sendable {
  /// The program.
  public var source: Source
  /// Options of the picture, by the names of ``FigureOption``; they come before those of the
  /// program's head, and a later one before an earlier one of the same name.
  public var choices: [OptionText] = []
  /// Values for inputs.
  public var settings: [InputValue] = []
  /// The name of the node to differentiate; `nil` for what the program says.
  public var output: String?
  /// Which variant with other whole numbers is wanted; `nil` for the program as it stands.
  public var variant: Int?
  /// Whether the program may name files beside it.
  public var trustsHead = false

  /// The figure of a program, without options.
  public init(_ source: Source) { self.source = source }

  /// The same with the theme `name`.
  public func inTheme(_ name: String) -> FigureRequest {
    var other = self
    other.choices.append(OptionText("theme", name))
    return other
  }

  /// Reads, records and checks all that is asked for; draws nothing.
  ///
  /// - Parameter formats: What the figure is to be written as.
  /// - Returns: A figure that can be drawn.
  /// - Throws: All that is wrong with the program, its head and the options.
  public func figure(in formats: [OutputFormat] = []) throws(ProgramError) -> RequestedFigure {
    var computation = try Computation(Program(source), settings: settings, of: output)
    if let variant {
      guard let other = try computation.varied(seed: variant) else {
        throw ProgramError([
          Diagnostic(
            .error, code: "no-variant", "no other whole numbers keep every value finite",
            file: source.name, help: "give numbers by --set")
        ])
      }
      computation = other
    }
    let options = try PictureOptions(
      computation.head, overriddenBy: choices, trustsHead: trustsHead)
    var faults = options.figure.faults(in: computation)
    for format in formats { faults += format.faults(of: options.figure, file: source.name) }
    if !faults.isEmpty { throw ProgramError(faults) }
    return RequestedFigure(request: self, computation: computation, options: options)
  }
}

/// A figure that can be drawn: nothing is wrong with what was asked for.
public struct RequestedFigure: Sendable {
  /// What was asked for.
  public let request: FigureRequest
  /// The program with its numbers.
  public let computation: Computation
  /// How the figure is drawn.
  public let options: PictureOptions

  /// What is worth a word although the program could be recorded.
  public var warnings: [Diagnostic] {
    computation.warnings
      + (options.figure.nudge.map { computation.warnings(after: $0) } ?? [])
  }

  /// What the figure says, in words: a line, and a text with every number.
  public var description: (heading: String, summary: String) {
    let figure = computation.trace.figure(options.figure)
    return (figure.heading, figure.summary)
  }

  /// The figure as a file that carries its stamp.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` for a figure that cannot be drawn.
  public func picture(_ format: OutputFormat) throws(GraphvizError) -> Picture {
    let stamp = try Stamp(request, format)
    let picture = try computation.trace.picture(format, options)
    return Picture(
      format: format, bytes: stamp.put(on: picture.bytes, format.name), warnings: picture.warnings)
  }
}

extension PictureOptions {
  /// The options of a program's head, overridden by those given beside it.
  ///
  /// - Parameters:
  ///   - head: The program's head.
  ///   - choices: What comes before it; values that are wrong are mistakes of the program's place.
  ///   - defaults: What holds where neither says anything.
  ///   - trustsHead: Whether the program may name files beside it.
  /// - Throws: Everything that is wrong with the head and the choices.
  public init(
    _ head: ProgramHead, overriddenBy choices: [OptionText],
    from defaults: PictureOptions = PictureOptions(), trustsHead: Bool = false
  ) throws(ProgramError) {
    self = defaults
    var own = Set(choices.map(\.name))
    if !own.isDisjoint(with: FigureOption.sizes) { own.formUnion(FigureOption.sizes) }
    try head.apply(to: &self, except: own, isTrusted: trustsHead)
    var mistakes: [Diagnostic] = []
    for choice in choices {
      files = choice.files
      defer { files = defaults.files }
      do {
        try FigureOption.named(choice.name)?.apply(choice.value, &self)
      } catch {
        mistakes.append(
          Diagnostic(
            badOption: "--\(choice.name): \(error.message)", file: head.file, help: error.help))
      }
    }
    if !mistakes.isEmpty { throw ProgramError(mistakes) }
  }
}
