/// A way to print diagnostics: an extension point, with one printer a file.
public struct DiagnosticPrinter: Sendable {
  /// The name that the command line uses: `text`, `json`.
  public let name: String

  /// Prints diagnostics, the whole output with its line ends; in colour if `isColoured`.
  public let print: @Sendable (_ diagnostics: [Diagnostic], _ isColoured: Bool) -> String

  /// Makes one output of several that ``print`` wrote, none of them empty.
  public let join: @Sendable (_ outputs: [String]) -> String

  /// A printer from its name and its functions.
  public init(
    _ name: String,
    print: @escaping @Sendable (_ diagnostics: [Diagnostic], _ isColoured: Bool) -> String,
    join: @escaping @Sendable (_ outputs: [String]) -> String = { $0.joined() }
  ) {
    self.name = name
    self.print = print
    self.join = join
  }

  /// Every printer.
  public static let all: [DiagnosticPrinter] = [.text, .json]
}
