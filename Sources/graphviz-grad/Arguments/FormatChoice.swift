import GradDrawing
import GradLanguage
import GradLesson
import GraphvizGrad

/// A format that the command line knows by a name, and by the extension of its files.
protocol FileFormat {
  var name: String { get }
  var fileExtension: String { get }
}

extension OutputFormat: FileFormat {}
extension SlideFormat: FileFormat {}
extension SheetFormat: FileFormat {}
extension EvaluationTableFormat: FileFormat {}
extension NudgeFormat: FileFormat {}
extension GradingFormat: FileFormat {}
extension TraceFormat: FileFormat {}
extension CheckFormat: FileFormat {}

/// Which of its formats a verb writes: that of `-T`, else that of the extension of `-o`.
///
/// One place for all verbs, so that each obeys the name of a file or refuses it.
struct FormatChoice<Format: FileFormat> {
  /// The formats of the verb.
  let all: [Format]
  /// What messages call one of them.
  var kind = "format"
  /// Whether a file must have an extension.
  var needsExtension = false

  /// The format to write.
  ///
  /// - Parameters:
  ///   - word: The word after `-T`; `nil` without one.
  ///   - path: The path after `-o`; `nil` and `-` say nothing.
  ///   - mistakes: Takes what is wrong with them.
  /// - Returns: The format; the first one where nothing is said, or something wrong.
  func format(
    _ word: String?, for path: String?, _ mistakes: inout [Diagnostic]
  ) -> Format {
    if let word { return named(word, &mistakes) ?? all[0] }
    guard let path, path != "-" else { return all[0] }
    return ofFile(path, &mistakes) ?? all[0]
  }

  /// The format called `word`.
  func named(_ word: String, _ mistakes: inout [Diagnostic]) -> Format? {
    if let known = all.first(where: { $0.name == word }) { return known }
    let mistake = FigureOption.Mistake(unknown: word, kind, all.map(\.name))
    mistakes.append(
      Messages.error(
        "unknown-format", mistake.message, help: Self.help(word, nil, mistake.help)))
    return nil
  }

  /// The format of files with the extension of `path`.
  func ofFile(_ path: String, _ mistakes: inout [Diagnostic]) -> Format? {
    let name = path.split(separator: "/").last ?? ""
    // A name that begins with a dot has no extension for that.
    let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
    let word = dot.map { String(name[$0...].dropFirst()) } ?? ""
    if let known = all.first(where: { $0.fileExtension == word.lowercased() }) { return known }
    if word.isEmpty, !needsExtension { return nil }
    var known: [String] = []
    for format in all where !known.contains(format.fileExtension) {
      known.append(format.fileExtension)
    }
    let mistake = FigureOption.Mistake(unknown: word, "extension", known)
    mistakes.append(
      Messages.error(
        "unknown-format",
        word.isEmpty ? "'\(path)' has no extension to choose a format by" : mistake.message,
        help: Self.help(word, path, "\(mistake.help ?? ""); or give one by -T")))
    return nil
  }

  /// The hint, before it the verb that writes a format which this one does not.
  private static func help(_ word: String, _ path: String?, _ help: String?) -> String? {
    let output = path.map { "-o \($0)" } ?? "-T \(word)"
    // Tables are what other verbs are for.
    let isSlides =
      word != "csv" && (SlideFormat.named(word) != nil || SlideFormat.ofFiles(word) != nil)
    let isPicture = OutputFormat.named(word) != nil || OutputFormat.ofFiles(word) != nil
    var verb: String?
    if isPicture, Format.self != OutputFormat.self {
      verb = "render writes it: graphviz-grad render FILE \(output)"
    } else if isSlides, Format.self == OutputFormat.self || ["pptx", "gif"].contains(word) {
      verb = "frames writes it, one step at a time: graphviz-grad frames FILE \(output)"
    }
    let parts = [verb, help].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
