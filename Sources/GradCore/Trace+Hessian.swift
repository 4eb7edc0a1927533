extension Trace {
  /// The second derivatives of a number by inputs: a row and a column for each number of the inputs.
  ///
  /// ```swift
  /// let trace = record { tape in
  ///   let (x, y) = (tape.input(0, "x"), tape.input(2, "y"))
  ///   return 100 * power(y - power(x, 2), 2) + power(1 - x, 2)
  /// }
  /// let hessian = try trace.hessian()  // [[−798, 0], [0, 200]]
  /// ```
  ///
  /// The gradient is recorded as a computation, once; then each column is one sweep forward over that
  /// recording. An entry and the one across the diagonal are the same number: the column of the later input
  /// gives both.
  ///
  /// - Parameters:
  ///   - output: The name or id of a number, or an entry of an array: `y[0]`. By default the trace's output.
  ///   - inputs: Names or ids of inputs, or entries of arrays. By default those that are no data.
  /// - Returns: The matrix, exactly symmetric. At kinks, such as that of `relu` at 0, second derivatives are 0.
  /// - Throws: A name that there is not, an array as output, no input, more than
  ///   ``DerivativeMatrix/mostEntries``, and operations that are not in the table of operators.
  public func hessian(
    of output: String? = nil, by inputs: [String] = []
  ) throws(MatrixFault) -> DerivativeMatrix {
    var trace = self
    if let output {
      let places = try outputPlaces(named: [output])
      trace.output = places[0].node
      if places.count == 1, places[0].entry != nil { trace = try ofEntry(places[0]) }
    }
    return try trace.secondDerivatives(by: inputPlaces(named: inputs)).hessian()
  }

  /// The trace with an entry of an array as its output, a node of its own behind all others.
  ///
  /// - Throws: An operation that is not in the table, so that the trace cannot be recorded again.
  package func ofEntry(_ place: Place) throws(MatrixFault) -> Trace {
    let tape = Tape(capacity: nodes.count + 1)
    let shape = nodes[place.node].shape
    var (rest, indices) = (place.entry ?? 0, [Int]())
    for count in shape.reversed() {
      indices.insert(rest % count, at: 0)
      rest /= count
    }
    do throws(DifferentiationFault) { try record(on: tape) } catch {
      throw MatrixFault(.outputs, error.message, help: error.help)
    }
    let entry: Variable
    do throws(ShapeFault) {
      entry = try Variable.applying(
        .select(indices.map { .index($0) }), to: [tape.node(place.node)])
    } catch { throw MatrixFault(.outputs, error.message, help: error.help) }
    var made = tape.trace(of: entry)
    made.adopt(self)
    made.nodes[nodes.count].id =
      nodes[place.node].id + "[\(indices.map(String.init).joined(separator: ", "))]"
    made.markUnused(from: [made.output])
    made.spellExpressions(from: nodes.count)
    return made
  }

  /// What second derivatives by some numbers are found with.
  package func secondDerivatives(by places: [Place]) throws(MatrixFault) -> SecondDerivatives {
    try SecondDerivatives(self, by: places)
  }
}

/// The recorded gradient of a trace's output, with what is made of it: the Hessian, and its products with
/// vectors.
package struct SecondDerivatives {
  /// The numbers by which is differentiated.
  package let places: [Trace.Place]
  private let recorded: RecordedGradient
  /// For each place which of the recorded inputs it belongs to.
  private let inputs: [Int]

  fileprivate init(_ trace: Trace, by places: [Trace.Place]) throws(MatrixFault) {
    self.places = places
    let output = trace.nodes[trace.output]
    guard output.shape.isEmpty else {
      throw MatrixFault(
        .outputs,
        "'\(output.id)' is an array of \(shapeText(output.shape)), and a Hessian is of one number",
        help: "take its sum or its mean, or one entry by a name: y = \(output.id)"
          + NumberArray.firstPlace(of: output.shape))
    }
    var nodes: [Int] = []
    for place in places where !nodes.contains(place.node) { nodes.append(place.node) }
    inputs = places.map { place in nodes.firstIndex(of: place.node) ?? 0 }
    do {
      recorded = try trace.recordedGradient(by: nodes)
    } catch {
      throw MatrixFault(.trace, error.message, help: error.help)
    }
  }

  /// The ids of the nodes at whose kinks second derivatives count as 0.
  package var kinks: [String] { recorded.kinks.map { recorded.trace.nodes[$0].id } }

  /// The Hessian.
  ///
  /// - Parameter way: Forward over the recorded gradient, or backward over it, for comparison.
  /// - Returns: The matrix, exactly symmetric.
  /// - Throws: That it has too many entries.
  package func hessian(_ way: Trace.Way = .forward) throws(MatrixFault) -> DerivativeMatrix {
    let count = places.count
    guard count * count <= DerivativeMatrix.mostEntries else {
      throw MatrixFault(
        .inputs,
        "a Hessian by \(count) numbers has \(count * count) entries, and "
          + "\(DerivativeMatrix.mostEntries) are the most",
        help: recorded.trace.helpToNameFewer(places, most: 20))
    }
    var entries = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      let numbers = way == .forward ? product(with: unit) : row(column)
      for row in 0...column {
        entries[row * count + column] = numbers[row]
        entries[column * count + row] = numbers[row]
      }
    }
    return DerivativeMatrix(rows: places, columns: places, entries: entries)
  }

  /// The Hessian times a vector, in one sweep forward, whatever its size.
  package func product(with vector: [Double]) -> [Double] {
    var direction = recorded.inputs.map { node in
      [Double](repeating: 0, count: recorded.trace.nodes[node].shape.reduce(1, *))
    }
    for (index, number) in vector.enumerated() {
      direction[inputs[index]][places[index].entry ?? 0] = number
    }
    return numbers(
      recorded.hessian(
        times: zip(recorded.inputs, direction).map { node, entries in
          NumberArray(recorded.trace.nodes[node].shape, entries)
        }))
  }

  /// A row of the Hessian, in one sweep back.
  private func row(_ index: Int) -> [Double] {
    numbers(recorded.row(of: inputs[index], entry: places[index].entry ?? 0))
  }

  private func numbers(_ arrays: [NumberArray]) -> [Double] {
    places.indices.map { arrays[inputs[$0]].entries[places[$0].entry ?? 0] + 0 }
  }
}
