public import GradCore
public import GradFigure

extension Sheet {
  /// The lesson of a trace: every value forward, then from the output back the chain rule at every
  /// node in symbols and in numbers, and what that saved.
  ///
  /// - Parameters:
  ///   - trace: The computation, a node an operation.
  ///   - options: Which nodes there are, how derivatives and numbers are written, and by which inputs
  ///     the output is differentiated.
  /// - Returns: The lesson, in no format yet.
  public static func lesson(_ trace: Trace, _ options: FigureOptions = FigureOptions()) -> Sheet {
    lesson(Reading(trace, options.ofLesson))
  }

  /// The lesson of a reading with the options of lessons (``GradFigure/FigureOptions/ofLesson``).
  public static func lesson(_ reading: Reading) -> Sheet { Lesson(reading).sheet() }
}

extension FigureOptions {
  /// The same for a lesson: from the output back, nothing is moved, and a node is shown if it is asked
  /// for.
  public var ofLesson: FigureOptions {
    var options = self
    options.mode = .reverse
    options.nudge = nil
    options.backward = .edges
    options.focus = wrt.count == 1 ? wrt[0] : nil
    return options
  }
}

/// Writes one lesson.
private struct Lesson {
  private let reading: Reading
  private let words: SheetWords
  /// The nodes whose derivatives are asked for; empty for all parameters.
  private let wanted: [Int]

  private var trace: Trace { reading.trace }

  init(_ reading: Reading) {
    self.reading = reading
    words = reading.options.language.sheet
    wanted = reading.options.wrt.compactMap(reading.trace.index)
  }

  func sheet() -> Sheet {
    let output = reading.name(of: trace.output)
    var sheet = Sheet(words.title(output), language: reading.options.language.tag)
    sheet.blocks = forward(output) + backward(output) + gradient() + higher() + savings()
    return sheet
  }

  private func forward(_ output: MathText) -> [Sheet.Block] {
    let inputs = trace.nodes.indices.filter { trace.nodes[$0].kind == .input }.map(equation)
    let operations = trace.nodes.indices.filter { trace.nodes[$0].kind == .operation }
    var blocks = [Sheet.Block.heading(words.forward(output))]
    if !inputs.isEmpty { blocks.append(.paragraph(words.given(words.list(inputs)))) }
    if !operations.isEmpty { blocks.append(.paragraph(words.computed)) }
    return blocks + operations.map { .chain(reading.valueChain(of: $0)) }
  }

  private func backward(_ output: MathText) -> [Sheet.Block] {
    let end = wanted.isEmpty ? nil : words.list(wanted.map { reading.name(of: $0) })
    var blocks = [Sheet.Block.heading(words.backward(output, end))]
    let start = reading.derivativeName(of: trace.output) + " = 1"
    blocks.append(.paragraph(words.start(start)))
    for index in trace.nodes.indices.reversed()
    where index != trace.output && reading.hasDerivative(index) {
      let edges = reading.contributions(to: index)
      let name = reading.name(of: index)
      if edges.isEmpty {
        blocks.append(.paragraph(words.unused(name, output)))
      } else {
        var users: [Int] = []
        for edge in edges where !users.contains(trace.edges[edge].target) {
          users.append(trace.edges[edge].target)
        }
        let known = users.filter { $0 != trace.output }.map(derivative)
        let isPlain = users == [trace.output]
        var text =
          isPlain
          ? words.direct(name, output)
          : words.through(name, output, users.map { reading.name(of: $0) })
        if !known.isEmpty { text = text + words.space + words.reused(known) }
        blocks.append(.paragraph(text))
      }
      blocks.append(
        .chain(
          reading.chain(of: index, [.names, .numberByFormula, .numbers, .terms])))
    }
    return blocks
  }

  private func gradient() -> [Sheet.Block] {
    let inputs = trace.parameters
    if inputs.count < 2 { return [] }
    return [.paragraph(words.gradient(words.list(inputs.map(derivative))))]
  }

  /// The derivatives above order 1: the backward pass as a computation, differentiated again.
  private func higher() -> [Sheet.Block] {
    guard reading.options.order > 1, let graph = reading.withBackwardGraph() else { return [] }
    var blocks = [Sheet.Block.heading(words.higher(reading.options.order))]
    blocks.append(.paragraph(words.backwardAgain))
    for index in graph.trace.nodes.indices where graph.isBackward(index) {
      blocks.append(.chain(graph.valueChain(of: index)))
    }
    if let note = graph.kinkNote { blocks.append(.paragraph(Prose(note))) }
    return blocks
  }

  private func savings() -> [Sheet.Block] {
    let cost = DifferentiationCost(reading.full)
    let inputs = cost.forward.count
    // An operation on arrays is not one multiplication.
    if !wanted.isEmpty || inputs == 0 || reading.full.hasArrays { return [] }
    func sum(_ numbers: [Int]) -> String {
      (2...6).contains(numbers.count)
        ? numbers.map(String.init).joined(separator: " + ") + " = " : ""
    }
    let (forward, nudges) = (cost.forward.map(\.total), cost.nudges)
    return [
      .heading(words.saved),
      .paragraph(words.counted(cost.operations, cost.partials, inputs)),
      .items([
        words.backwardCost(cost.backward.multiplications, cost.backward.additions, inputs),
        words.forwardCost(sum(forward), forward.reduce(0, +)),
        words.nudgeCost(sum(nudges), nudges.reduce(0, +)),
      ]),
    ]
  }

  /// A value with its name: `b = 3`.
  private func equation(_ index: Int) -> MathText {
    "\(reading.name(of: index)) = \(reading.value(of: index))"
  }

  /// A derivative with its name: `db = 6`; of an array, which stands written out elsewhere, with its shape
  /// alone: `dW (2×3)`.
  private func derivative(_ index: Int) -> MathText {
    if let shape = trace.nodes[index].array?.shape {
      let text = shape.map(String.init).joined(separator: "×")
      return "\(reading.derivativeName(of: index)) (\(text))"
    }
    return "\(reading.derivativeName(of: index)) = \(reading.derivativeText(of: index))"
  }
}
