import GradCore
import GraphvizGrad

/// A way to print the numbers of a trace.
///
/// To add one, add a file to `TraceFormats/` and name it in ``all``.
struct TraceFormat: Sendable {
  /// What the command line calls it.
  let name: String
  /// The extension of its files, without the dot.
  let fileExtension: String
  /// Whether it has a node for every operation unless something else is asked for.
  var showsOperations = false
  /// What stands between the traces of several programs.
  var separator = "\n"
  /// Writes one trace with its derivatives above order 1, in as many pieces as it likes.
  let write: @Sendable (Trace, HigherNumbers?, @escaping ([UInt8]) -> Void) -> Void

  /// Every format, in the order `--help` lists them.
  static let all: [TraceFormat] = [table, json, csv, markdown]
}

extension HigherNumbers {
  /// The names of the columns that they have in a table.
  var columns: [String] { order == 2 ? ["second"] : ["second", "third"] }
}

extension Trace {
  /// The cells of a table of the trace: name, expression, value, derivative, and those above order 1;
  /// constants left out.
  ///
  /// - Parameters:
  ///   - number: How numbers are written.
  ///   - higher: The derivatives above order 1; `nil` for no columns of them.
  ///   - showsAll: Whether data has a derivative, for machines.
  /// - Returns: A row a node.
  func rows(
    _ number: (Double) -> String, _ higher: HigherNumbers? = nil, showsAll: Bool = false
  ) -> [[String]] {
    let known = Dictionary(
      (higher?.inputs ?? []).map { ($0.id, $0.values) }, uniquingKeysWith: { first, _ in first })
    func text(_ array: NumberArray) -> String {
      if array.count > 24 && !showsAll || !array.isWhole {
        return "array of \(array.shape.map(String.init).joined(separator: "×"))"
      }
      return array.text(number)
    }
    return nodes.filter { $0.kind != .constant }.map { node in
      let isLeftOut = node.isData && !showsAll || node.array != nil && node.arrayDerivative == nil
      let derivative =
        isLeftOut ? "" : node.arrayDerivative.map(text) ?? number(node.derivative)
      let own = known[node.id]?.map { $0.shape.isEmpty ? number($0.entries[0]) : text($0) } ?? []
      let count = higher?.columns.count ?? 0
      return [node.id, node.expression, node.array.map(text) ?? number(node.value), derivative]
        + own + [String](repeating: "", count: max(0, count - own.count))
    }
  }

  /// The columns of ``rows(_:_:showsAll:)``, the third and the fourth with the names of the figures' rows.
  func columns(_ higher: HigherNumbers?) -> [String] {
    ["name", "expression", "value", "derivative"] + (higher?.columns ?? [])
  }
}

extension NumberArray {
  /// `[[1, 2], [3, 4]]`, with numbers as `number` writes them.
  fileprivate func text(_ number: (Double) -> String) -> String {
    var text = ""
    for (place, entry) in entries.enumerated() {
      let opening = axesBeginning(at: place)
      text += (place > 0 ? ", " : "") + String(repeating: "[", count: opening) + number(entry)
      text += String(repeating: "]", count: axesBeginning(at: place + 1))
    }
    return text
  }

  /// How many axes begin with an entry; after the last one all of them.
  private func axesBeginning(at place: Int) -> Int {
    var (size, axes) = (1, 0)
    for length in shape.reversed() {
      size *= length
      if place % size != 0 { break }
      axes += 1
    }
    return axes
  }
}
