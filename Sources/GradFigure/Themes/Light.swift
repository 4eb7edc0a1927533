extension Theme {
  /// Blue and red on white.
  public static let light = Theme(
    name: "light",
    colors: [
      .paper: "#ffffff", .ink: "#111827", .muted: "#5b6472", .line: "#475569", .box: "#ffffff",
      .inputBox: "#ecf2fe", .outputBox: "#fef6df", .forward: "#1d4ed8", .backward: "#c81e1e",
      .signal: "#15803d", .alert: "#b45309",
    ])
}
