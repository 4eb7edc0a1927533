import CGraphviz
import GradBase

/// The Graphviz that this process runs on.
public struct Installation: Sendable, Equatable {
  /// The version as Graphviz itself says it: `2.43.0`.
  public let version: String
  /// The file of libgvc; `nil` if the system does not say.
  public let library: String?
  /// The names of the plugin libraries beside it, in alphabetical order: `core`, `dot_layout`.
  public let plugins: [String]

  package init(version: String, library: String?, plugins: [String]) {
    self.version = version
    self.library = library
    self.plugins = plugins
  }

  /// Whether figures are laid out without pango and fonts.
  public var laysOutWithoutFonts: Bool { plugins.contains("dot_layout") }

  /// The version alone, looked at once; this neither looks for plugins nor loads one.
  public static func currentVersion() throws(GraphvizError) -> String { try foundVersion.get() }

  private static let foundVersion = Result { () throws(GraphvizError) in
    try Graphviz.alone { () throws(GraphvizError) in
      try Context.withoutPlugins().version
    }
  }

  /// Looks at the library and the folder of its plugins, and loads none of them.
  public static func inspect() throws(GraphvizError) -> Installation {
    try Graphviz.alone { () throws(GraphvizError) in
      Installation(
        version: try Context.withoutPlugins().version,
        library: cgv_library_path().map { String(cString: $0) }, plugins: pluginNames())
    }
  }

  private static func pluginNames() -> [String] {
    guard let path = Context.pluginPath("*"), let slash = path.lastIndex(of: "/") else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    let stem = "libgvplugin_"
    guard glob("\(path[..<slash])/\(stem)*", 0, nil, &found) == 0 else { return [] }
    var names: Set<String> = []
    for index in 0..<Int(found.gl_pathc) {
      guard let file = found.gl_pathv[index].map({ String(cString: $0) }) else { continue }
      let name = file[slash...].dropFirst(stem.utf8.count + 1).prefix { $0 != "." }
      // A link for compiling alone, without a version, is not what Graphviz loads.
      if file.contains(".so.") || file.hasSuffix("dylib") { names.insert(String(name)) }
    }
    return names.sorted()
  }
}
