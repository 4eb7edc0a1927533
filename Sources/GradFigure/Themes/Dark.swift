extension Theme {
  /// Light blue and coral on a dark page.
  public static let dark = Theme(
    name: "dark",
    colors: [
      .paper: "#0f172a", .ink: "#f1f5f9", .muted: "#a3b1c6", .line: "#94a3b8", .box: "#1e293b",
      .inputBox: "#1c2f52", .outputBox: "#3f3516", .forward: "#a9ccff", .backward: "#ff8a7c",
      .signal: "#86efac", .alert: "#fbbf24",
    ])
}
