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
  /// Writes one trace, in as many pieces as it likes.
  let write: @Sendable (Trace, @escaping ([UInt8]) -> Void) -> Void

  /// Every format, in the order `--help` lists them.
  static let all: [TraceFormat] = [table, json, csv, markdown]
}

extension Trace {
  /// The cells of a table of the trace: name, expression, value, derivative; constants left out.
  ///
  /// - Parameters:
  ///   - number: How numbers are written.
  ///   - showsAll: Whether data has a derivative, for machines.
  /// - Returns: A row a node.
  func rows(_ number: (Double) -> String, showsAll: Bool = false) -> [[String]] {
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
      return [node.id, node.expression, node.array.map(text) ?? number(node.value), derivative]
    }
  }

  /// The columns of ``rows(_:)``, the last two with the names of the figures' rows.
  var columns: [String] { ["name", "expression", "value", "derivative"] }
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
