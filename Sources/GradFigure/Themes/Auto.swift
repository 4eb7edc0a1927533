extension Theme {
  /// Light, and dark where the reader of an SVG prefers dark pages.
  public static let auto = Theme(
    name: "auto", colors: light.colors, dark: dark.colors)
}
