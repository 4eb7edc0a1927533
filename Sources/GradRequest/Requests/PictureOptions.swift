public import GradFigure

/// How a trace becomes a picture.
public struct PictureOptions: Sendable {
  /// What is drawn.
  public var figure = FigureOptions()
  /// The colours.
  public var theme = Theme.light
  /// What is painted behind the figure.
  public var background = Background.theme
  /// The size of pictures that are made of pixels.
  public var resolution = Resolution.sharp
  /// What the ids of an SVG begin with; `nil` for a hash of the drawing.
  public var idPrefix: String?
  /// Whether a file that could be a part of a document is a document of its own.
  public var isStandalone = false

  /// How long a frame stays where frames follow each other by themselves.
  public var milliseconds = 1_200

  /// The defaults; more than 150 nodes are folded where they can be.
  public init() { figure.maxNodes = 150 }

  /// What is painted behind a figure.
  public enum Background: Sendable, Equatable {
    /// The theme's paper.
    case theme
    /// Nothing.
    case none
    /// A colour, as `#rrggbb`.
    case color(String)
  }

  /// The size of a picture in pixels.
  public enum Resolution: Sendable, Equatable {
    /// Two pixels a point of the figure; fewer where a picture would have more pixels than anybody shows.
    case sharp
    /// Pixels a point of the figure.
    case scale(Double)
    /// Pixels an inch, where an inch is 96 points of the figure, as on a web page.
    case dotsPerInch(Double)
    /// Pixels from the left side to the right.
    case width(Double)

    /// The most pixels of a picture whose size is not asked for, all in all and on a side: the latter as
    /// many as WebP can have.
    private static let (mostPixels, longestSide) = (32_000_000.0, 16_000.0)

    /// Pixels a point of a figure of `size` points.
    package func scale(of size: Size) -> Double {
      switch self {
      case .sharp:
        min(
          2, (Self.mostPixels / (size.width * size.height)).squareRoot(),
          Self.longestSide / max(size.width, size.height))
      case .scale(let scale): scale
      case .dotsPerInch(let dots): dots / 96
      case .width(let pixels): pixels / size.width
      }
    }
  }
}
