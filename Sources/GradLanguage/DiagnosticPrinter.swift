/// A way to print diagnostics: an extension point, with one printer a file.
public struct DiagnosticPrinter: Sendable {
  /// The name that the command line uses: `text`, `json`.
  public let name: String

  /// Prints diagnostics, the whole output with its line ends; in colour if `isColoured`.
  public let print: @Sendable (_ diagnostics: [Diagnostic], _ isColoured: Bool) -> String

  /// A printer from its name and its function.
  public init(
    _ name: String,
    print: @escaping @Sendable (_ diagnostics: [Diagnostic], _ isColoured: Bool) -> String
  ) {
    self.name = name
    self.print = print
  }

  /// Every printer.
  public static let all: [DiagnosticPrinter] = [.text, .json]
}
