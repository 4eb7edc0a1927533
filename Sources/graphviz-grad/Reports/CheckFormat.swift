/// A way to print a gradient check.
///
/// To add one, add a file to `CheckFormats/` and name it in ``all``.
struct CheckFormat: Sendable {
  /// What the command line calls it.
  let name: String
  /// The extension of its files, without the dot.
  let fileExtension: String
  /// What stands between the checks of several programs.
  let separator: String
  /// Writes one check.
  let write: @Sendable (GradientCheck) -> String

  /// Every format, in the order `--help` lists them.
  static let all: [CheckFormat] = [table, json]
}
