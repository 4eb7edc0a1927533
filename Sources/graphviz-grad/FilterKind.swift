import GradDocuments
import GraphvizGrad

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program whose documents `filter` takes on standard input.
///
/// To add one, add a file to `FilterKinds/` and name it in ``all``.
struct FilterKind: Sendable {
  /// What the command line calls it.
  let name: String
  /// Reads standard input, writes standard output; its operands are the words after the name.
  let run: @Sendable ([String]) throws -> Void

  /// Every kind, in the order `--help` lists them.
  static let all: [FilterKind] = [pandoc, mdbook]

  /// The value of an environment variable; `nil` if it has none.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
