import GradLesson
import GraphvizGrad

/// A text that comes along and is written by its name: a sample, what another tool needs.
protocol NamedText {
  var name: String { get }
  /// What it is, in a line.
  var summary: String { get }
  var text: String { get }
}

extension Array where Element: NamedText {
  /// Writes the one of a name, or lists all.
  ///
  /// - Parameters:
  ///   - name: Its name; `nil` for the list.
  ///   - kind: What one of them is called.
  ///   - heading: What the list says of each.
  ///   - path: Where to write.
  /// - Throws: Usage, where none has the name, or the file's fault.
  func write(_ name: String?, kind: String, heading: String, to path: String) throws {
    guard let name else {
      let table = Table(
        columns: ["name", heading], isNumber: [false, false], rows: map { [$0.name, $0.summary] })
      return try Outputs(to: Output(path)).write(table.text())
    }
    guard let chosen = first(where: { $0.name == name }) else {
      let mistake = FigureOption.Mistake(unknown: name, kind, map(\.name))
      throw Failure.usage(mistake.message, help: mistake.help)
    }
    try Outputs(to: Output(path)).write(chosen.text)
  }
}
