public import GradFigure
public import GradLanguage

/// A figure that is asked for: a program, and all that is wanted of its picture, as text.
///
/// Everything that draws comes through here: the command line, documents that hold programs, notebooks
/// and the library. So all of them know the same options, refuse the same mistakes, and write the same
/// stamp.
///
/// ```swift
/// var request = FigureRequest(Source("lecture.grad", text: "a = 5; J = 3 * a"))
/// request.options = [OptionText("theme", "dark")]
/// let svg = try request.figure().picture(.svg).text
/// ```
public struct FigureRequest: Sendable {
  /// The program.
  public var source: Source
  /// Options of the picture, by the names of ``FigureOption``; they come before those of the program's
  /// head, and a later one before an earlier one of the same name.
  public var options: [OptionText] = []
  /// Options that hold where neither ``options`` nor the head say anything.
  public var fallbacks: [OptionText] = []
  /// Values for inputs.
  public var values: [InputValue] = []
  /// The name of the node to differentiate; `nil` for what the program says.
  public var output: String?
  /// Whether the output may be an array; a figure's is one number.
  public var outputMayBeArray = false
  /// Which variant with other whole numbers is wanted; `nil` for the program as it stands.
  public var variant: Int?
  /// Whether the program may name files beside it.
  public var trustsHead = false
  /// The files that the program may read: `np.load("data.npy")`.
  public var dataFiles = FileAccess.none
  /// What holds where neither the options nor the head say anything.
  public var defaults = PictureOptions()
  /// What holds whatever they say.
  public var demands: @Sendable (inout FigureOptions) -> Void = { _ in }
  /// Which options what is read has, made of those of the figure; for lessons.
  public var reads: @Sendable (FigureOptions) -> FigureOptions = { $0 }
  /// The files that options may name.
  public var files = Files.system

  /// The figure of a program, without options.
  public init(_ source: Source) { self.source = source }

  /// The program with its numbers.
  ///
  /// - Throws: All that is wrong with the program.
  public func computation() throws(FigureError) -> Computation {
    try asked { () throws(ProgramError) in
      let program = Program(source, files: files.limited(to: dataFiles).ofProgram)
      let computation = try Computation(
        program, settings: values, of: output, mayBeArray: outputMayBeArray)
      guard let variant = variant ?? computation.head.variant else { return computation }
      if let other = try computation.varied(seed: variant) { return other }
      throw ProgramError([
        Diagnostic(
          .error, code: "no-variant", "no other whole numbers keep every value finite",
          file: source.name, help: "give numbers by --set")
      ])
    }
  }

  /// Reads, records and checks all that is asked for; draws nothing.
  ///
  /// - Parameter formats: What the figure is to be written as.
  /// - Returns: A figure that can be drawn.
  /// - Throws: All that is wrong with the program, its head and the options.
  public func figure(in formats: [OutputFormat] = []) throws(FigureError) -> RequestedFigure {
    let computation = try computation()
    var request = self
    request.options = resolvedOptions(over: computation.head)
    request.fallbacks = []
    let options = try request.pictureOptions(over: computation.head)
    let reading = Reading(computation.trace, reads(options.figure))
    var faults =
      options.figure.nodeFaults(in: computation)
      + reading.blankFaults(in: source.name)
    for format in formats { faults += format.faults(of: options.figure, file: source.name) }
    if !faults.isEmpty { throw .request(faults) }
    return RequestedFigure(
      request: request, computation: computation, options: options, reading: reading)
  }

  /// The options that come before those of a head: those of ``fallbacks`` that nothing else gives, and
  /// what is given.
  private func resolvedOptions(over head: ProgramHead) -> [OptionText] {
    fallbacks.filter { fallback in
      head.value(of: fallback.name) == nil && !options.contains { $0.name == fallback.name }
    } + options
  }

  /// The options of a program's head, overridden by those given beside it.
  ///
  /// - Throws: Everything that is wrong with the head and the options.
  private func pictureOptions(over head: ProgramHead) throws(FigureError) -> PictureOptions {
    var result = defaults
    var own = Set(options.map(\.name))
    if !own.isDisjoint(with: FigureOption.sizes) { own.formUnion(FigureOption.sizes) }
    let beside = files.limited(to: headFiles)
    try asked { () throws(ProgramError) in try head.apply(to: &result, except: own, from: beside) }
    var mistakes: [Diagnostic] = []
    for option in options {
      do {
        try FigureOption.named(option.name)?.apply(
          option.value, &result, files.limited(to: option.files))
      } catch {
        mistakes.append(
          Diagnostic(
            badOption: "--\(option.name): \(error.message)", file: head.file, help: error.help))
      }
    }
    if !mistakes.isEmpty { throw .request(mistakes) }
    demands(&result.figure)
    return result
  }

  /// The files besides the program that the picture comes from: that of a theme, and those that the
  /// program reads.
  public var sources: [String] { themeSources + dataSources }

  /// The files that the program may read, whether it does or not.
  package var dataSources: [String] {
    if dataFiles == .none
      || source.bytes.firstPlace(of: "load") == nil
        && source.bytes.firstPlace(of: "genfromtxt") == nil
    {
      return []
    }
    let files = files.limited(to: dataFiles)
    return Program(source).fileNames.compactMap { try? files.path(ofData: $0) }
  }

  /// The files that the program's head may name: those beside it, which are those that it may read, wherever
  /// it has no other name than that of its file.
  private var headFiles: FileAccess {
    if !trustsHead { return .none }
    return dataFiles == .none ? .ofProgram(source.path, isTrusted: true) : dataFiles
  }

  private var themeSources: [String] {
    let theme: (name: String, files: FileAccess)?
    if let option = options.last(where: { $0.name == "theme" }) {
      theme = (option.value, option.files)
    } else if trustsHead, source.bytes.firstPlace(of: ".json") != nil {
      theme = ProgramHead(Program(source)).theme.map { ($0, headFiles) }
    } else {
      theme = nil
    }
    guard let theme, theme.name.hasSuffix(".json") else { return [] }
    return [try? files.limited(to: theme.files).path(of: theme.name)].compactMap(\.self)
  }
}
