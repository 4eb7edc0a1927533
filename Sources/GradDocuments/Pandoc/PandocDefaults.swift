import GradBase
import GraphvizGrad

/// What a document's metadata says of all its figures, in the map `graphviz-grad`.
struct PandocDefaults {
  /// The folder for pictures that are files; `nil` if the document does not name one.
  let folder: String?
  /// What holds for the figures.
  let figures: FigureDefaults

  /// Reads the map.
  ///
  /// - Parameters:
  ///   - metadata: The document's metadata.
  ///   - isTrusted: Whether it may name files.
  /// - Throws: Everything that is wrong with it.
  init(_ metadata: JSONValue?, isTrusted: Bool) throws(ProgramError) {
    let place = "<metadata graphviz-grad>"
    let entry = metadata?["graphviz-grad"]
    var pairs: [(name: String, value: String)] = []
    var mistakes: [Diagnostic] = []
    if let entry, !(entry["t"]?.isString("MetaMap") ?? false) {
      mistakes.append(
        FigureDefaults.mistake(
          "it is no map of options", "graphviz-grad: {theme: dark}", in: place))
    } else {
      pairs = (entry?["c"]?.members ?? []).map { ($0.key.string ?? "", Self.text($0.value)) }
    }
    folder = pairs.last { $0.name == "folder" }?.value
    if folder?.isEmpty ?? false {
      mistakes.append(
        FigureDefaults.mistake("folder: it has no name", "folder: figures", in: place))
    }
    do {
      figures = try FigureDefaults(
        pairs.filter { $0.name != "folder" }, in: place, beside: ["folder"], isTrusted: isTrusted)
    } catch {
      throw ProgramError(mistakes + error.diagnostics)
    }
    if !mistakes.isEmpty { throw ProgramError(mistakes) }
  }

  /// The text in a value, whatever it is marked up with.
  private static func text(_ value: JSONValue) -> String {
    if let truth = value["c"]?.boolean { return truth ? "true" : "false" }
    if let text = value["c"]?.string { return text }
    return value.descendants.map { part in
      guard let type = part["t"] else { return "" }
      if type.isString("Space") || type.isString("SoftBreak") { return " " }
      // Code and mathematics have their text last.
      return part["c"]?.string ?? part["c"]?.elements.last?.string ?? ""
    }.joined()
  }
}
