import GradFigure

extension GradingFormat {
  /// Columns for people, and how many are right.
  public static let table = GradingFormat(name: "table", fileExtension: "txt") { grading in
    let numbers = NumberText(precision: 6)
    let text = Table(
      columns: ["number", "answer", "right", "off by", ""],
      isNumber: [false, true, true, true, false],
      rows: grading.marks.map { mark in
        [
          mark.key, mark.given.map { numbers($0) } ?? "",
          mark.fault == nil ? numbers(mark.right) : "",
          mark.isRight ? "" : mark.difference.map { numbers($0) } ?? "",
          mark.verdict + (mark.fault.map { ", \($0)" } ?? ""),
        ]
      } + grading.unknown.map { [$0, "", "", "", "not asked for"] }
    ).text()
    let right = grading.marks.count(where: \.isRight)
    return text + "\n\(right) of \(grading.marks.count) right.\n"
  }
}
