extension Theme {
  /// Blue and red on white.
  public static let light = Theme(
    name: "light",
    colors: [
      .paper: "#ffffff", .ink: "#111827", .muted: "#5b6472", .line: "#475569", .box: "#ffffff",
      .inputBox: "#ecf2fe", .outputBox: "#fef6df", .forward: "#1e40af", .backward: "#c81e1e",
      .signal: "#14532d", .alert: "#a84b08",
    ])
}
