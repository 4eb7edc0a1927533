public import GradLanguage

import GradBase
import GradCore

/// The options that a program carries in the `#:` lines at its head.
///
/// Beside options of a picture they may say what a document makes of it, its caption and its size on the
/// page: for tools that keep the line of a block's fence for themselves. Where there is no document, that
/// says nothing.
public struct ProgramHead: Sendable {
  /// An option with its value.
  private struct Entry: Sendable {
    var name: HeadWord
    var value: String
    var place: Span
  }

  /// The output that the program asks for by `--of`; `nil` if it does not.
  public private(set) var output: String?
  /// The variant with other whole numbers that the program asks for by `--vary` and `--seed`; `nil` if it
  /// does not.
  public private(set) var variant: Int?
  /// What is meant for the document around the program, by ``documentNames``.
  public private(set) var documentWords: [DocumentWord] = []
  /// What messages call the program.
  let file: String
  private var entries: [Entry] = []
  /// What says which numbers the program has.
  private var numbers: [Entry] = []
  private var mistakes: [Diagnostic] = []

  /// What a head may say for the document around it, beside `--width` with a unit.
  public static let documentNames = ["name", "caption", "alt", "height", "steps", "echo"]

  /// What says which numbers a program has.
  private static let numberNames = ["of", "set", "vary", "seed"]

  /// The names of all that a head may say.
  public static let names = FigureOption.all.map(\.name) + numberNames + documentNames

  /// Those that may stand without a value.
  public static let flags = FigureOption.flags + ["echo", "vary"]

  /// A word for the document around a program, with its value.
  public struct DocumentWord: Sendable, Equatable {
    /// The word, without its dashes.
    public let name: String
    /// The value; `true` for a word that stands alone.
    public let value: String
    /// Where the value stands.
    public let place: Span
  }

  /// Reads `--name value` and `--name=value`.
  public init(_ program: Program) {
    file = program.source.name
    var words = program.options[...]
    while let word = words.popFirst() {
      let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first?.dropFirst(2) ?? "")
      guard word.text.hasPrefix("--"), Self.names.contains(name) else {
        let nearest =
          nearestName(to: name, among: Self.names).map { "did you mean '--\($0)'? " } ?? ""
        mistake(
          "'\(word.text)' is no option of a figure", at: word.span, in: program,
          help: "\(nearest)known: \(Self.names.map { "--\($0)" }.joined(separator: ", "))")
        // What follows is its value.
        if parts.count == 1, words.first?.text.hasPrefix("-") == false { words.removeFirst() }
        continue
      }
      var entry = Entry(name: word, value: "", place: word.span)
      entry.name.text = name
      if parts.count == 2 {
        entry.value = String(parts[1])
      } else if Self.flags.contains(name) {
        entry.value = "true"
      } else if let next = words.popFirst() {
        entry.value = next.text
        entry.place = next.span
      } else {
        mistake("'\(word.text)' lacks its value", at: word.span, in: program)
        continue
      }
      if Self.numberNames.contains(name) {
        numbers.append(entry)
      } else if Self.isForDocument(name, entry.value) {
        documentWords.append(
          DocumentWord(name: name, value: entry.value, place: entry.place))
      } else {
        entries.append(entry)
      }
    }
    readVariant(in: program)
  }

  private mutating func readVariant(in program: Program) {
    output = numbers.last { $0.name.text == "of" }?.value
    let isVaried = numbers.last { $0.name.text == "vary" }.map { $0.value != "false" } ?? false
    variant = isVaried ? 1 : nil
    guard let seed = numbers.last(where: { $0.name.text == "seed" }) else { return }
    if !isVaried {
      mistake("seed says nothing without vary", at: seed.place, in: program, help: "--vary")
    } else if let number = Int(seed.value) {
      variant = number
    } else {
      mistake("seed: '\(seed.value)' is no whole number", at: seed.place, in: program)
    }
  }

  /// Values for inputs: those of `--set`, but for what others give.
  ///
  /// - Parameter given: Values from elsewhere, which come first.
  /// - Returns: All values.
  /// - Throws: Everything that is wrong with those of the head, at its place.
  func settings(below given: [InputValue]) throws(ProgramError) -> [InputValue] {
    var settings: [InputValue] = []
    for entry in numbers where entry.name.text == "set" {
      do {
        settings += try InputValue.parse(Source("--set", text: entry.value))
      } catch {
        throw ProgramError(
          error.diagnostics.map { fault in
            Diagnostic(
              .error, code: "bad-option", "set: \(fault.message)", file: file, span: entry.place,
              help: fault.help)
          })
      }
    }
    return settings.filter { setting in
      !given.contains { NameForm.areEqual($0.name, setting.name) }
    } + given
  }

  /// The theme that the program asks for; `nil` if it does not.
  var theme: String? { value(of: "theme") }

  /// The value that the program gives to the option `name`; `nil` if it gives none.
  func value(of name: String) -> String? { entries.last { $0.name.text == name }?.value }

  /// Whether an option is about the page; a width without a unit is the picture's own, in pixels.
  private static func isForDocument(_ name: String, _ value: String) -> Bool {
    documentNames.contains(name)
      || name == "width" && PageLength.isLength(value) && value.last?.isNumber == false
  }

  private mutating func mistake(
    _ message: String, at place: Span, in program: Program, help: String? = nil
  ) {
    mistakes.append(
      Diagnostic(
        .error, code: "bad-option", message, file: program.source.name, span: place, help: help))
  }

  /// Sets the options of the lines.
  ///
  /// - Parameters:
  ///   - options: The options to change.
  ///   - overridden: The names of options that are to stay as they are.
  ///   - files: The files that the program may name.
  /// - Throws: Everything that is wrong with the lines.
  public func apply(
    to options: inout PictureOptions, except overridden: Set<String> = [],
    from files: Files = .system.limited(to: .none)
  ) throws(ProgramError) {
    var mistakes = mistakes
    for entry in entries {
      do {
        guard let option = FigureOption.named(entry.name.text) else { continue }
        if overridden.contains(entry.name.text) {
          try option.check(entry.value, files)
        } else {
          try option.apply(entry.value, &options, files)
        }
      } catch {
        mistakes.append(
          Diagnostic(
            .error, code: "bad-option", error.message, file: entry.place.source.name,
            span: entry.place, help: error.help))
      }
    }
    if !mistakes.isEmpty { throw ProgramError(mistakes) }
  }
}
