import GraphvizGrad

/// What a document says of all its figures at once.
struct FigureDefaults {
  /// Attributes of every block where neither it nor the head of its program says otherwise.
  let attributes: [FigureBlock.Attribute]

  /// Attributes besides the options of a picture that all figures may share.
  private static let shared = ["width", "height", "steps", "echo"]

  /// Reads names and their values.
  ///
  /// - Parameters:
  ///   - pairs: What is said, in the order written.
  ///   - place: What messages call the place, as `<metadata graphviz-grad>`.
  ///   - known: Names that are no attributes, for a wrong one's message.
  ///   - isTrusted: Whether the document may name files beside it.
  /// - Throws: Everything that is wrong.
  init(
    _ pairs: [(name: String, value: String)], in place: String, beside known: [String] = [],
    isTrusted: Bool
  ) throws(ProgramError) {
    let known =
      known
      + FigureBlock.knownAttributes.filter {
        !FigureBlock.ownAttributes.contains($0) || Self.shared.contains($0)
      }
    var mistakes: [Diagnostic] = []
    for (name, value) in pairs {
      do throws(FigureOption.Mistake) {
        guard known.contains(name) else {
          throw FigureOption.Mistake(unknown: name, "option", known)
        }
        if !Self.shared.contains(name), let option = FigureOption.named(name) {
          let files = FileAccess.ofProgram(place, isTrusted: isTrusted)
          try option.check(value, Files.system.limited(to: files))
        }
      } catch {
        mistakes.append(Self.mistake("\(name): \(error.message)", error.help, in: place))
      }
    }
    if !mistakes.isEmpty { throw ProgramError(mistakes) }
    attributes = pairs.map { FigureBlock.Attribute($0.name, $0.value) }
  }

  /// What is wrong at a place of defaults.
  static func mistake(_ message: String, _ help: String?, in place: String) -> Diagnostic {
    Diagnostic(.error, code: "bad-metadata", message, file: place, help: help)
  }
}
