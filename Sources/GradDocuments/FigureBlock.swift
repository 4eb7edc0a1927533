public import GraphvizGrad

/// A block of code in a document that holds a program, with what is asked of its figure.
///
/// Every kind of document finds its blocks in its own way; what a block may ask for is the same in all
/// of them.
public struct FigureBlock: Sendable {
  /// The program, with its places in the document.
  public var source: Source
  /// What the document calls the figure, without `#`; empty if it has no name.
  public var identifier = ""
  /// What is asked for, in the order written.
  public var attributes: [Attribute] = []
  /// Where the block begins, for messages that are not about a place in the program.
  public var place: Span
  /// What holds where neither the block nor the head of its program says anything.
  var defaults: [Attribute] = []
  /// Whether the document may name files beside it.
  public var isTrusted = false

  /// An attribute of a block.
  public struct Attribute: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value; `true` for a name that stands alone.
    public var value: String
    /// Where it is written; `nil` where the document does not tell.
    public var place: Span?

    /// An attribute from its parts.
    public init(_ name: String, _ value: String, at place: Span? = nil) {
      self.name = name
      self.value = value
      self.place = place
    }
  }

  /// The block that holds `source`.
  ///
  /// - Parameters:
  ///   - source: The program, with its places in the document.
  ///   - place: Where the block begins.
  public init(_ source: Source, at place: Span) {
    self.source = source
    self.place = place
  }

  /// Attributes besides the options of a picture.
  ///
  /// `width` and `height` are those of the picture on the page, as `60%` or `8cm`.
  public static let ownAttributes = [
    "of", "set", "vary", "seed", "label", "caption", "alt", "width", "height", "steps", "echo",
  ]

  /// The names of all attributes that a block may have.
  public static let knownAttributes =
    FigureOption.all.map(\.name).filter { !ownAttributes.contains($0) } + ownAttributes
}

extension FigureBlock {
  /// A program as a document shows it: without the lines that say what its figure is like.
  static func listing(_ program: String) -> String {
    program.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#:") }.joined(separator: "\n")
  }
}

/// What a block asks for, read and found to be right.
public struct DocumentFigure: Sendable {
  /// The figure that can be drawn.
  public let figure: RequestedFigure
  /// What the document calls the figure; empty if it has no name.
  public let identifier: String
  /// The words below the figure, in the document's own markup; `nil` for none.
  public let caption: String?
  /// The description for those who do not see the picture, if not that of the figure itself.
  public let alt: String?
  /// How wide the picture is on the page, as the document writes it; `nil` for its own size.
  public let width: String?
  /// How high the picture is on the page.
  public let height: String?
  /// The frames that are asked for: `true` or `both` for all, `forward`, `backward`, or numbers such
  /// as `2,4-6`; `nil` for one picture.
  public let steps: String?
  /// Whether the program is shown as well.
  public let showsProgram: Bool

  /// The description of the picture in one line.
  public var alternative: String { alt ?? figure.reading.alternative }
}

extension FigureBlock {
  /// Reads the program and everything that is asked for.
  ///
  /// - Throws: All that is wrong with the program and the attributes, at its place in the document.
  public func figure() throws(FigureError) -> DocumentFigure {
    var request = FigureRequest(source)
    request.trustsHead = isTrusted
    let files = FileAccess.ofProgram(source.path, isTrusted: isTrusted)
    request.dataFiles = files
    var own: [String: String] = [:]
    var shared: [String: String] = [:]
    for attribute in defaults {
      if Self.ownAttributes.contains(attribute.name) {
        shared[attribute.name] = attribute.value
      } else {
        request.fallbacks.append(OptionText(attribute.name, attribute.value, files: files))
      }
    }
    var mistakes = attributes.flatMap { read($0, files, &request, &own) }
    request.output = own["of"]
    let isVaried = Self.isTrue(own["vary"])
    if let seed = own["seed"], let attribute = attributes.last(where: { $0.name == "seed" }) {
      if !isVaried {
        mistakes.append(fault("seed says nothing without vary", attribute, "vary=true"))
      } else if Int(seed) == nil {
        mistakes.append(fault("seed: '\(seed)' is no whole number", attribute, nil))
      }
    }
    if isVaried { request.variant = own["seed"].flatMap(Int.init) ?? 1 }
    if source.text.allSatisfy(\.isWhitespace) {
      mistakes.append(
        Diagnostic(
          .error, code: "empty-block", "the block holds no program",
          file: place.source.name, span: place, help: "write one, such as: x = 3; y = x*x"))
    }
    if !mistakes.isEmpty { throw .request(mistakes) }
    do {
      let figure = try request.figure()
      let head = try words(of: figure.computation.head)
      if !identifier.isEmpty, own["label"] == nil { own["label"] = identifier }
      let said = shared.merging(head) { $1 }.merging(own) { $1 }
      return DocumentFigure(
        figure: figure, identifier: said["label"] ?? "", caption: said["caption"],
        alt: said["alt"], width: said["width"], height: said["height"],
        steps: said["steps"].flatMap { $0 == "false" ? nil : $0 },
        showsProgram: Self.isTrue(said["echo"]))
    } catch {
      guard case .request(let diagnostics) = error else { throw error }
      // What has no place of its own is said where the block begins.
      throw .request(
        diagnostics.map { diagnostic in
          var placed = diagnostic
          placed.span = placed.span ?? place
          return placed
        })
    }
  }

  /// What the head of the program says for the document, under the names of attributes.
  private func words(of head: ProgramHead) throws(FigureError) -> [String: String] {
    var words: [String: String] = [:]
    var mistakes: [Diagnostic] = []
    for word in head.documentWords {
      words[word.name == "name" ? "label" : word.name] = word.value
      guard Self.lengths.contains(word.name), !PageLength.isLength(word.value) else { continue }
      let mistake = Self.noLength(word.value)
      mistakes.append(
        Diagnostic(
          .error, code: "bad-option", mistake.message, file: source.name, span: word.place,
          help: mistake.help))
    }
    if !mistakes.isEmpty { throw .request(mistakes) }
    return words
  }

  private static let lengths = ["width", "height"]

  private static func noLength(_ value: String) -> FigureOption.Mistake {
    FigureOption.Mistake(
      message: "'\(value)' is no length on a page", help: "such as 60%, 8cm, 300px or 300")
  }

  /// Takes an attribute, and says what is wrong with it.
  private func read(
    _ attribute: Attribute, _ files: FileAccess, _ request: inout FigureRequest,
    _ own: inout [String: String]
  ) -> [Diagnostic] {
    let (name, value) = (attribute.name, attribute.value)
    if name == "set" {
      do {
        request.values += try InputValue.parse(Source("set", text: value))
        return []
      } catch {
        return error.diagnostics.map { fault("set: \($0.message)", attribute, $0.help) }
      }
    }
    do throws(FigureOption.Mistake) {
      if Self.ownAttributes.contains(name) {
        own[name] = value
        if Self.lengths.contains(name), !PageLength.isLength(value) {
          throw Self.noLength(value)
        }
      } else if let option = FigureOption.named(name) {
        try option.check(value, request.files.limited(to: files))
        request.options.append(OptionText(name, value, files: files))
      } else {
        throw FigureOption.Mistake(unknown: name, "attribute", Self.knownAttributes)
      }
      return []
    } catch {
      return [fault("\(name): \(error.message)", attribute, error.help)]
    }
  }

  private static func isTrue(_ value: String?) -> Bool { value.map { $0 != "false" } ?? false }

  private func fault(_ message: String, _ attribute: Attribute, _ help: String?) -> Diagnostic {
    let place = attribute.place ?? place
    return Diagnostic(
      .error, code: "bad-attribute", message, file: place.source.name, span: place, help: help)
  }
}
