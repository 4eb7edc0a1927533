/// The names under which the program may be called, and what each stands for.
enum ProgramName {
  /// What is done with the arguments.
  enum Meaning {
    /// These words come before them.
    case verb([String])
    /// They are those of `dot`.
    case dot
  }

  /// Names besides the program's own; a link with one of them is enough.
  static let all: [String: Meaning] = [
    "dot": .dot,
    "graphviz-grad-dot": .dot,
    "pandoc-graphviz-grad": .verb(["filter", "pandoc"]),
  ]

  /// What the name at the head of a command line stands for, wherever its folder is.
  static func meaning(of path: String) -> Meaning {
    all[String(path.split(separator: "/").last ?? "")] ?? .verb([])
  }
}
