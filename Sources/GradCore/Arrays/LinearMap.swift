/// The linear map on an edge that is not a number by a number: how the target changes with one operand.
///
/// The backward sweep adds the transposed map of the target's derivative to the operand's; forward
/// mode adds the map of the operand's tangent to the target's. Both are here, for each map.
package enum LinearMap: Sendable, Equatable {
  /// The partial of an operator at each entry; operands are broadcast. Nothing is kept: the row is asked
  /// again.
  case elementwise
  /// 0 or 1 for each entry of the target, to which the source is broadcast.
  case masked([Double])
  /// A matrix product, seen from its left or its right factor.
  case left, right
  /// −Z · T · Z, where Z is the target's value: an inverse.
  case inverse
  /// Operand 0 is the matrix, operand 1 the right side, the target what solves them.
  case solve
  /// target[to] += factor · source[from] over one shape: sum, mean, broadcast, reshape, permute, slice,
  /// join. The transposed map has the sides exchanged.
  case strided(from: View, to: View, factor: Double)
  /// A number for each entry of the source, and the entry of the target that it goes to: reductions.
  case weighted([Double], to: View)
  /// Entries that go to entries.
  case sparse(SparseMap)
  /// z ⊙ (t − Σ z ⊙ t) along an axis, where z is the target's value.
  case softmax(axis: Int)
  /// t − Σ exp(z) ⊙ t along an axis.
  case logSoftmax(axis: Int)
  /// The sums of the first entries along an axis.
  case cumulative(axis: Int)
  case contraction(ArrayOperation.Contraction)
  /// Operand 0 is the image, operand 1 the kernel.
  case convolution(ArrayOperation.Convolution)
}

/// The values around an edge, which its map may depend on.
struct MapPlace {
  /// The operator of the target, where the map is elementwise.
  var row: (any Operator.Type)?
  /// Which operands are constants: these take ties of extrema.
  var areLiterals: [Bool] = []
  /// The partial at each entry of the target, where it is known already.
  var partials: [Double]?
  /// The target's operands.
  var operands: [(shape: [Int], entries: Strided)]
  /// Which of them the edge comes from.
  var operand: Int
  /// The target's shape.
  var shape: [Int]
  /// The target's value.
  var value: Strided
}

extension LinearMap {
  /// into += the transposed map of own.
  ///
  /// - Parameters:
  ///   - own: The derivative of the target, in row-major order.
  ///   - into: The derivative of the source, in row-major order.
  ///   - place: The values around the edge.
  func addTransposed(_ own: Entries, to into: Entries, _ place: MapPlace) {
    let source = place.operands[place.operand].shape
    let (ownView, intoView) = (View(place.shape), View(source))
    let (ownEntries, intoEntries) = (Strided(own, ownView), Strided(into, intoView))
    switch self {
    case .elementwise:
      let into = Strided(into, intoView.broadcast(to: place.shape))
      if let known = place.partials {
        known.withUnsafeBufferPointer { buffer in
          guard let base = UnsafeMutablePointer(mutating: buffer.baseAddress) else { return }
          addProducts(place.shape, Strided(base, ownView), ownEntries, to: into)
        }
      } else if let row = place.row {
        pullBack(
          row, place.operand, place.broadcastOperands, place.value, ownEntries, into: into,
          place.shape, literals: place.areLiterals)
      }
    case .masked(let mask):
      mask.withUnsafeBufferPointer { buffer in
        guard let base = UnsafeMutablePointer(mutating: buffer.baseAddress) else { return }
        addProducts(
          place.shape, Strided(base, ownView), ownEntries,
          to: Strided(into, intoView.broadcast(to: place.shape)))
      }
    case .left:
      place.forEachProduct(left: intoEntries, result: ownEntries) { a, b, c in
        addProduct(c, b.transposed, to: a)
      }
    case .right:
      place.forEachProduct(right: intoEntries, result: ownEntries) { a, b, c in
        addProduct(a.transposed, c, to: b)
      }
    case .inverse: place.addInverse(own, to: into, isTransposed: true)
    case .solve: place.addTransposedSolution(own, to: into)
    case .strided(let from, let to, let factor):
      copy(to.shape, from: Strided(own, to), to: Strided(into, from), times: factor, adding: true)
    case .weighted(let weights, let to):
      weights.withUnsafeBufferPointer { buffer in
        guard let base = UnsafeMutablePointer(mutating: buffer.baseAddress) else { return }
        addProducts(source, Strided(base, intoView), Strided(own, to), to: intoEntries)
      }
    case .sparse(let map): map.addTransposed(own, to: into)
    case .softmax(let axis): addSoftmax(own, to: into, place, axis)
    case .logSoftmax(let axis): addLogSoftmax(own, to: into, place, axis, isTransposed: true)
    case .cumulative(let axis): addCumulative(own, to: into, place.shape, axis, isTransposed: true)
    case .contraction(let rule):
      var factors = [(letters: rule.result, entries: ownEntries)]
      for (k, operand) in place.operands.enumerated() where k != place.operand {
        factors.append((rule.operands[k], operand.entries))
      }
      guard let counts = try? rule.counts(place.operands.map(\.shape)) else { return }
      Contraction.addProduct(factors, to: (rule.operands[place.operand], intoEntries), counts)
    case .convolution(let movement):
      let arrays = ConvolutionArrays(
        movement: movement, image: place.operands[0].shape, kernel: place.operands[1].shape,
        result: place.shape)
      if place.operand == 0 {
        place.withOrdered(1) { arrays.addImage($0, own, to: into) }
      } else {
        place.withOrdered(0) { arrays.addKernel($0, own, to: into) }
      }
    }
  }

  /// into += the map of tangent.
  ///
  /// - Parameters:
  ///   - tangent: The tangent of the source, in row-major order.
  ///   - into: The tangent of the target, in row-major order.
  ///   - place: The values around the edge.
  func add(_ tangent: Entries, to into: Entries, _ place: MapPlace) {
    let source = place.operands[place.operand].shape
    let tangentEntries = Strided(tangent, View(source))
    let intoEntries = Strided(into, View(place.shape))
    switch self {
    case .elementwise:
      let known =
        place.partials
        ?? place.row.map {
          partials(
            $0, place.operand, place.broadcastOperands, place.value, place.shape,
            literals: place.areLiterals)
        } ?? []
      known.withUnsafeBufferPointer { buffer in
        guard let base = UnsafeMutablePointer(mutating: buffer.baseAddress) else { return }
        addProducts(
          place.shape, Strided(base, View(place.shape)),
          Strided(tangent, View(source).broadcast(to: place.shape)), to: intoEntries)
      }
    case .masked(let mask):
      mask.withUnsafeBufferPointer { buffer in
        guard let base = UnsafeMutablePointer(mutating: buffer.baseAddress) else { return }
        addProducts(
          place.shape, Strided(base, View(place.shape)),
          Strided(tangent, View(source).broadcast(to: place.shape)), to: intoEntries)
      }
    case .left:
      place.forEachProduct(left: tangentEntries, result: intoEntries) { addProduct($0, $1, to: $2) }
    case .right:
      place.forEachProduct(right: tangentEntries, result: intoEntries) {
        addProduct($0, $1, to: $2)
      }
    case .inverse: place.addInverse(tangent, to: into, isTransposed: false)
    case .solve: place.addSolution(tangent, to: into)
    case .strided(let from, let to, let factor):
      copy(
        to.shape, from: Strided(tangent, from), to: Strided(into, to), times: factor, adding: true)
    case .weighted(let weights, let to):
      weights.withUnsafeBufferPointer { buffer in
        guard let base = UnsafeMutablePointer(mutating: buffer.baseAddress) else { return }
        addProducts(source, Strided(base, View(source)), tangentEntries, to: Strided(into, to))
      }
    case .sparse(let map): map.add(tangent, to: into)
    case .softmax(let axis): addSoftmax(tangent, to: into, place, axis)
    case .logSoftmax(let axis): addLogSoftmax(tangent, to: into, place, axis, isTransposed: false)
    case .cumulative(let axis):
      addCumulative(tangent, to: into, place.shape, axis, isTransposed: false)
    case .contraction(let rule):
      let factors = place.operands.enumerated().map { k, operand in
        (letters: rule.operands[k], entries: k == place.operand ? tangentEntries : operand.entries)
      }
      guard let counts = try? rule.counts(place.operands.map(\.shape)) else { return }
      Contraction.addProduct(factors, to: (rule.result, intoEntries), counts)
    case .convolution(let movement):
      let arrays = ConvolutionArrays(
        movement: movement, image: place.operands[0].shape, kernel: place.operands[1].shape,
        result: place.shape)
      place.withOrdered(1 - place.operand) { other in
        if place.operand == 0 {
          arrays.addResult(tangent, other, to: into)
        } else {
          arrays.addResult(other, tangent, to: into)
        }
      }
    }
  }
}

// MARK: Maps along one axis

/// Calls `body` with the first place of every line along an axis of an array in row-major order, and the
/// step from entry to entry.
func forEachLine(_ shape: [Int], _ axis: Int, _ body: (_ first: Int, _ step: Int) -> Void) {
  let step = shape[(axis + 1)...].reduce(1, *)
  for outer in 0..<shape[..<axis].reduce(1, *) {
    for inner in 0..<step { body(outer * shape[axis] * step + inner, step) }
  }
}

/// The map of softmax is its own transpose.
private func addSoftmax(
  _ t: Entries, to into: Entries, _ place: MapPlace, _ axis: Int
) {
  let (z, count) = (place.value.base, place.shape[axis])
  forEachLine(place.shape, axis) { first, step in
    var sum = 0.0
    for i in 0..<count { sum += z[first + i * step] * t[first + i * step] }
    for i in 0..<count {
      into[first + i * step] += z[first + i * step] * (t[first + i * step] - sum)
    }
  }
}

private func addLogSoftmax(
  _ t: Entries, to into: Entries, _ place: MapPlace, _ axis: Int, isTransposed: Bool
) {
  let (z, count) = (place.value.base, place.shape[axis])
  forEachLine(place.shape, axis) { first, step in
    var sum = 0.0
    for i in 0..<count {
      sum +=
        isTransposed
        ? t[first + i * step] : Operators.Exp.value(z[first + i * step]) * t[first + i * step]
    }
    for i in 0..<count {
      let factor = isTransposed ? Operators.Exp.value(z[first + i * step]) : 1
      into[first + i * step] += t[first + i * step] - factor * sum
    }
  }
}

private func addCumulative(
  _ t: Entries, to into: Entries, _ shape: [Int], _ axis: Int, isTransposed: Bool
) {
  forEachLine(shape, axis) { first, step in
    var sum = 0.0
    for i in 0..<shape[axis] {
      let place = first + (isTransposed ? shape[axis] - 1 - i : i) * step
      sum += t[place]
      into[place] += sum
    }
  }
}

extension MapPlace {
  /// The operands, broadcast to the target's shape.
  var broadcastOperands: [Strided] {
    operands.map { operand in
      var view = View(operand.shape)
      view.strides = operand.entries.strides
      return Strided(operand.entries.base, view.broadcast(to: shape))
    }
  }

  /// Calls `body` with the factors and the result of every matrix product of a batch.
  ///
  /// - Parameters:
  ///   - left: What stands for the left factor; its value if `nil`.
  ///   - right: What stands for the right factor; its value if `nil`.
  ///   - result: What stands for the result.
  ///   - body: Takes left, right and result.
  func forEachProduct(
    left: Strided? = nil, right: Strided? = nil, result: Strided,
    _ body: (Matrix, Matrix, Matrix) -> Void
  ) {
    MatrixProduct(operands[0].shape, operands[1].shape)
      .forEach(left ?? operands[0].entries, right ?? operands[1].entries, result, body)
  }

  /// Calls `body` with operand `k` in row-major order.
  func withOrdered(_ k: Int, _ body: (Entries) -> Void) {
    GradCore.withOrdered(operands[k].shape, operands[k].entries, body)
  }
}
