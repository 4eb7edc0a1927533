import Foundation
import PackagePlugin

/// `swift package render-figures`: draws each program in the DocC catalogs of a package's targets as
/// a pair of figures beside it, `name.svg` and `name~dark.svg`, as DocC finds them.
///
/// The tool does the drawing; this only finds programs and compares files.
@main struct RenderFigures: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    guard let request = FigureArguments(arguments) else { return }
    if request.wantsHelp { return print(FigureArguments.help) }
    let targets = context.package.targets.compactMap { $0 as? any SourceModuleTarget }
    for name in request.targets where !targets.contains(where: { $0.name == name }) {
      let known = targets.map(\.name).joined(separator: ", ")
      return Diagnostics.error("no target is called '\(name)'; known: \(known)")
    }
    let chosen = targets.filter { request.targets.isEmpty || request.targets.contains($0.name) }
    let catalogs = chosen.flatMap { Catalog.all(in: $0.directoryURL) }
    var figures: [Figure] = []
    for catalog in catalogs { figures += catalog.figures() }
    if figures.isEmpty {
      let places = chosen.map(\.name).joined(separator: ", ")
      return print(
        catalogs.isEmpty
          ? "No figures to draw: there is no DocC catalog in \(places)."
          : "No figures to draw: there is no program (*.grad) in the DocC catalogs of \(places).")
    }
    guard let tool = try builtTool() else { return }
    let painter = Painter(
      tool: tool, package: context.package.directoryURL,
      scratch: context.pluginWorkDirectoryURL, options: request.options)
    var drawn = 0
    var isGood = true
    for figure in figures {
      switch try painter.paint(figure, writes: !request.isCheck) {
      case .upToDate: break
      case .drawn: drawn += 1
      case .wrong: isGood = false
      case .missing:
        Diagnostics.error("\(painter.name(of: figure.file)): missing")
        isGood = false
      case .outdated:
        Diagnostics.error("\(painter.name(of: figure.file)): out of date")
        isGood = false
      }
    }
    if isGood {
      let same = figures.count - drawn
      return print(
        request.isCheck
          ? "\(same) figures are up to date." : "\(drawn) figures drawn, \(same) were up to date.")
    }
    Diagnostics.error(
      request.isCheck
        ? "draw the figures by: swift package --allow-writing-to-package-directory render-figures"
        : "some figures could not be drawn")
  }

  /// Builds `graphviz-grad` where that has not been done; `nil`, with what was said, if it cannot be built.
  private func builtTool() throws -> URL? {
    let name = "graphviz-grad"
    let result = try packageManager.build(.product(name), parameters: .init())
    let programs = result.builtArtifacts.filter { $0.kind == .executable }
    if result.succeeded, let tool = programs.first(where: { $0.url.lastPathComponent == name }) {
      return tool.url
    }
    Diagnostics.error("\(name) could not be built:\n\(result.logText)")
    return nil
  }
}

/// What the command is asked to do.
struct FigureArguments {
  var isCheck = false
  var wantsHelp = false
  /// The targets to look at; all if there are none.
  var targets: [String] = []
  /// What goes on to `graphviz-grad render`.
  var options: [String] = []

  static let help = """
    Draws each program (*.grad) in the DocC catalogs of this package's targets as name.svg and
    name~dark.svg beside it.

    swift package --allow-writing-to-package-directory render-figures [--check] [--target NAME ...] [-- OPTION ...]

      --check        Write nothing; fail if a figure is missing or out of date.
      --target NAME  Look at this target alone; may be repeated (default: all targets).
      OPTION ...     Options of 'graphviz-grad render', such as --style circuit.
    """

  /// Reads the arguments; `nil`, with a message, if they are wrong.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--check": isCheck = true
      case "--help", "-h": wantsHelp = true
      case "--":
        options = Array(rest)
        return
      case "--target":
        guard let name = rest.popFirst() else {
          Diagnostics.error("--target: which target?")
          return nil
        }
        targets.append(name)
      default:
        Diagnostics.error(
          "unknown argument '\(word)'; known: --check, --target NAME, and -- before options of render"
        )
        return nil
      }
    }
  }
}
