/// The colours of a figure, by what they stand for.
///
/// Text and lines keep a contrast of at least 4.5:1 on what they are drawn on. To add a theme, add a
/// file to `Themes/` and name it in ``all``.
public struct Theme: Sendable, Equatable {
  /// What the command line calls it.
  public var name: String
  /// The colour of each ``Paint``, as `#rrggbb`.
  public var colors: PaintColors
  /// Whether backward edges are dashed, so that the flows differ without colour.
  public var dashesBackward: Bool
  /// The colours of heat maps.
  public var heat: HeatColors
  /// The theme that takes over where the reader prefers dark pages.
  public var dark: PaintColors?

  /// A theme from its parts; every paint needs a colour.
  public init(
    name: String, colors: PaintColors, dashesBackward: Bool = false,
    dark: PaintColors? = nil, heat: HeatColors = .blueAndOrange
  ) {
    precondition(colors.isComplete, "a theme needs a colour for every paint")
    self.name = name
    self.colors = colors
    self.dashesBackward = dashesBackward
    self.dark = dark
    self.heat = heat
  }

  /// The colours for readers who prefer dark pages, as a theme of their own.
  public var darkTheme: Theme? {
    dark.map { Theme(name: name, colors: $0, dashesBackward: dashesBackward, heat: heat) }
  }

  /// The colour of `paint`, mixed with paper by `tone`.
  public func color(_ paint: Paint, _ tone: Tone = .full) -> String {
    switch tone {
    case .full: self[paint]
    case .faded: Self.mixed(self[paint], self[.paper], fadedShare(of: paint))
    case .ghost: Self.mixed(self[paint], self[.paper], tone.share)
    }
  }

  /// The colour of a shade of a heat map, mixed with paper by `tone`; that of ``Paint/alert`` for what is
  /// not finite.
  public func color(shade: Int?, _ tone: Tone = .full) -> String {
    guard let shade else { return color(.alert, tone) }
    let share = Double(abs(shade)) / Double(HeatMap.shades)
    let color = Self.mixed(shade < 0 ? heat.negative : heat.positive, HeatColors.zero, share)
    return tone == .full ? color : Self.mixed(color, self[.paper], tone.share)
  }

  /// The share of a faint colour: of text as much as keeps a contrast of 3:1, so that it is still read.
  private func fadedShare(of paint: Paint) -> Double {
    let least = Tone.faded.share
    if ![.ink, .muted, .forward, .backward, .signal, .alert].contains(paint) { return least }
    let paper = Self.channels(self[.paper])
    let grounds =
      [paper]
      + [.box, .inputBox, .outputBox].map {
        Self.mixed(Self.channels(self[$0]), paper, least)
      }
    let lights = grounds.map(Self.lightness)
    let full = Self.channels(self[paint])
    return stride(from: least, to: 1, by: 0.02).first { share in
      let light = Self.lightness(Self.mixed(full, paper, share))
      return lights.allSatisfy { max(light, $0) + 0.05 >= 3.1 * (min(light, $0) + 0.05) }
    } ?? 1
  }

  private static func channels(_ color: String) -> SIMD3<Double> {
    let number = UInt32(color.dropFirst(), radix: 16) ?? 0
    return SIMD3([16, 8, 0].map { Double(number >> $0 & 255) / 255 })
  }

  private static func mixed(
    _ first: SIMD3<Double>, _ second: SIMD3<Double>, _ share: Double
  ) -> SIMD3<Double> {
    share * first + (1 - share) * second
  }

  /// The relative luminance (WCAG 2.1), with a polynomial in the place of its powers of 2.4.
  private static func lightness(_ color: SIMD3<Double>) -> Double {
    let linear = color * (color * (color * 0.3053 + 0.6822) + 0.0125)
    return (linear * SIMD3(0.2126, 0.7152, 0.0722)).sum()
  }

  /// `share` of one colour, the rest of another.
  static func mixed(_ first: String, _ second: String, _ share: Double) -> String {
    let (a, b) = (
      UInt32(first.dropFirst(), radix: 16) ?? 0, UInt32(second.dropFirst(), radix: 16) ?? 0
    )
    var result = "#"
    for shift in [16, 8, 0] as [UInt32] {
      let (x, y) = (Double(a >> shift & 255), Double(b >> shift & 255))
      let digits = String(Int((share * x + (1 - share) * y).rounded()), radix: 16)
      result += digits.count == 1 ? "0" + digits : digits
    }
    return result
  }

  /// The colour of `paint`, as `#rrggbb`.
  public subscript(paint: Paint) -> String { colors[paint] ?? "#000000" }
}

/// A colour for each ``Paint``, as `#rrggbb`.
public struct PaintColors: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// By the place of each paint.
  private var colors = [String?](repeating: nil, count: Paint.allCases.count)

  /// Colours for some paints, or for all.
  public init(dictionaryLiteral elements: (Paint, String)...) {
    for (paint, color) in elements { self[paint] = color }
  }

  /// The colour of `paint`; `nil` for one that has none yet.
  public subscript(paint: Paint) -> String? {
    get { colors[paint.place] }
    set { colors[paint.place] = newValue }
  }

  /// Whether every paint has a colour.
  public var isComplete: Bool { !colors.contains(nil) }
}

/// How strongly a colour is laid on the paper.
public enum Tone: String, Sendable, CaseIterable {
  /// As it is.
  case full
  /// What has no part in what is shown.
  case faded
  /// What is still to come, where frames show it.
  case ghost

  /// The share of the colour; the rest is paper.
  var share: Double {
    switch self {
    case .full: 1
    case .faded: 0.3
    case .ghost: 0.2
    }
  }
}

/// What a colour stands for.
public enum Paint: String, Sendable, CaseIterable {
  /// The page.
  case paper
  /// Titles.
  case ink
  /// Less important text.
  case muted
  /// The lines of boxes.
  case line
  /// Boxes of operations.
  case box
  /// Boxes of inputs.
  case inputBox
  /// The box of the output.
  case outputBox
  /// Forward values and edges.
  case forward
  /// Values on the wires of a circuit.
  case signal
  /// Backward derivatives and edges.
  case backward
  /// The outline of a node where a value stops being finite.
  case alert

  /// Where it stands among all paints.
  fileprivate var place: Int {
    switch self {
    case .paper: 0
    case .ink: 1
    case .muted: 2
    case .line: 3
    case .box: 4
    case .inputBox: 5
    case .outputBox: 6
    case .forward: 7
    case .signal: 8
    case .backward: 9
    case .alert: 10
    }
  }
}

extension Theme {
  /// Every theme, in the order `--help` lists them.
  public static let all: [Theme] = [light, dark, print, auto]
}
