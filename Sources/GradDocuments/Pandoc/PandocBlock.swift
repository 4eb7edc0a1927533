import GradBase
import GraphvizGrad

/// A block of code with the class `grad` in pandoc's document.
struct PandocBlock {
  /// The element in the document.
  let element: JSONValue
  let identifier: String
  /// The classes besides `grad`.
  let classes: [String]
  /// What concerns the figure, by the names it is written with.
  private(set) var attributes: [(name: String, value: String)] = []
  /// What the image takes over as it is.
  private(set) var kept: [(name: String, value: String)] = []
  /// Where the block begins, as `commonmark+sourcepos` says: `x.md@3:1-6:4`.
  private(set) var sourcePosition: String?
  let text: String

  /// The block in an object; `nil` if it is something else.
  init?(_ object: JSONValue) {
    guard object["t"]?.isString("CodeBlock") ?? false, let content = object["c"],
      let head = content[0]?.elements, head.count == 3, let text = content[1]?.string
    else { return nil }
    let classes = head[1].elements.compactMap(\.string)
    guard classes.contains("grad") else { return nil }
    element = object
    identifier = head[0].string ?? ""
    self.classes = classes.filter { $0 != "grad" }
    self.text = text
    for pair in head[2].elements {
      guard let name = pair[0]?.string, let value = pair[1]?.string else { continue }
      if name == "data-pos" {
        sourcePosition = value
      } else if name.hasPrefix("data-") || Self.passed.contains(name) {
        kept.append((name, value))
      } else {
        attributes.append((name, value))
      }
    }
  }

  /// Attributes that other programs read.
  private static let passed: Set<String> = [
    "fig-align", "fig-pos", "fig-env", "fig-scap", "fig-link", "lang", "dir", "custom-style",
  ]

  /// What Quarto calls attributes of ours.
  private static let synonyms = [
    "fig-cap": "caption", "fig-alt": "alt", "fig-width": "width", "fig-height": "height",
    "out-width": "width", "out-height": "height",
  ]

  /// What is asked for, under the names of ``FigureBlock``.
  func attributes(_ place: (String) -> Span?) -> [FigureBlock.Attribute] {
    attributes.map { name, value in
      var value = value
      // Quarto's numbers are inches.
      if name == "fig-width" || name == "fig-height", Double(value) != nil { value += "in" }
      return FigureBlock.Attribute(Self.synonyms[name] ?? name, value, at: place(name))
    }
  }

  /// Whether the block is in a list, a quotation or a table.
  func isInner(in document: JSONDocument) -> Bool {
    let outer = ["BulletList", "OrderedList", "DefinitionList", "BlockQuote", "Table"]
    return document.values(around: element).contains { value in
      value["t"]?.string.map(outer.contains) ?? false
    }
  }

  /// The block as a listing beside its figure, which takes its name.
  var listing: String {
    let attributes = PandocNode.Attributes(classes: ["grad"] + classes)
    return PandocNode.element("CodeBlock", "[\(attributes.json),\(PandocNode.quoted(text))]")
  }
}
