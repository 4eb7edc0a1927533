import GradFigure

/// The colours that a picture of Typst uses, with the names it gives them.
struct TypstColors {
  private var used: [String: String] = [:]
  private var paints: Set<String> = []

  /// The name of `paint`; from now on it is defined.
  mutating func name(_ paint: Paint, _ tone: Tone = .full) -> String {
    let name = Self.name(paint, tone)
    paints.insert(name)
    return name
  }

  /// The name of a shade of a heat map; from now on it is defined.
  mutating func name(shade: Int?, _ tone: Tone, in theme: Theme) -> String {
    let color = theme.color(shade: shade, tone)
    let name = "heat-\(color.dropFirst())"
    used[name] = color
    return name
  }

  private static func name(_ paint: Paint, _ tone: Tone) -> String {
    // `box` is a function of Typst's.
    "\(paint.rawValue.lowercased())-\(tone == .full ? "color" : tone.rawValue)"
  }

  /// A line for each colour that is used.
  func definitions(in theme: Theme) -> [String] {
    Paint.allCases.flatMap { paint in
      Tone.allCases.compactMap { tone -> String? in
        let name = Self.name(paint, tone)
        return paints.contains(name) ? "  let \(name) = rgb(\"\(theme.color(paint, tone))\")" : nil
      }
    } + used.sorted { $0.key < $1.key }.map { "  let \($0) = rgb(\"\($1)\")" }
  }
}
