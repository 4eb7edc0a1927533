import GradFigure
import GradLesson
import GraphvizGrad

extension CheckFormat {
  /// Columns for people, with a sentence where the numbers alone would mislead.
  static let table = CheckFormat(name: "table", fileExtension: "txt", separator: "\n") { check in
    let numbers = NumberText(precision: 10)
    let isSecond = check.order == 2
    let text = Table(
      columns: isSecond
        ? ["by", "and by", "second derivative", "numerical", "", ""]
        : ["input", "value", "derivative", "numerical", "", ""],
      isNumber: [false, !isSecond, true, true, false, false],
      rows: check.entries.map { entry in
        [
          entry.name, entry.other ?? numbers(entry.value), numbers(entry.derivative),
          numbers(entry.finding == .ok ? rounded(entry) : entry.numerical.best.value),
          entry.finding.rawValue, entry.explanation { numbers($0) },
        ]
      }
    ).text()
    let wrong = check.entries.count { $0.finding == .wrong }
    let kind = isSecond ? "second derivative" : "derivative"
    let count = "\(check.entries.count) \(kind)\(check.entries.count == 1 ? "" : "s")"
    return text + (wrong == 0 ? "\n\(count) checked.\n" : "\n\(count) checked, \(wrong) wrong.\n")
  }

  /// The numerical derivative to as many digits as are known of it.
  private static func rounded(_ entry: GradientCheck.Entry) -> Double {
    let (best, error) = (entry.numerical.best.value, entry.numerical.best.error)
    return (best - entry.derivative).magnitude <= error ? entry.derivative : best
  }
}
