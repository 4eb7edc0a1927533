import GradFigure

/// What stands around the places of a figure: a margin, the title above, notes and the legend below.
struct Surroundings {
  /// The whole drawing.
  let size: Size
  /// Where the upper left corner of the figure's places is.
  let place: Point
  /// What they take besides the figure's places, where those are wide enough.
  let added: Size
  /// The line above the figure.
  let title: Drawing.TextLine?
  private let footer: Footer

  private static let margin = 8.0
  private static let titleSize = 17.0

  /// The surroundings of `figure`, whose places take `inner`.
  init(_ figure: Figure, around inner: Size) {
    let titleHeight = figure.title == nil ? 0 : Self.titleSize * 1.2 + 8
    let titleWidth = figure.title?.width(size: Self.titleSize, bold: true) ?? 0
    let width = max(inner.width, titleWidth, Footer.widestNote(of: figure))
    footer = Footer(figure, width: width)
    added = Size(
      width: 2 * Self.margin, height: 2 * Self.margin + titleHeight + footer.height)
    size = Size(
      width: (width + added.width).rounded(.up), height: (inner.height + added.height).rounded(.up))
    place = Point(Self.margin + (width - inner.width) / 2, Self.margin + titleHeight)
    title = figure.title.map { [size] in
      Drawing.TextLine(
        text: $0,
        anchor: Point(size.width / 2, Self.margin + Self.titleSize * FontMetrics.capitalHeight + 2),
        size: Self.titleSize, isBold: true, paint: .ink, kind: .caption)
    }
  }

  /// What stands below the figure.
  func footerParts(_ theme: Theme) -> [Drawing.Part] {
    footer.parts(
      at: Point(size.width / 2, size.height - Self.margin - footer.height), theme)
  }
}
