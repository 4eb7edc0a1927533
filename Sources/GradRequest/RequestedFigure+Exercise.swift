public import GradLesson

import GradCore
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizRenderer

extension RequestedFigure {
  /// An exercise sheet: the figure with its blanks, questions, and the answers on another page.
  ///
  /// - Parameters:
  ///   - link: Where the picture is, for formats that point at it; `nil` to put it into the sheet.
  ///   - answers: Where the answers are.
  /// - Returns: The sheet, the picture as SVG, and what is worth a word about the picture.
  /// - Throws: ``FigureError`` for a figure that cannot be drawn.
  public func exercise(
    link: String?, answers: Sheet.Answers = .behind
  ) throws(FigureError) -> (sheet: Sheet, svg: String, warnings: [PictureWarning]) {
    try exercise(link: link, answers) { .exercise(reading, picture: $0, seed: request.variant) }
  }

  /// An exercise sheet on Newton's method: the figure without its derivatives, questions for each step, and
  /// the answers on another page.
  ///
  /// - Parameters:
  ///   - count: How many steps.
  ///   - link: Where the picture is, for formats that point at it; `nil` to put it into the sheet.
  ///   - answers: Where the answers are.
  /// - Returns: The sheet, the picture as SVG, and what is worth a word about the picture.
  /// - Throws: ``FigureError`` for a figure that cannot be drawn, arrays and more than three inputs to move,
  ///   and a Hessian without an inverse.
  public func newtonExercise(
    steps count: Int, link: String?, answers: Sheet.Answers = .behind
  ) throws(FigureError) -> (sheet: Sheet, svg: String, warnings: [PictureWarning]) {
    let inputs = options.figure.marked(computation.trace).parameters
    let steps = try asked { () throws(ProgramError) in
      try checkForNewton(inputs)
      return try computation.newtonSteps(count, by: inputs)
    }
    return try exercise(link: link, answers) {
      .newton(reading, steps, by: inputs, picture: $0, seed: request.variant)
    }
  }

  /// The most inputs of an exercise on Newton's method: more equations are not solved by hand.
  private static let mostNewtonInputs = 3

  private func checkForNewton(_ inputs: [Int]) throws(ProgramError) {
    let nodes = computation.trace.nodes
    let arrays = inputs.filter { nodes[$0].array != nil }.map { nodes[$0].id }
    let numbers = inputs.filter { nodes[$0].array == nil }.map { nodes[$0].id }
    let message: String? =
      if let array = arrays.first {
        "'\(array)' is an array, and Newton's method is done by hand with numbers"
      } else if inputs.isEmpty {
        "there is no input to move"
      } else if inputs.count > Self.mostNewtonInputs {
        "\(inputs.count) inputs are \(inputs.count) equations a step, and "
          + "\(Self.mostNewtonInputs) are the most that are solved by hand"
      } else {
        nil
      }
    guard let message else { return }
    throw ProgramError([
      Diagnostic(
        badOption: "--newton: \(message)", file: computation.program.source.name,
        help: numbers.first.map { "--wrt with numbers that move, such as --wrt \($0)" }
          ?? "write a program that begins with a number, such as x = 2")
    ])
  }

  private func exercise(
    link: String?, _ answers: Sheet.Answers, _ sheet: (Sheet.Picture) -> Sheet
  ) throws(FigureError) -> (sheet: Sheet, svg: String, warnings: [PictureWarning]) {
    let drawing = try drawn { () throws(GraphvizError) in try reading.drawing(options) }
    let svg = drawing.svg(idPrefix: options.idPrefix)
    let picture = Sheet.Picture(
      alternative: drawing.heading, link: link ?? FileKind.svg.link(to: Array(svg.utf8)),
      tikz: drawing.tikzPicture())
    let shown = sheet(picture).with(
      answers, seed: request.variant, in: reading.options.language)
    return (shown, svg, PictureWarning.all(for: drawing, usesFonts: false))
  }
}
