public import GradCore
public import GradFigure

/// A step of Newton's method: from a point to where the derivatives would be 0 if the second ones stayed as
/// they are.
public struct NewtonStep: Sendable {
  /// The inputs before the step.
  public var point: [Double]
  /// The derivatives there.
  public var gradient: [Double]
  /// The second derivatives there.
  public var hessian: DerivativeMatrix
  /// What is subtracted from the inputs: the Hessian times it is the gradient.
  public var change: [Double]

  /// The inputs after the step.
  public var next: [Double] { zip(point, change).map { $0 - $1 } }

  /// A step from a point; `nil` where the Hessian has no inverse.
  public init?(from point: [Double], gradient: [Double], hessian: DerivativeMatrix) {
    guard let change = hessian.solution(of: gradient) else { return nil }
    self.point = point
    (self.gradient, self.hessian, self.change) = (gradient, hessian, change)
  }
}

extension Sheet {
  /// An exercise on Newton's method: the figure without its derivatives, questions for each step, and on another
  /// page the answers.
  ///
  /// - Parameters:
  ///   - reading: The figure, with the numbers that are left out.
  ///   - steps: The steps, each from where the one before it leads.
  ///   - inputs: The inputs that move, nodes of the reading's whole trace.
  ///   - picture: The figure.
  ///   - seed: Which variant of the exercise it is; `nil` for the program as it stands.
  /// - Returns: The sheet, in no format yet.
  public static func newton(
    _ reading: Reading, _ steps: [NewtonStep], by inputs: [Int], picture: Picture, seed: Int? = nil
  ) -> Sheet {
    let names = NewtonNames(reading, inputs)
    let (words, newton) = (reading.options.language.sheet, reading.options.language.newton)
    var sheet = Sheet(newton.title(names.output), language: reading.options.language.tag)
    let variant = seed.map { Prose(words.variant($0).pieces + [.words(". ")]) } ?? ""
    let given = reading.trace.nodes.indices.filter { reading.trace.nodes[$0].kind == .input }.map {
      "\(reading.name(of: $0)) = \(reading.value(of: $0))" as MathText
    }
    sheet.blocks = [
      .paragraph(variant + words.studentName + " ____________________"),
      .paragraph(newton.task(words.list(given), steps.count, words.list(names.inputs))),
      .paragraph(inputs.count == 1 ? newton.rule(names.rule) : newton.system(names.output)),
      .figure(picture), .heading(words.fillIn),
    ]
    for number in steps.indices {
      if steps.count > 1 { sheet.blocks.append(.heading(newton.step(number + 1))) }
      sheet.blocks.append(.items(names.questions.map { Prose($0) + " = ____________" }))
    }
    sheet.blocks += [.pageBreak, .heading(words.key)]
    for (number, step) in steps.enumerated() {
      if steps.count > 1 { sheet.blocks.append(.heading(newton.step(number + 1))) }
      sheet.blocks.append(.items(names.answers(step).map { Prose($0) }))
    }
    return sheet
  }
}

/// What stands on both pages of an exercise on Newton's method.
private struct NewtonNames {
  let output: MathText
  let inputs: [MathText]
  private let derivatives: [MathText]
  /// The second derivatives from the diagonal to the right, each with its row and column.
  private let seconds: [(name: MathText, row: Int, column: Int)]
  private let numbers: NumberText
  private let notation: Notation

  init(_ reading: Reading, _ nodes: [Int]) {
    let output = reading.name(ofOrigin: reading.full.output)
    notation = reading.options.notation
    let (inputs, notation) = (nodes.map { reading.name(ofOrigin: $0) }, notation)
    self.output = output
    self.inputs = inputs
    derivatives = inputs.map { notation.derivative(output, $0) }
    seconds = inputs.indices.flatMap { row in
      (row..<inputs.count).map { column in
        (notation.second(output, inputs[row], inputs[column]), row, column)
      }
    }
    var numbers = reading.options.numbers
    // Steps of Newton's method differ in later digits than four.
    numbers.precision = max(numbers.precision, 8)
    self.numbers = numbers
  }

  /// `x ← x − dx / d²x`, of one input.
  var rule: MathText {
    "\(inputs[0]) ← \(inputs[0]) − \(derivatives[0]) / \(notation.divisor(seconds[0].name))"
  }

  var questions: [MathText] {
    derivatives + seconds.map(\.name) + inputs.map { "\($0) ← \($0) − …" }
  }

  func answers(_ step: NewtonStep) -> [MathText] {
    func equation(_ name: MathText, _ number: Double) -> MathText {
      "\(name) = \(numbers.text(number + 0))"
    }
    // At an extremum by one input a derivative is 0 but for rounding.
    let gradient = step.gradient.indices.map { row in
      let terms = inputs.indices.map { step.hessian[row, $0] * step.point[$0] }
      let size = terms.reduce(0) { max($0, $1.magnitude) }
      return step.gradient[row].magnitude < 1e-12 * size ? 0 : step.gradient[row]
    }
    let next = inputs.indices.map { index -> MathText in
      let (from, by) = (numbers.text(step.point[index]), numbers.text(step.change[index] + 0))
      let quotient: MathText =
        inputs.count == 1
        ? "\(numbers.text(gradient[0] + 0).beginning(.signed)) / "
          + numbers.text(step.hessian[0, 0]).beginning(.signed)
        : by.beginning(.signed)
      return "\(inputs[index]) ← \(from) − \(quotient) = \(numbers.text(step.next[index] + 0))"
    }
    return zip(derivatives, gradient).map(equation)
      + seconds.map { equation($0.name, step.hessian[$0.row, $0.column]) } + next
  }
}
