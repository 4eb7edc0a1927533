extension Trace {
  /// Which way the entries of a Jacobian are found.
  package enum Way: Sendable {
    /// A sweep forward for each column.
    case forward
    /// A sweep back for each row.
    case reverse
  }

  /// The derivatives of nodes by inputs: a row for each number of the first, a column for each of the others.
  ///
  /// ```swift
  /// let trace = record { tape in
  ///   let (x, y) = (tape.input(3, "x"), tape.input(2, "y"))
  ///   let u = (x * y).named("u")
  ///   return (u + x).named("v")
  /// }
  /// let matrix = try trace.jacobian(of: ["u", "v"], by: ["x", "y"])  // [[2, 3], [3, 3]]
  /// ```
  ///
  /// One sweep over the edges for each row or for each column, whichever are fewer.
  ///
  /// - Parameters:
  ///   - outputs: Names or ids of nodes, or entries of arrays: `Z[0, 1]`. By default the trace's output.
  ///   - inputs: The same of inputs. By default those that are no data.
  /// - Returns: The matrix, with the entries of arrays in row-major order.
  /// - Throws: A name that there is not, no input, more than ``DerivativeMatrix/mostEntries``, and arrays of
  ///   which only a summary is known.
  public func jacobian(
    of outputs: [String] = [], by inputs: [String] = []
  ) throws(MatrixFault) -> DerivativeMatrix {
    try jacobian(of: outputPlaces(named: outputs), by: inputPlaces(named: inputs))
  }

  /// The same for places, one way or the other; for `nil` the one of fewer sweeps.
  package func jacobian(
    of rows: [Place], by columns: [Place], _ way: Way? = nil
  ) throws(MatrixFault) -> DerivativeMatrix {
    try checkSize(rows, columns)
    try checkMaps()
    let isForward = way.map { $0 == .forward } ?? (columns.count < rows.count)
    var entries = [Double](repeating: 0, count: rows.count * columns.count)
    if isForward {
      for (column, place) in columns.enumerated() {
        let sweep = pushedForward(unit(place))
        for (row, place) in rows.enumerated() {
          entries[row * columns.count + column] = sweep[place]
        }
      }
    } else {
      for (row, place) in rows.enumerated() {
        let sweep = pulledBack(unit(place))
        for (column, place) in columns.enumerated() {
          entries[row * columns.count + column] = sweep[place]
        }
      }
    }
    return DerivativeMatrix(rows: rows, columns: columns, entries: entries)
  }

  // MARK: Products with vectors

  /// The Jacobian times a vector: how nodes move where inputs move along it.
  ///
  /// One sweep forward, whatever the size of the matrix.
  ///
  /// - Parameters:
  ///   - vector: A number for each of `columns`.
  ///   - rows: The numbers that are differentiated.
  ///   - columns: The numbers by which they are.
  /// - Returns: A number for each of `rows`.
  /// - Throws: That arrays are not known.
  package func jacobianVector(
    _ vector: [Double], of rows: [Place], by columns: [Place]
  ) throws(MatrixFault) -> [Double] {
    try checkMaps()
    let sweep = pushedForward(joined(vector, columns))
    return rows.map { sweep[$0] + 0 }
  }

  /// A vector times the Jacobian: the derivatives of a weighted sum of nodes by inputs.
  ///
  /// One sweep back, whatever the size of the matrix.
  ///
  /// - Parameters:
  ///   - vector: A number for each of `rows`.
  ///   - rows: The numbers that are differentiated.
  ///   - columns: The numbers by which they are.
  /// - Returns: A number for each of `columns`.
  /// - Throws: That arrays are not known.
  package func vectorJacobian(
    _ vector: [Double], of rows: [Place], by columns: [Place]
  ) throws(MatrixFault) -> [Double] {
    try checkMaps()
    let sweep = pulledBack(joined(vector, rows))
    return columns.map { sweep[$0] + 0 }
  }

  /// Numbers at places as an array for each of their nodes.
  private func joined(_ vector: [Double], _ places: [Place]) -> [Int: NumberArray] {
    var entries: [Int: [Double]] = [:]
    for (place, number) in zip(places, vector) {
      let count = nodes[place.node].shape.reduce(1, *)
      entries[place.node, default: [Double](repeating: 0, count: count)][place.entry ?? 0] = number
    }
    return entries.reduce(into: [:]) { $0[$1.key] = NumberArray(nodes[$1.key].shape, $1.value) }
  }

  // MARK: Places

  /// The numbers of nodes that are differentiated; those of the output for no name.
  package func outputPlaces(named names: [String]) throws(MatrixFault) -> [Place] {
    if names.isEmpty { return places(of: output) }
    return try places(named: names, .outputs)
  }

  /// The numbers of inputs by which nodes are differentiated; those of all that are no data for no name.
  ///
  /// A number that a function assigns to a name of its own is an input too, but only one that is asked for:
  /// unless the program marks its parameters, it stands for a constant of the function.
  package func inputPlaces(named names: [String]) throws(MatrixFault) -> [Place] {
    let known = parameters
    guard !known.isEmpty else {
      throw MatrixFault(.inputs, "there is no input to differentiate by")
    }
    if names.isEmpty {
      let isMarked = nodes.contains { $0.kind == .input && $0.isData }
      let own = known.filter { isMarked || nodes[$0].call == nil || nodes[$0].array != nil }
      return (own.isEmpty ? known : own).flatMap(places(of:))
    }
    let places = try places(named: names, .inputs)
    for place in places where nodes[place.node].kind != .input {
      throw MatrixFault(
        .inputs, "'\(nodes[place.node].id)' is computed, and no input",
        help: "the inputs are \(known.map { nodes[$0].id }.joined(separator: ", "))")
    }
    return places
  }

  private func places(
    named names: [String], _ subject: MatrixFault.Subject
  ) throws(MatrixFault) -> [Place] {
    var result: [Place] = []
    for name in names {
      let found: Place?
      do {
        found = try subject == .outputs ? latestPlace(named: name) : place(named: name)
      } catch {
        throw MatrixFault(subject, error.message, help: error.help)
      }
      guard let found else {
        let known = subject == .inputs ? parameters : nodes.indices.filter { nodes[$0].name != nil }
        throw MatrixFault(
          subject, "no \(subject == .inputs ? "input" : "node") is called '\(name)'",
          help: known.isEmpty || known.count > 12
            ? nil : "there are \(known.map { nodes[$0].id }.joined(separator: ", "))")
      }
      for place in found.entry == nil ? places(of: found.node) : [found]
      where !result.contains(place) {
        result.append(place)
      }
    }
    return result
  }

  /// What a name stands for at the end of the program, where it may have been assigned several times.
  private func latestPlace(named text: String) throws(ShapeFault) -> Place? {
    func latest(_ name: String) -> Int? {
      let form = NameForm.of(name)
      return nodes.lastIndex { node in
        node.scope == nil && node.name.map { NameForm.of($0) == form } == true
      }
    }
    if let node = latest(text) { return Place(node: node) }
    guard let (name, indices) = Self.parts(ofEntry: text), let node = latest(name) else {
      return try place(named: text)
    }
    return Place(node: node, entry: try nodes[node].shape.entry(indices, of: name))
  }

  // MARK: What is refused

  /// Refuses a matrix that nobody reads.
  func checkSize(_ rows: [Place], _ columns: [Place]) throws(MatrixFault) {
    let most = DerivativeMatrix.mostEntries
    guard rows.count * columns.count > most else { return }
    throw MatrixFault(
      rows.count > most ? .outputs : .inputs,
      "a matrix of \(rows.count) by \(columns.count) has \(rows.count * columns.count) entries, and "
        + "\(most) are the most",
      help: rows.count > most
        ? "name fewer outputs or entries; its product with a vector has no such limit"
        : helpToNameFewer(columns, most: most / rows.count))
  }

  /// Which inputs have few numbers enough together, and what has no limit.
  func helpToNameFewer(_ places: [Place], most: Int) -> String {
    var counts: [Int: Int] = [:]
    for place in places { counts[place.node, default: 0] += 1 }
    var (chosen, sum) = (Set<Int>(), 0)
    for (node, count) in counts.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) })
    where sum + count <= most {
      chosen.insert(node)
      sum += count
    }
    let names = chosen.sorted().prefix(6).map { nodes[$0].id }
    let example = names.isEmpty ? "" : ", such as \(names.joined(separator: ","))"
    return "differentiate by \(most) numbers at most\(example); "
      + "its product with a vector has no such limit"
  }

  /// Refuses arrays of which only a summary is known, and edges that stand for paths of several maps.
  private func checkMaps() throws(MatrixFault) {
    if knowsMaps { return }
    throw MatrixFault(
      .trace, "the trace does not tell all arrays and their maps", help: "give the program itself")
  }
}
