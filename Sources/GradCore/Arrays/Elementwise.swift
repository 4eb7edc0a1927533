/// How many entries go through an operator at a time; three blocks of them stay in the nearest cache.
private let block = 256

/// Entries side by side.
public typealias Entries = UnsafeMutablePointer<Double>

/// The operands of an operator, a block of entries of each.
public struct OperandBlock {
  /// How many entries each has.
  @usableFromInline let count: Int
  @usableFromInline let operands: [Entries]
  @usableFromInline let result: Entries

  /// A block from its parts.
  @usableFromInline init(count: Int, operands: [Entries], result: Entries) {
    self.count = count
    self.operands = operands
    self.result = result
  }
}

extension UnaryOperator {
  /// The values of a block.
  public static func fill(_ block: OperandBlock) {
    let (x, z) = (block.operands[0], block.result)
    for i in 0..<block.count { z[i] = value(x[i]) }
  }
  /// The partials by operand `k` of a block.
  public static func partials(_ block: OperandBlock, by k: Int, into partials: Entries) {
    let (x, z) = (block.operands[0], block.result)
    for i in 0..<block.count { partials[i] = partial(x[i], z[i]) }
  }
}

extension BinaryOperator {
  /// The values of a block.
  public static func fill(_ block: OperandBlock) {
    let (x, y, z) = (block.operands[0], block.operands[1], block.result)
    for i in 0..<block.count { z[i] = value(x[i], y[i]) }
  }
  /// The partials by operand `k` of a block.
  public static func partials(_ block: OperandBlock, by k: Int, into partials: Entries) {
    let (x, y, z) = (block.operands[0], block.operands[1], block.result)
    if k == 0 {
      for i in 0..<block.count { partials[i] = self.partials(x[i], y[i], z[i]).0 }
    } else {
      for i in 0..<block.count { partials[i] = self.partials(x[i], y[i], z[i]).1 }
    }
  }
}

extension TernaryOperator {
  /// The values of a block.
  public static func fill(_ block: OperandBlock) {
    let (x, y, w) = (block.operands[0], block.operands[1], block.operands[2])
    for i in 0..<block.count { block.result[i] = value(x[i], y[i], w[i]) }
  }
  /// The partials by operand `k` of a block.
  public static func partials(_ block: OperandBlock, by k: Int, into partials: Entries) {
    let (x, y, w) = (block.operands[0], block.operands[1], block.operands[2])
    for i in 0..<block.count {
      let all = self.partials(x[i], y[i], w[i], block.result[i])
      partials[i] = k == 0 ? all.0 : k == 1 ? all.1 : all.2
    }
  }
}

extension VariadicOperator {
  /// The values of a block.
  public static func fill(_ block: OperandBlock) {
    for i in 0..<block.count { block.result[i] = value(block.operands.map { $0[i] }) }
  }
  /// The partials by operand `k` of a block.
  public static func partials(_ block: OperandBlock, by k: Int, into partials: Entries) {
    for i in 0..<block.count {
      partials[i] = self.partials(block.operands.map { $0[i] }, block.result[i])[k]
    }
  }
}

/// Calls `body` block by block over arrays of one shape; it gets the arrays' entries side by side, and the
/// offsets of the block in each array.
///
/// This is the one place that knows strides: operators only ever see entries that stand side by side.
private func forEachBlock(
  _ walk: Walk, _ inputs: [(base: Entries, place: Int)],
  _ body: (_ count: Int, _ offsets: SIMD8<Int>, _ inputs: [Entries]) -> Void
) {
  let inner = walk.inner
  withUnsafeTemporaryAllocation(of: Double.self, capacity: block * max(inputs.count, 1)) {
    scratch in
    guard let scratch = scratch.baseAddress else { return }
    var pointers = inputs.map(\.base)
    walk.forEachRow { row in
      for start in stride(from: 0, to: inner.count, by: block) {
        let count = min(block, inner.count - start)
        let at = row &+ inner.strides &* start
        for (k, input) in inputs.enumerated() {
          let (from, step) = (input.base + at[input.place], inner.strides[input.place])
          pointers[k] = from
          if step == 1 || count == 1 { continue }
          pointers[k] = scratch + k * block
          if step == 0 {
            pointers[k].update(repeating: from[0], count: count)
          } else {
            for i in 0..<count { pointers[k][i] = from[i &* step] }
          }
        }
        body(count, at, pointers)
      }
    }
  }
}

/// The values of an operator at arrays that are broadcast to one shape, written in row-major order.
func fill(_ row: any Operator.Type, _ z: Entries, _ operands: [Strided], _ shape: [Int]) {
  let walk = Walk(shape, [View.contiguousStrides(shape)] + operands.map(\.strides))
  let step = walk.inner.strides[0]
  withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { result in
    guard let result = result.baseAddress else { return }
    forEachBlock(walk, operands.enumerated().map { ($1.base, $0 + 1) }) { count, at, x in
      let to = step == 1 ? z + at[0] : result
      row.fill(OperandBlock(count: count, operands: x, result: to))
      if step != 1 { for i in 0..<count { z[at[0] &+ i &* step] = result[i] } }
    }
  }
}

/// Adds the partials of operand `k` times the target's derivative to the operand's derivative.
///
/// - Parameters:
///   - row: The operator.
///   - k: The operand.
///   - operands: All operands, broadcast to `shape`.
///   - z: The values, in row-major order.
///   - own: The target's derivative, in row-major order.
///   - into: The operand's derivative, broadcast to `shape`: repeated entries take sums.
///   - shape: The target's shape.
///   - literals: Which operands are literals.
func pullBack(
  _ row: any Operator.Type, _ k: Int, _ operands: [Strided], _ z: Strided, _ own: Strided,
  into: Strided, _ shape: [Int], literals: [Bool]
) {
  let walk = Walk(shape, [own.strides, z.strides] + operands.map(\.strides) + [into.strides])
  let last = operands.count + 2
  let step = walk.inner.strides[last]
  withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { terms in
    guard let terms = terms.baseAddress else { return }
    let inputs = operands.enumerated().map { ($1.base, $0 + 2) } + [(z.base, 1), (own.base, 0)]
    forEachBlock(walk, inputs) { count, at, x in
      let own = x[x.count - 1]
      let block = OperandBlock(count: count, operands: Array(x.dropLast(2)), result: x[x.count - 2])
      row.partials(block, by: k, into: terms)
      giveTies(row, block, literals, by: k, terms)
      // An exact zero of either factor wins over an infinity of the other.
      for i in 0..<count { terms[i] = terms[i] == 0 || own[i] == 0 ? 0 : terms[i] * own[i] }
      let to = into.base + at[last]
      if step == 0 {
        var sum = 0.0
        for i in 0..<count { sum += terms[i] }
        to[0] += sum
      } else {
        for i in 0..<count { to[i &* step] += terms[i] }
      }
    }
  }
}

/// The partials of operand `k` at each entry of the target, in row-major order.
func partials(
  _ row: any Operator.Type, _ k: Int, _ operands: [Strided], _ z: Strided, _ shape: [Int],
  literals: [Bool]
) -> [Double] {
  let count = shape.reduce(1, *)
  return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
    filled = count
    guard let result = buffer.baseAddress else { return }
    let walk = Walk(
      shape, [View.contiguousStrides(shape), z.strides] + operands.map(\.strides))
    let step = walk.inner.strides[0]
    withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { terms in
      guard let terms = terms.baseAddress else { return }
      let inputs = operands.enumerated().map { ($1.base, $0 + 2) } + [(z.base, 1)]
      forEachBlock(walk, inputs) { count, at, x in
        let block = OperandBlock(
          count: count, operands: Array(x.dropLast()), result: x[x.count - 1])
        row.partials(block, by: k, into: terms)
        giveTies(row, block, literals, by: k, terms)
        for i in 0..<count { result[at[0] &+ i &* step] = terms[i] }
      }
    }
  }
}

/// Gives the derivative of an extremum to a literal that ties for it: the other operands get none.
private func giveTies(
  _ row: any Operator.Type, _ block: OperandBlock, _ literals: [Bool], by k: Int,
  _ partials: Entries
) {
  guard row.row.literalsTakeTies, !literals[k] else { return }
  for (place, isLiteral) in literals.enumerated() where isLiteral {
    let (own, literal) = (block.operands[k], block.operands[place])
    for i in 0..<block.count where own[i] == literal[i] && own[i] == block.result[i] {
      partials[i] = 0
    }
  }
}
