/// What an SVG says, wherever on the picture: all of it but places and what follows from them.
///
/// Other versions of Graphviz put nodes elsewhere. Elements, their order, classes, data, colours and texts
/// stay the same, and so do ids but for their first part, which is a digest of the whole picture.
struct PictureContent {
  /// Line by line, with places and digests left out.
  let lines: [String]

  /// Attributes that are places, or digests of places.
  private static let placed: Set<String> = [
    "x", "y", "cx", "cy", "d", "width", "height", "viewBox", "data-stamp",
  ]

  init(_ svg: String) {
    let prefix = svg.firstMatch(of: /<svg [^>]*?\bid="([^"]*)"/).map { String($0.1) } ?? ""
    // The prefix ends at an underscore or a quotation mark: `gab1_n2` is not `gab` and `1_n2`.
    let neutral =
      prefix.isEmpty
      ? svg
      : svg.replacing("\(prefix)_", with: "picture_").replacing(
        "\"\(prefix)\"", with: "\"picture\"")
    let unplaced = neutral.replacing(/<[a-z][^>]*>/) { tag in
      String(tag.output).replacing(/\ ([a-zA-Z-]+)="[^"]*"/) { attribute in
        Self.placed.contains(String(attribute.output.1)) ? "" : String(attribute.output.0)
      }
    }
    lines = unplaced.split(separator: "\n").map(String.init)
  }
}
