import GraphvizGrad

/// What a document's metadata says of all its figures, in the map `graphviz-grad`.
struct PandocDefaults {
  /// The folder for pictures that are files; `nil` if the document does not name one.
  private(set) var folder: String?
  /// Attributes of every block that does not say otherwise.
  private(set) var attributes: [FigureBlock.Attribute] = []

  /// Attributes besides the options of a picture that all figures may share.
  private static let shared = ["width", "height", "steps", "echo"]

  /// Reads the map.
  ///
  /// - Throws: Everything that is wrong with it.
  init(_ metadata: JSONValue?) throws(ProgramError) {
    guard let entry = metadata?["graphviz-grad"] else { return }
    let known =
      ["folder"]
      + FigureBlock.knownAttributes.filter {
        !FigureBlock.ownAttributes.contains($0) || Self.shared.contains($0)
      }
    var mistakes: [Diagnostic] = []
    func mistake(_ message: String, _ help: String?) {
      mistakes.append(
        Diagnostic(
          .error, code: "bad-metadata", message, file: "<metadata graphviz-grad>", help: help))
    }
    if !(entry["t"]?.isString("MetaMap") ?? false) {
      mistake("it is no map of options", "graphviz-grad: {theme: dark}")
    }
    for (key, content) in entry["t"]?.isString("MetaMap") ?? false ? entry["c"]?.members ?? [] : []
    {
      let (name, value) = (key.string ?? "", Self.text(content))
      if name == "folder" {
        folder = value
        if value.isEmpty { mistake("folder: it has no name", "folder: figures") }
        continue
      }
      do throws(PictureSetting.Mistake) {
        guard known.contains(name) else {
          throw PictureSetting.Mistake(unknown: name, "option", known)
        }
        if !Self.shared.contains(name), let setting = PictureSetting.named(name) {
          var ignored = PictureOptions()
          try setting.apply(value, &ignored)
        }
        attributes.append(FigureBlock.Attribute(name, value))
      } catch {
        mistake("\(name): \(error.message)", error.help)
      }
    }
    if !mistakes.isEmpty { throw ProgramError(mistakes) }
  }

  /// The attributes that neither a block nor the head of its program gives.
  func attributes(beside own: [FigureBlock.Attribute], of source: Source) -> [FigureBlock.Attribute]
  {
    if attributes.isEmpty { return [] }
    let words = Program(source).options.map(\.text)
    return attributes.filter { attribute in
      let option = "--\(attribute.name)"
      return !own.contains { $0.name == attribute.name }
        && !words.contains { $0 == option || $0.hasPrefix("\(option)=") }
    }
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
