public import GradDrawing
public import GradFigure
public import GraphvizRenderer

import GradCore
import GradLanguage

/// What is wanted of the derivatives of a program as a matrix.
///
/// ```swift
/// var request = FigureRequest(Source("p.grad", text: "x = 3; y = 2; u = x*y; v = u + x"))
/// let wanted = MatrixRequest(.jacobian, of: "u,v")
/// wanted.prepare(&request)
/// let matrix = try wanted.matrix(of: request.figure())
/// ```
public struct MatrixRequest: Sendable {
  /// Which matrix.
  public var kind: MatrixReading.Kind
  /// Names of what is differentiated, or entries of arrays; empty for the program's output.
  public var outputs: [String]
  /// Names of inputs that have columns, or entries of them; empty for those that the figure's options name.
  public var inputs: [String]
  /// What the matrix is multiplied by, on its right.
  public var direction: VectorText?
  /// What the matrix is multiplied by, on its left.
  public var seed: VectorText?

  /// A matrix of the outputs in a list with commas, `y1,y2` or `Z[0, 1]`, by inputs in such a list; `nil` for the
  /// program's output, and for the inputs that the figure's options name.
  public init(_ kind: MatrixReading.Kind, of outputs: String? = nil, by inputs: String? = nil) {
    self.kind = kind
    self.outputs = outputs.map(FigureOption.list) ?? []
    self.inputs = inputs.map(FigureOption.list) ?? []
  }

  /// Asks for a program of these outputs.
  public func prepare(_ request: inout FigureRequest) {
    if let first = outputs.first {
      request.output = Trace.parts(ofEntry: first)?.name ?? first
    }
    request.outputMayBeArray =
      kind == .jacobian || outputs.first.flatMap { Trace.parts(ofEntry: $0) } != nil
    if inputs.isEmpty { return }
    // The figure knows whole inputs alone.
    var names: [String] = []
    for input in inputs {
      let name = Trace.parts(ofEntry: input)?.name ?? input
      if !names.contains(name) { names.append(name) }
    }
    request.options.append(OptionText("wrt", names.joined(separator: ",")))
  }

  /// The matrix of a program.
  ///
  /// - Throws: ``FigureError`` for names that there are not, too many entries, and vectors that do not fit.
  public func matrix(of figure: RequestedFigure) throws(FigureError) -> MatrixReading {
    let reading = figure.reading
    let trace = figure.options.figure.marked(figure.computation.trace)
    let file = figure.computation.program.source.name
    let rows = try checked(file) { () throws(MatrixFault) in
      try trace.outputPlaces(named: outputs)
    }
    let columns = try checked(file) { () throws(MatrixFault) in
      try trace.inputPlaces(named: inputs.isEmpty ? figure.options.figure.wrt : inputs)
    }
    if let seed {
      let weights = try numbers(seed, "seed-vector", rows, trace, "output", file)
      let entries = try checked(file) { () throws(MatrixFault) in
        try trace.vectorJacobian(weights, of: rows, by: columns)
      }
      return MatrixReading(reading, kind, .seed, entries, rows: rows, columns: columns)
    }
    if let direction, kind == .jacobian {
      let vector = try numbers(direction, "direction-vector", columns, trace, "input", file)
      let entries = try checked(file) { () throws(MatrixFault) in
        try trace.jacobianVector(vector, of: rows, by: columns)
      }
      return MatrixReading(reading, kind, .direction, entries, rows: rows, columns: columns)
    }
    if kind == .hessian { return try hessian(reading, trace, rows, columns, file) }
    let matrix = try checked(file) { () throws(MatrixFault) in
      try trace.jacobian(of: rows, by: columns)
    }
    return MatrixReading(reading, kind, matrix)
  }

  private func hessian(
    _ reading: Reading, _ trace: Trace, _ rows: [Trace.Place], _ columns: [Trace.Place],
    _ file: String
  ) throws(FigureError) -> MatrixReading {
    guard outputs.count <= 1 else {
      throw .request([
        Diagnostic(
          badOption: "--of: a Hessian is of one output, and \(outputs.count) are named", file: file,
          help: "ask for one after the other; 'jacobian' takes several")
      ])
    }
    var (reading, trace) = (reading, trace)
    if rows.count == 1, rows[0].entry != nil {
      trace = try checked(file) { () throws(MatrixFault) in try trace.ofEntry(rows[0]) }
      reading = Reading(trace, reading.options)
    }
    let second = try checked(file) { () throws(MatrixFault) in
      try trace.secondDerivatives(by: columns)
    }
    var matrix: MatrixReading
    if let direction {
      let vector = try numbers(direction, "direction-vector", columns, trace, "input", file)
      matrix = MatrixReading(
        reading, kind, .direction, second.product(with: vector), rows: columns, columns: columns)
    } else {
      matrix = MatrixReading(
        reading, kind, try checked(file) { () throws(MatrixFault) in try second.hessian() })
    }
    matrix.kinks = second.kinks
    return matrix
  }

  /// What comes of work on matrices, whose faults are those of the options.
  private func checked<Result>(
    _ file: String, _ work: () throws(MatrixFault) -> Result
  ) throws(FigureError) -> Result {
    do {
      return try work()
    } catch {
      let option =
        switch error.subject {
        case .outputs: "--of: "
        case .inputs: "--wrt: "
        case .trace: ""
        }
      throw .request([
        Diagnostic(badOption: option + error.message, file: file, help: error.help)
      ])
    }
  }

  private func numbers(
    _ vector: VectorText, _ option: String, _ places: [Trace.Place], _ trace: Trace, _ kind: String,
    _ file: String
  ) throws(FigureError) -> [Double] {
    do throws(FigureOption.Mistake) {
      return try vector.numbers(for: places, of: trace, kind)
    } catch {
      throw .request([
        Diagnostic(badOption: "--\(option): \(error.message)", file: file, help: error.help)
      ])
    }
  }
}

extension MatrixReading {
  /// The figure of the matrix with everything in its place.
  public func drawing(_ options: PictureOptions = PictureOptions()) -> Drawing {
    let figure = Figure(self)
    return Drawing(figure, Layout(inOwnOrder: figure), options)
  }

  /// The figure of the matrix as a file that tells who made it.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError``, of stage `limit` for a figure too large for pixels.
  public func picture(
    _ format: OutputFormat = .svg, _ options: PictureOptions = PictureOptions()
  ) throws(GraphvizError) -> Picture {
    let drawing = drawing(options)
    guard case .drawing(let write) = format.input else {
      preconditionFailure("a matrix is drawn in formats that are written from a drawing")
    }
    return Picture(
      format: format, bytes: Stamp.signed(try write(drawing, options), format.kind),
      warnings: PictureWarning.all(for: drawing, usesFonts: format.kind.usesFonts))
  }
}
