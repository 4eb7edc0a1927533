extension ArrayOperation {
  /// Works out the result, and the map of each operand.
  ///
  /// - Parameters:
  ///   - operands: The operands; their shapes fit.
  ///   - shape: The shape of the result.
  ///   - z: The result in row-major order; zeros, which the values replace.
  /// - Returns: The maps, one an operand.
  /// - Throws: What does not fit, which nothing is once the shapes do.
  func evaluate(
    _ operands: [(shape: [Int], entries: Strided)], _ shape: [Int], into z: Entries
  ) throws(ShapeFault) -> [LinearMap] {
    let (source, x) = operands[0]
    let result = View(shape)
    switch self {
    case .matrixProduct:
      MatrixProduct(source, operands[1].shape)
        .forEach(x, operands[1].entries, Strided(z, result)) { addProduct($0, $1, to: $2) }
      return [.left, .right]
    case .inverse, .determinant, .logDeterminant: return [evaluateSquare(source, x, into: z)]
    case .solve:
      MatrixProduct(source, operands[1].shape)
        .forEach(x, operands[1].entries, Strided(z, result)) { a, b, c in
          Elimination(a).addSolution(of: b, to: c)
        }
      return [.solve, .solve]
    case .reduce(let reduction, let given, _):
      let gone = Set(try axes(given, of: source))
      return [reduce(reduction, gone, source, x, into: z)]
    case .softmax(let number), .logSoftmax(let number):
      let place = try axis(number, of: source)
      copy(source, from: x, to: Strided(z, result))
      softmax(shape, place, z)
      if case .softmax = self { return [.softmax(axis: place)] }
      return [.logSoftmax(axis: place)]
    case .cumulativeSum(let number):
      // Without an axis the entries are one line.
      copy(source, from: x, to: Strided(z, View(source)))
      let place = try number.map { number throws(ShapeFault) in try axis(number, of: source) } ?? 0
      forEachLine(shape, place) { first, step in
        for i in 1..<max(shape[place], 1) { z[first + i * step] += z[first + (i - 1) * step] }
      }
      return [.cumulative(axis: place)]
    case .reshape:
      copy(source, from: x, to: Strided(z, View(source)))
      let flat = View([result.count])
      return [.strided(from: flat, to: flat, factor: 1)]
    case .transpose(let order):
      let order = try Self.order(order, of: source)
      return [strided({ $0.permuted(order) }, source, x, result, z)]
    case .broadcast: return [strided({ $0.broadcast(to: shape) }, source, x, result, z)]
    case .select(let subscripts): return [try select(subscripts, source, x, result, z)]
    case .replace(let subscripts):
      return try replace(subscripts, operands, result, z)
    case .choose(let mask):
      var chosen = [Double](repeating: 0, count: result.count)
      chosen.withUnsafeMutableBufferPointer { chosen in
        mask.entries.withUnsafeBufferPointer { entries in
          guard let to = chosen.baseAddress, let from = entries.baseAddress else { return }
          let seen = View(mask.shape).broadcast(to: shape)
          copy(
            shape, from: Strided(UnsafeMutablePointer(mutating: from), seen),
            to: Strided(to, result))
        }
      }
      let other = operands[1]
      var (first, second) = (View(source), View(other.shape))
      (first.strides, second.strides) = (x.strides, other.entries.strides)
      let (a, b) = (first.broadcast(to: shape).offsets, second.broadcast(to: shape).offsets)
      for i in 0..<result.count {
        z[i] = chosen[i] != 0 ? x.base[a[i]] : other.entries.base[b[i]]
      }
      return [.masked(chosen.map { $0 != 0 ? 1 : 0 }), .masked(chosen.map { $0 != 0 ? 0 : 1 })]
    case .concatenate(let number):
      let place = try axis(number, of: source)
      var start = 0
      return operands.map { operand in
        let part = result.sliced(place, from: start, count: operand.shape[place])
        start += operand.shape[place]
        copy(operand.shape, from: operand.entries, to: Strided(z, part))
        return .strided(from: View(operand.shape), to: part, factor: 1)
      }
    case .stack(let number):
      let place = try axis(number, of: shape)
      return operands.enumerated().map { index, operand in
        let part = result.selecting(place, index)
        copy(operand.shape, from: operand.entries, to: Strided(z, part))
        return .strided(from: View(operand.shape), to: part, factor: 1)
      }
    case .rearrange(_, let sources, _, _):
      let map = SparseMap(sources: sources)
      withOrdered(source, x) { map.add($0, to: z) }
      return [.sparse(map)]
    case .scatter(let sources, let targets, let weight, _):
      let map = SparseMap(sources: sources, targets: targets, weight: weight)
      withOrdered(source, x) { map.add($0, to: z) }
      return [.sparse(map)]
    case .pad(let widths):
      var part = result
      for (axis, width) in widths.enumerated() {
        part = part.sliced(axis, from: width[0], count: source[axis])
      }
      copy(source, from: x, to: Strided(z, part))
      return [.strided(from: View(source), to: part, factor: 1)]
    case .contract(let rule):
      let factors = zip(rule.operands, operands).map { (letters: $0, entries: $1.entries) }
      Contraction.addProduct(
        factors, to: (rule.result, Strided(z, result)), try rule.counts(operands.map(\.shape)))
      return operands.map { _ in .contraction(rule) }
    case .convolve(let movement):
      let arrays = ConvolutionArrays(
        movement: movement, image: source, kernel: operands[1].shape, result: shape)
      withOrdered(source, x) { image in
        withOrdered(operands[1].shape, operands[1].entries) { arrays.addResult(image, $0, to: z) }
      }
      return [.convolution(movement), .convolution(movement)]
    case .pool(let pooling):
      var map = SparseMap(sources: [])
      withOrdered(source, x) { map = pool(pooling, source, $0, shape, z) }
      return [.sparse(map)]
    }
  }

  /// Copies what a view of the operand shows.
  private func strided(
    _ change: (View) -> View, _ source: [Int], _ x: Strided, _ result: View, _ z: Entries
  ) -> LinearMap {
    var own = View(source)
    own.strides = x.strides
    copy(result.shape, from: Strided(x.base, change(own)), to: Strided(z, result))
    return .strided(from: change(View(source)), to: result, factor: 1)
  }

  private func reduce(
    _ reduction: Reduction, _ gone: Set<Int>, _ source: [Int], _ x: Strided, into z: Entries
  ) -> LinearMap {
    let ordered = View(source)
    let narrow = View(source.indices.map { gone.contains($0) ? 1 : source[$0] })
    let to = narrow.broadcast(to: source)
    let count = source.indices.reduce(1) { gone.contains($1) ? $0 * source[$1] : $0 }
    if reduction == .sum || reduction == .mean {
      copy(source, from: x, to: Strided(z, to), adding: true)
      if reduction == .sum { return .strided(from: ordered, to: to, factor: 1) }
      let divisor = Double(count)
      for i in 0..<narrow.count { z[i] /= divisor }
      return .strided(from: ordered, to: to, factor: 1 / divisor)
    }
    // The entries of one result side by side: kept axes first, then those that go.
    let order = source.indices.filter { !gone.contains($0) } + source.indices.filter(gone.contains)
    var own = ordered
    own.strides = x.strides
    let places = ordered.permuted(order).offsets
    var weights = [Double](repeating: 0, count: places.count)
    var line = [Double](repeating: 0, count: count)
    var next = 0
    let steps = own.permuted(order).offsets
    for result in 0..<narrow.count {
      for i in 0..<count { line[i] = x.base[steps[next + i]] }
      z[result] = reduction.evaluate(&line)
      for i in 0..<count { weights[places[next + i]] = line[i] }
      next += count
    }
    return .weighted(weights, to: to)
  }

  /// Softmax, or its logarithm, in place.
  private func softmax(_ shape: [Int], _ axis: Int, _ z: Entries) {
    let isLogarithm = if case .logSoftmax = self { true } else { false }
    forEachLine(shape, axis) { first, step in
      var largest = -Double.infinity
      for i in 0..<shape[axis] {
        let entry = z[first + i * step]
        largest = entry.isNaN ? entry : max(largest, entry)
      }
      var sum = 0.0
      for i in 0..<shape[axis] { sum += Operators.Exp.value(z[first + i * step] - largest) }
      let logarithm = Operators.Log.value(sum)
      for i in 0..<shape[axis] {
        let entry = z[first + i * step] - largest
        z[first + i * step] = isLogarithm ? entry - logarithm : Operators.Exp.value(entry) / sum
      }
    }
  }

  private func select(
    _ subscripts: [Subscript], _ source: [Int], _ x: Strided, _ result: View, _ z: Entries
  ) throws(ShapeFault) -> LinearMap {
    switch try subscripts.choice(of: View(source)) {
    case .view(let view):
      var own = View(source)
      own.strides = x.strides
      if case .view(let seen) = try subscripts.choice(of: own) {
        copy(result.shape, from: Strided(x.base, seen), to: Strided(z, result))
      }
      return .strided(from: view, to: result, factor: 1)
    case .entries(let sources, _):
      let map = SparseMap(sources: sources)
      withOrdered(source, x) { map.add($0, to: z) }
      return .sparse(map)
    }
  }

  private func replace(
    _ subscripts: [Subscript], _ operands: [(shape: [Int], entries: Strided)], _ result: View,
    _ z: Entries
  ) throws(ShapeFault) -> [LinearMap] {
    let (source, x) = operands[0]
    let (shapeOfValue, value) = operands[1]
    copy(source, from: x, to: Strided(z, result))
    let choice = try subscripts.choice(of: result)
    let places: [Int] =
      switch choice {
      case .view(let view): view.offsets
      case .entries(let places, _): places
      }
    var own = View(shapeOfValue)
    own.strides = value.strides
    let from = View(shapeOfValue).broadcast(to: choice.shape).offsets
    for (place, offset) in zip(places, own.broadcast(to: choice.shape).offsets) {
      z[place] = value.base[offset]
    }
    // Of entries that are written twice, the last stays.
    var lastWriter = [Int](repeating: -1, count: result.count)
    for (number, place) in places.enumerated() { lastWriter[place] = number }
    let kept = lastWriter.indices.filter { lastWriter[$0] < 0 }
    let written = lastWriter.indices.filter { lastWriter[$0] >= 0 }
    return [
      .sparse(SparseMap(sources: kept, targets: kept)),
      .sparse(SparseMap(sources: written.map { from[lastWriter[$0]] }, targets: written)),
    ]
  }

  private func pool(
    _ pooling: Pooling, _ source: [Int], _ x: Entries, _ shape: [Int], _ z: Entries
  ) -> SparseMap {
    let (size, places) = (Array(source.dropFirst(2)), Array(shape.dropFirst(2)))
    let (m, r) = (size.reduce(1, *), places.reduce(1, *))
    var meetings = [[Int]](repeating: [], count: r)
    pooling.movement.forEachMeeting(image: size, window: pooling.window, places: places) {
      meetings[$2].append($0)
    }
    // As PyTorch has it, zeros around an image count for the mean, and never for the largest.
    let weight = 1 / Double(pooling.window.reduce(1, *))
    var map = SparseMap(sources: [], targets: [], weight: pooling.takesLargest ? 1 : weight)
    var targets: [Int] = []
    for channel in 0..<source[0] * source[1] {
      for place in 0..<r {
        let entries = meetings[place].map { channel * m + $0 }
        let target = channel * r + place
        if pooling.takesLargest {
          guard var best = entries.first else { continue }
          for entry in entries where x[entry] > x[best] || x[entry].isNaN { best = entry }
          z[target] = x[best]
          map.sources.append(best)
          targets.append(target)
        } else {
          for entry in entries { z[target] += weight * x[entry] }
          map.sources += entries
          targets += entries.map { _ in target }
        }
      }
    }
    map.targets = targets
    return map
  }
}
