extension Theme {
  /// Greys for a copier; backward edges are dashed.
  public static let print = Theme(
    name: "print",
    colors: [
      .paper: "#ffffff", .ink: "#000000", .muted: "#4d4d4d", .line: "#333333", .box: "#ffffff",
      .inputBox: "#f2f2f2", .outputBox: "#e6e6e6", .forward: "#1a1a1a", .backward: "#595959",
      .signal: "#1a1a1a", .alert: "#000000",
    ], dashesBackward: true,
    heat: .greys)
}
