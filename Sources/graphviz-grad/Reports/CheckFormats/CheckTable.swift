import GradFigure
import GradLesson
import GraphvizGrad

extension CheckFormat {
  /// Columns for people, with a sentence where the numbers alone would mislead.
  static let table = CheckFormat(name: "table", fileExtension: "txt", separator: "\n") { check in
    let numbers = NumberText(precision: 10)
    let text = Table(
      columns: ["input", "value", "derivative", "numerical", "", ""],
      isNumber: [false, true, true, true, false, false],
      rows: check.entries.map { entry in
        [
          entry.name, numbers(entry.value), numbers(entry.derivative),
          numbers(entry.finding == .ok ? rounded(entry) : entry.numerical.best.value),
          entry.finding.rawValue, entry.explanation { numbers($0) },
        ]
      }
    ).text()
    let wrong = check.entries.count { $0.finding == .wrong }
    let count = "\(check.entries.count) derivative\(check.entries.count == 1 ? "" : "s")"
    return text + (wrong == 0 ? "\n\(count) checked.\n" : "\n\(count) checked, \(wrong) wrong.\n")
  }

  /// The numerical derivative to as many digits as are known of it.
  private static func rounded(_ entry: GradientCheck.Entry) -> Double {
    let (best, error) = (entry.numerical.best.value, entry.numerical.best.error)
    return (best - entry.derivative).magnitude <= error ? entry.derivative : best
  }
}
