public import GradCore
public import GradDrawing
public import GradLanguage

import GradBase
import GradFigure
import GraphvizRenderer

extension RequestedFigure {
  /// Gradient descent by the parameters of the figure: the program run again for each step.
  ///
  /// ```swift
  /// var wanted = DescentRequest()
  /// wanted.rate = 0.1
  /// let descent = try request.figure().descent(wanted).descent
  /// print(descent.steps.last?.loss ?? .nan)
  /// ```
  ///
  /// - Parameter request: How the parameters are moved, and which steps are to be shown.
  /// - Returns: All steps, up to the last whose numbers are finite, and what is worth a word about them.
  /// - Throws: ``FigureError`` where there is nothing to descend, and for what is wrong with the program
  ///   where it takes another branch.
  public func descent(
    _ request: DescentRequest
  ) throws(FigureError) -> (descent: Descent, warnings: [Diagnostic]) {
    let evaluator = computation.program.isTrace ? nil : try? computation.evaluator()
    let (options, schedule, warnings) = try options(for: request, evaluator?.passCounts)
    let (file, trace) = (computation.program.source.name, reading.full)
    let parameters = trace.parameters.filter { !trace.nodes[$0].isUnused && $0 != trace.output }
    var faults = descentFaults(file)
    if parameters.isEmpty {
      faults.append(
        Diagnostic(
          .error, code: "nothing-to-descend",
          "there is nothing to descend: '\(trace.nodes[trace.output].id)' depends on no input that is a "
            + "parameter", file: file,
          help: "--wrt names the inputs that are to be moved, --of what is to become small"))
    } else if let fault = startFault(parameters, file) {
      faults.append(fault)
    } else if options.optimizer.solves, let fault = hessianFault(parameters, file) {
      faults.append(fault)
    }
    if !faults.isEmpty { throw .request(faults) }
    let descent = try asked { () throws(ProgramError) in
      let evaluator = if let evaluator { evaluator } else { try computation.evaluator() }
      let training = TrainingRun(evaluator, schedule)
      if try training.passesDiffer(), options.count > training.passes ?? .max {
        throw ProgramError([
          Diagnostic(
            .error, code: "unknown-training",
            "the loop has \(grouped(training.passes ?? 0)) passes, each with numbers of its own",
            file: file, help: "--steps \(training.passes ?? 0) goes as far as the program")
        ])
      }
      // The computation as it is given is the first pass.
      _ = try training.next([:])
      var options = options
      if case .name? = schedule?.change {
        let first = training.rate(ofUpdate: 1, from: options.rate)
        if first > 0, first.isFinite { options.rate = first }
      }
      return try Descent(
        from: trace, by: parameters, options, rate: training.rate, run: training.next)
    }
    // The steps are the passes that the program's own warning tells of.
    let others = computation.warnings.filter { $0.code != "first-pass" }
    return (
      descent,
      others + warnings + [everyInput(of: descent, file)].compactMap(\.self)
        + self.warnings(about: descent, file)
    )
  }

  /// A warning where data may be among what is moved, as nobody says what the parameters are.
  private func everyInput(of descent: Descent, _ file: String) -> Diagnostic? {
    let trace = reading.full
    let isSaid = trace.nodes.contains { $0.kind == .input && $0.isData }
    guard trace.hasArrays, !isSaid, options.figure.wrt.isEmpty, descent.names.count > 1,
      computation.program.trainingLoop == nil
    else {
      return nil
    }
    return Diagnostic(
      .warning, code: "every-input",
      "descent moves every input: \(descent.names.joined(separator: ", "))", file: file,
      help: "--wrt with the names of those that are parameters keeps the others as they are")
  }

  /// What is worth a word about a descent.
  private func warnings(about descent: Descent, _ file: String) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    if case .notFinite(let step, let name) = descent.ending {
      warnings.append(
        Diagnostic(
          .warning, code: "descent-diverges",
          "descent ends at step \(grouped(step - 1)) of \(grouped(descent.options.count)): in step "
            + "\(grouped(step)) '\(name)' is no longer finite", file: file,
          help: "a smaller rate than \(shortestText(descent.options.rate)) goes further"))
    }
    if case .singular(let step) = descent.ending {
      warnings.append(
        Diagnostic(
          .warning, code: "singular-hessian",
          "descent ends at step \(grouped(step)) of \(grouped(descent.options.count)): there the Hessian "
            + "has no inverse", file: file,
          help: "--optimizer sgd goes on without it; so may other values to begin with, by --set"))
    }
    if let change = descent.change {
      let condition = change.condition.map { "the condition '\($0)' is decided otherwise" }
      warnings.append(
        Diagnostic(
          .warning, code: "condition-changes",
          "from step \(grouped(change.step)) on the program computes something else: "
            + (condition ?? "other operations run"), file: file,
          help: "the frames show what each step computes; their boxes may move there"))
    }
    return warnings
  }

  /// What options of the figure and descent have against each other.
  private func descentFaults(_ file: String) -> [Diagnostic] {
    [
      ("nudge", options.figure.nudge != nil), ("blank", !options.figure.blanks.isEmpty),
      ("mode", options.figure.mode == .forward),
      ("backward", options.figure.backward == .graph),
    ].filter(\.1).map { option, _ in
      Diagnostic(
        badOption: "--\(option) cannot be drawn with --descend", file: file,
        help: "leave it out: frames of descent move the parameters by all derivatives")
    }
  }

  /// What keeps Newton's rule from its first update.
  private func hessianFault(_ parameters: [Int], _ file: String) -> Diagnostic? {
    let trace = reading.full
    func fault(_ message: String, _ help: String) -> Diagnostic {
      Diagnostic(.error, code: "singular-hessian", message, file: file, help: help)
    }
    do {
      let hessian = try trace.hessian(by: parameters.map { trace.nodes[$0].id })
      let gradient = parameters.flatMap { index in
        (trace.nodes[index].arrayDerivative ?? NumberArray(trace.nodes[index].derivative)).entries
      }
      if hessian.solution(of: gradient) != nil { return nil }
      return fault(
        "newton has no first step: the Hessian has no inverse there",
        "--optimizer sgd needs none; or begin elsewhere, by --set")
    } catch {
      return fault(
        "newton: \(error.message)", error.help ?? "--optimizer sgd goes without second derivatives")
    }
  }

  /// What keeps descent from its first update.
  private func startFault(_ parameters: [Int], _ file: String) -> Diagnostic? {
    let trace = reading.full
    let nodes = [trace.output] + parameters
    let isKnown = nodes.allSatisfy { index in
      let node = trace.nodes[index]
      return (node.array ?? NumberArray(node.value)).entries.allSatisfy(\.isFinite)
        && (node.arrayDerivative ?? NumberArray(node.derivative)).entries.allSatisfy(\.isFinite)
    }
    if isKnown { return nil }
    return Diagnostic(
      .error, code: "descent-diverges",
      "there is nothing to descend: values or derivatives are not finite before the first step",
      file: file, help: "begin elsewhere, with other values for the parameters by --set")
  }

  /// The frames of a descent: one layout, in which numbers change, and the curve of the loss beside it.
  ///
  /// Where a step computes something else, its frame has a layout of its own.
  ///
  /// - Parameters:
  ///   - descent: The descent.
  ///   - chosen: Which frames, and whether sentences stand below them; they must leave one at least.
  ///   - isTable: Whether they are for files of numbers alone (``SlideFormat/isTable``), for which nothing is
  ///     laid out.
  /// - Returns: A frame for each step that is shown.
  /// - Throws: ``FigureError`` for a figure that cannot be drawn.
  public func frames(
    of descent: Descent, _ chosen: Frames.Options = Frames.Options(), isTable: Bool = false
  ) throws(FigureError) -> Frames {
    let readings = descent.traces.map { _, trace in
      // The steps are the passes of a loop that trains.
      var trace = trace
      trace.passes = nil
      return Reading(trace, reading.options)
    }
    let drawings = try drawn { [options] () throws(GraphvizError) in
      isTable
        ? readings.map { Drawing(unplaced: Figure($0), theme: options.theme) }
        : try readings.drawings(options)
    }
    let captions = zip(descent.traces, readings).map { step, reading in
      reading.caption(of: descent, at: step.step)
    }
    return Frames(
      descent, drawings, captions, axis: readings[0].words.descent.axis,
      summary: readings[0].summary(of: descent), page: options.figure.fit ?? .slide, chosen)
  }
}

extension [Reading] {
  /// The figures of several computations, in one layout as far as they have one form.
  fileprivate func drawings(_ options: PictureOptions) throws(GraphvizError) -> [Drawing] {
    var drawings = [Drawing?](repeating: nil, count: count)
    let forms = map { Figure($0) }
    for first in indices where drawings[first] == nil {
      let members = indices.filter {
        drawings[$0] == nil && forms[$0].hasForm(of: forms[first])
      }
      func figures(like reading: Reading) -> [Figure] {
        var figures = members.map { Figure(self[$0].placed(like: reading)) }
        Figure.shareRoom(&figures)
        return figures
      }
      let (reading, _, layout) = try self[first].placed { figures(like: $0)[0] }
      for (member, figure) in zip(members, figures(like: reading)) {
        drawings[member] = Drawing(figure, layout, options)
      }
    }
    return drawings.compactMap(\.self)
  }
}

extension Reading {
  /// The same in the way in which another is placed.
  fileprivate func placed(like other: Reading) -> Reading {
    var reading = self
    (reading.direction, reading.inputs) = (other.direction, other.inputs)
    (reading.repeatsInputs, reading.laterUses) = (other.repeatsInputs, other.laterUses)
    (reading.options.rows, reading.isTight) = (other.options.rows, other.isTight)
    return reading
  }
}
