/// The derivatives of one output by all nodes of a tape, numbers and arrays.
public struct Gradients {
  /// The numbers by node, then the arrays.
  let entries: [Double]
  /// By node, where the derivative of an array begins; -1 for numbers and where none was worked out.
  let offsets: [Int]
  let shapes: [[Int]]

  /// The derivative by a variable, of the shape of its value.
  ///
  /// - Returns: `nil` for an array that is constant or computed from constants alone, and for what was
  ///   recorded after the output.
  public subscript(_ variable: Variable) -> NumberArray? { array(Int(variable.index)) }

  func array(_ node: Int) -> NumberArray? {
    guard node < shapes.count else { return nil }
    if shapes[node].isEmpty { return NumberArray(entries[node]) }
    guard offsets[node] >= 0 else { return nil }
    let count = shapes[node].reduce(1, *)
    return NumberArray(shapes[node], Array(entries[offsets[node]..<offsets[node] + count]))
  }

  /// The derivative by a number; 0 for an array.
  func number(_ node: Int) -> Double {
    node < shapes.count && shapes[node].isEmpty ? entries[node] : 0
  }
}

extension Tape {
  /// The derivatives of `output` by all nodes up to it.
  ///
  /// - Parameters:
  ///   - output: What is differentiated.
  ///   - seed: For an output of several entries, the derivative of the end of the computation by each of
  ///     them: the derivatives are those of Σ seed ⊙ output. Without it every entry counts 1.
  /// - Returns: The derivatives.
  public func gradients(of output: Variable, seed: NumberArray? = nil) -> Gradients {
    let tape = output.checked
    precondition(tape == storage, "the output is on another tape")
    precondition(seed.map { $0.shape == output.shape } ?? true, "a seed has the output's shape")
    let last = Int(output.index)
    let shapes = (0...last).map { tape.pointee.arrays?.view($0)?.shape ?? [] }
    var size = last + 1
    let offsets = shapes.enumerated().map { node, shape in
      if shape.isEmpty || !tape.isActive(node) && node != last { return -1 }
      defer { size += shape.reduce(1, *) }
      return size
    }
    var isReached = [Bool](repeating: false, count: last + 1)
    isReached[last] = true
    let entries = [Double](unsafeUninitializedCapacity: size) { buffer, count in
      buffer.initialize(repeating: 0)
      count = size
      guard let derivative = buffer.baseAddress else { return }
      let own = derivative + (offsets[last] < 0 ? last : offsets[last])
      let seed = seed?.entries ?? [Double](repeating: 1, count: shapes[last].reduce(1, *))
      own.update(from: seed, count: seed.count)
      isReached.withUnsafeMutableBufferPointer { isReached in
        guard let isReached = isReached.baseAddress else { return }
        sweep(
          from: output,
          ArrayMaps(
            tape: tape,
            numbers: NumberMaps(
              sources: tape.pointee.sources, partials: tape.pointee.partials,
              derivative: derivative), offsets: offsets, isReached: isReached))
      }
    }
    return Gradients(entries: entries, offsets: offsets, shapes: shapes)
  }
}

/// The maps of a tape with arrays.
private struct ArrayMaps: TransposedMaps {
  let tape: UnsafeMutablePointer<TapeStorage>
  let numbers: NumberMaps
  /// By node, where the derivative of an array begins; -1 for others.
  let offsets: [Int]
  /// By node, whether anything was added: what the output does not depend on is left alone.
  let isReached: UnsafeMutablePointer<Bool>

  func derivative(_ node: Int) -> Entries {
    numbers.derivative + (offsets[node] < 0 ? node : offsets[node])
  }

  func pullBack(_ node: Int, _ begin: Int, _ end: Int) {
    guard isReached[node], begin < end else { return }
    guard let arrays = tape.pointee.arrays, arrays.map(begin) != nil else {
      for edge in begin..<end { isReached[Int(numbers.sources[edge])] = true }
      return numbers.pullBack(node, begin, end)
    }
    var place = tape.place(of: node, begin..<end)
    for edge in begin..<end {
      let source = Int(numbers.sources[edge])
      guard tape.hasDerivative(source), let map = arrays.map(edge) else { continue }
      isReached[source] = true
      place.operand = edge - begin
      map.addTransposed(derivative(node), to: derivative(source), place)
    }
  }
}

extension UnsafeMutablePointer<TapeStorage> {
  /// The values around the edges into a node.
  func place(of node: Int, _ edges: Range<Int>) -> MapPlace {
    let (shape, value) = array(node)
    let sources = edges.map { Int(pointee.sources[$0]) }
    let row = pointee.opcodes[node].type
    let isExtremum = row?.row.literalsTakeTies ?? false
    return MapPlace(
      row: row, areLiterals: sources.map { isExtremum && isLiteral($0) },
      operands: sources.map { array($0) }, operand: 0, shape: shape, value: value)
  }
}
