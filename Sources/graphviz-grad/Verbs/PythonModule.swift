/// Modules of the Python package, as files that need no other.
enum PythonModule {
  private static let all: [String: [UInt8]] = [
    "command": PackageResources.command_py, "jupyter": PackageResources.jupyter_py,
    "markdown_blocks": PackageResources.markdown_blocks_py,
    "options": PackageResources.options_py, "pages": PackageResources.pages_py,
    "picture": PackageResources.picture_py, "sphinx": PackageResources.sphinx_py,
    "sphinx_figures": PackageResources.sphinx_figures_py,
    "sphinx_pages": PackageResources.sphinx_pages_py,
    "superfences": PackageResources.superfences_py,
  ]

  /// A module with those that it imports from the package.
  ///
  /// Each stands in the place of the first line that imports from it, without its own first lines.
  ///
  /// - Parameter name: The module, `sphinx`.
  /// - Returns: The text of the file.
  static func alone(_ name: String) -> String {
    var written: Set<String> = [name]
    return body(of: name, isFirst: true, &written)
  }

  private static func body(of name: String, isFirst: Bool, _ written: inout Set<String>) -> String {
    guard let bytes = all[name] else { preconditionFailure("there is no module \(name)") }
    var lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)[...]
    // What follows the last line's end is no line.
    lines.removeLast()
    if !isFirst {
      lines = withoutDescription(lines).drop { $0.isEmpty || $0.hasPrefix("from __future__") }
    }
    var text = ""
    for line in lines {
      let words = line.split(separator: " ")
      guard words.first == "from", words.count > 3, words[1].hasPrefix(".") else {
        text += line + "\n"
        continue
      }
      let module = String(words[1].dropFirst())
      if written.insert(module).inserted {
        text += body(of: module, isFirst: false, &written)
      }
    }
    return text
  }

  private static func withoutDescription(_ lines: ArraySlice<Substring>) -> ArraySlice<Substring> {
    guard let first = lines.first, first.hasPrefix("\"\"\"") else { return lines }
    let rest = lines.dropFirst()
    if first.count > 3, first.hasSuffix("\"\"\"") { return rest }
    return rest.drop { !$0.hasSuffix("\"\"\"") }.dropFirst()
  }
}
