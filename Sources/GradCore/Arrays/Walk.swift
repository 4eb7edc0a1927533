/// A walk over up to six arrays of one shape at once, in an order that suits all of them.
///
/// Axes that all arrays hold in one piece are joined, and the longest is innermost: calls per row
/// cost more than steps through memory.
struct Walk {
  /// One axis: how many steps, and how far each array moves at each.
  struct Axis {
    var count: Int
    var strides: SIMD8<Int>
  }

  /// The axes but the innermost.
  private var outer: [Axis] = []
  /// The innermost axis.
  let inner: Axis

  init(_ shape: [Int], _ arrays: [[Int]]) {
    var axes: [Axis] = []
    for (axis, count) in shape.enumerated() where count != 1 {
      var strides = SIMD8<Int>.zero
      for (place, array) in arrays.enumerated() { strides[place] = array[axis] }
      if let last = axes.last, last.strides == strides &* count {
        axes[axes.count - 1] = Axis(count: last.count * count, strides: strides)
      } else {
        axes.append(Axis(count: count, strides: strides))
      }
    }
    if let last = axes.last, last.count < 32,
      let long = axes.indices.max(by: { axes[$0].count < axes[$1].count })
    {
      axes.swapAt(long, axes.count - 1)
    }
    inner = axes.popLast() ?? Axis(count: 1, strides: .zero)
    outer = axes
  }

  /// Calls `body` with the offsets in the arrays at which each row along the innermost axis begins.
  @inline(__always) func forEachRow(_ body: (SIMD8<Int>) -> Void) {
    var offsets = SIMD8<Int>.zero
    if outer.isEmpty { return body(offsets) }
    var index = [Int](repeating: 0, count: outer.count)
    while true {
      body(offsets)
      var axis = outer.count - 1
      while true {
        index[axis] += 1
        offsets &+= outer[axis].strides
        if index[axis] < outer[axis].count { break }
        offsets &-= outer[axis].strides &* outer[axis].count
        index[axis] = 0
        axis -= 1
        if axis < 0 { return }
      }
    }
  }
}

/// `to = factor · from`, or `to += factor · from`, entry by entry over one shape.
///
/// Where `to` repeats an entry, the sum of what belongs to it is added.
func copy(
  _ shape: [Int], from: Strided, to: Strided, times factor: Double = 1, adding: Bool = false
) {
  let walk = Walk(shape, [to.strides, from.strides])
  let count = walk.inner.count
  let (toStep, fromStep) = (walk.inner.strides[0], walk.inner.strides[1])
  walk.forEachRow { at in
    let (to, from) = (to.base + at[0], from.base + at[1])
    if !adding {
      for i in 0..<count { to[i &* toStep] = factor * from[i &* fromStep] }
    } else if toStep == 0 {
      var sum = 0.0
      for i in 0..<count { sum += from[i &* fromStep] }
      to[0] += factor * sum
    } else if toStep == 1, fromStep == 1 {
      for i in 0..<count { to[i] += factor * from[i] }
    } else {
      for i in 0..<count { to[i &* toStep] += factor * from[i &* fromStep] }
    }
  }
}

/// `to += factors ⊙ from`, entry by entry over one shape; a factor or an entry that is exactly zero adds
/// nothing, whatever the other is.
func addProducts(_ shape: [Int], _ factors: Strided, _ from: Strided, to: Strided) {
  let walk = Walk(shape, [to.strides, factors.strides, from.strides])
  let steps = walk.inner.strides
  walk.forEachRow { at in
    let (to, factors, from) = (to.base + at[0], factors.base + at[1], from.base + at[2])
    for i in 0..<walk.inner.count {
      let (factor, own) = (factors[i &* steps[1]], from[i &* steps[2]])
      if factor != 0, own != 0 { to[i &* steps[0]] += factor * own }
    }
  }
}

/// Calls `body` with an array in row-major order.
func withOrdered(_ shape: [Int], _ entries: Strided, _ body: (Entries) -> Void) {
  let ordered = View(shape)
  if entries.strides == ordered.strides { return body(entries.base) }
  withUnsafeTemporaryAllocation(of: Double.self, capacity: ordered.count) { buffer in
    guard let base = buffer.baseAddress else { return }
    copy(shape, from: entries, to: Strided(base, ordered))
    body(base)
  }
}
