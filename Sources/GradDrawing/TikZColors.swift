import GradFigure

/// The colours that a picture uses, with the names it gives them.
struct TikZColors {
  private var used: Set<String> = []

  /// The name of `paint`; from now on it is defined.
  mutating func name(_ paint: Paint, isFaded: Bool = false) -> String {
    let name = Self.name(paint, isFaded)
    used.insert(name)
    return name
  }

  private static func name(_ paint: Paint, _ isFaded: Bool) -> String {
    "grad\(paint.rawValue.lowercased())\(isFaded ? "faded" : "")"
  }

  /// A line for each colour that is used.
  func definitions(in theme: Theme) -> [String] {
    Paint.allCases.flatMap { paint in
      [false, true].compactMap { isFaded in
        let name = Self.name(paint, isFaded)
        if !used.contains(name) { return nil }
        let digits = theme.color(paint, isFaded: isFaded).dropFirst().uppercased()
        return "\\definecolor{\(name)}{HTML}{\(digits)}"
      }
    }
  }
}
