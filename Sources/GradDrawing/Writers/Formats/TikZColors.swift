import GradFigure

/// The colours that a picture uses, with the names it gives them.
struct TikZColors {
  private var used: Set<String> = []
  /// The shades of heat maps.
  private var shades: Set<String> = []

  /// The name of `paint`; from now on it is defined.
  mutating func name(_ paint: Paint, _ tone: Tone = .full) -> String {
    let name = Self.name(paint, tone)
    used.insert(name)
    return name
  }

  /// The name of a shade of a heat map; from now on it is defined.
  mutating func name(shade: Int?, _ tone: Tone, in theme: Theme) -> String {
    let color = theme.color(shade: shade, tone).dropFirst().uppercased()
    shades.insert(color)
    return "gradheat\(color)"
  }

  private static func name(_ paint: Paint, _ tone: Tone) -> String {
    "grad\(paint.rawValue.lowercased())\(tone == .full ? "" : tone.rawValue)"
  }

  /// A line for each colour that is used.
  func definitions(in theme: Theme) -> [String] {
    Paint.allCases.flatMap { paint in
      Tone.allCases.compactMap { tone in
        let name = Self.name(paint, tone)
        if !used.contains(name) { return nil }
        let digits = theme.color(paint, tone).dropFirst().uppercased()
        return "\\definecolor{\(name)}{HTML}{\(digits)}"
      }
    } + shades.sorted().map { "\\definecolor{gradheat\($0)}{HTML}{\($0)}" }
  }
}
