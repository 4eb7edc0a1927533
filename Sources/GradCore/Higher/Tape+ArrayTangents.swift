extension Tape {
  /// How some nodes change where others do: forward-mode differentiation along one direction, for numbers
  /// and arrays.
  ///
  /// One pass over the edges, from the first to the last. As on the way back, a contribution with an exact
  /// zero as either factor is zero.
  ///
  /// - Parameters:
  ///   - outputs: What is asked for.
  ///   - direction: The nodes that change, and how, in their shapes.
  /// - Returns: The change of each output, of its shape.
  package func tangents(
    of outputs: [Variable], from direction: [(Variable, NumberArray)]
  ) -> [NumberArray] {
    let last = outputs.map { Int($0.index) }.max() ?? -1
    var numbers = [Double](repeating: 0, count: last + 1)
    var arrays: [Int: [Double]] = [:]
    for (variable, change) in direction where Int(variable.index) <= last {
      if change.shape.isEmpty {
        numbers[Int(variable.index)] = change.entries[0]
      } else {
        arrays[Int(variable.index)] = change.entries
      }
    }
    var (begin, end) = (0, 0)
    for node in numbers.indices {
      begin = end
      end = Int(storage.pointee.edgeEnds[node])
      if begin == end { continue }
      guard storage.pointee.arrays?.map(begin) != nil else {
        for edge in begin..<end {
          let tangent = numbers[Int(storage.pointee.sources[edge])]
          let partial = storage.pointee.partials[edge]
          if tangent != 0, partial != 0 { numbers[node] += partial * tangent }
        }
        continue
      }
      addArrays(to: node, begin..<end, &numbers, &arrays)
    }
    return outputs.map { output in
      let shape = output.shape
      if shape.isEmpty { return NumberArray(numbers[Int(output.index)]) }
      return NumberArray(
        shape,
        arrays[Int(output.index)] ?? [Double](repeating: 0, count: View(shape).count))
    }
  }

  /// Adds what the operands of a node change it by, over edges that have maps of arrays.
  private func addArrays(
    to node: Int, _ edges: Range<Int>, _ numbers: inout [Double], _ arrays: inout [Int: [Double]]
  ) {
    let sources = edges.map { Int(storage.pointee.sources[$0]) }
    guard sources.contains(where: { arrays[$0] != nil || numbers[$0] != 0 }) else { return }
    var place = storage.place(of: node, edges)
    var result = [Double](repeating: 0, count: View(place.shape).count)
    for (k, edge) in edges.enumerated() {
      var tangent = arrays[sources[k]] ?? [numbers[sources[k]]]
      if tangent.allSatisfy({ $0 == 0 }) { continue }
      place.operand = k
      tangent.withUnsafeMutableBufferPointer { tangent in
        result.withUnsafeMutableBufferPointer { result in
          guard let tangent = tangent.baseAddress, let result = result.baseAddress else { return }
          storage.pointee.arrays?.map(edge)?.add(tangent, to: result, place)
        }
      }
    }
    if place.shape.isEmpty { numbers[node] = result[0] } else { arrays[node] = result }
  }
}
