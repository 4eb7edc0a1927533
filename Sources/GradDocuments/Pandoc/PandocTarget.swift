import GraphvizGrad

/// What a figure becomes in a format that pandoc writes.
struct PandocTarget {
  /// The format of pictures.
  let picture: OutputFormat
  /// Whether pictures are put into the document itself; otherwise they are files beside it.
  let isEmbedded: Bool
  /// How steps are shown, if they are.
  let steps: Steps?
  /// What holds for figures where the document says nothing else: on slides they fit a slide.
  let defaults: [FigureBlock.Attribute]
  /// Whether the description stands in the place of an image's title.
  let titleIsDescription: Bool
  /// Whether the words of an image are shown below it, even where it is part of a figure.
  let wordsAreCaption: Bool

  /// Whether pictures in lists and quotations are not shown.
  var hidesInnerPictures: Bool { wordsAreCaption }

  /// How a figure is shown one step at a time.
  enum Steps {
    /// Fragments of a slide of reveal.js.
    case fragments
    /// Overlays of a slide of Beamer.
    case overlays
  }

  /// - Parameter format: What pandoc calls the format, extensions such as `+smart` aside.
  init(_ format: String) {
    let name = String(format.prefix { $0 != "+" && $0 != "-" })
    switch name {
    case "latex", "beamer", "context", "pdf": picture = .pdf
    case "docx", "pptx", "odt", "opendocument", "rtf": picture = .png
    default: picture = .svg
    }
    // Documents of Office say where pictures come from; a picture as an address would fill pages.
    isEmbedded = Self.embedding.contains(name)
    steps = ["revealjs": .fragments, "beamer": .overlays][name]
    defaults = Self.slides.contains(name) ? [FigureBlock.Attribute("fit", "16:9")] : []
    titleIsDescription = ["pptx", "odt", "opendocument"].contains(name)
    wordsAreCaption = name == "pptx"
  }

  /// Formats of slides.
  private static let slides: Set<String> = [
    "beamer", "pptx", "revealjs", "slidy", "slideous", "s5", "dzslides",
  ]

  /// Formats that take pictures in themselves, or show none.
  private static let embedding: Set<String> = [
    "", "html", "html4", "html5", "chunkedhtml", "epub", "epub2", "epub3", "revealjs", "slidy",
    "slideous", "s5", "dzslides", "odt", "opendocument", "rtf", "fb2", "plain", "man",
    "json", "native",
  ]
}
