extension ArrayOperation {
  /// One part of what stands in the brackets of `X[…]`.
  public enum Subscript: Sendable, Equatable {
    /// One entry of an axis, counted from the back where negative; the axis goes.
    case index(Int)
    /// A range of an axis, as Python's slices have it: parts that are left out are `nil`.
    case slice(Int?, Int?, Int?)
    /// A new axis of one entry: `None`.
    case newAxis
    /// As many whole axes as are left: `...`.
    case ellipsis
    /// Entries by their numbers, as an integer array of some shape.
    case indices([Int], shape: [Int])
  }
}

/// What a subscript chooses: a view of an array, or entries one by one.
enum Choice {
  case view(View)
  case entries([Int], shape: [Int])

  var shape: [Int] {
    switch self {
    case .view(let view): view.shape
    case .entries(_, let shape): shape
    }
  }
}

extension [Subscript] {
  /// What the subscripts choose of an array that stands in memory as `view` says.
  ///
  /// - Throws: An index out of range, too many subscripts, an empty choice.
  func choice(of view: View) throws(ShapeFault) -> Choice {
    let shape = view.shape
    let taken = count { $0 != .newAxis && $0 != .ellipsis }
    guard taken <= shape.count else {
      let axes =
        shape.isEmpty ? "a number has no axes" : "\(shapeText(shape)) has \(shape.count) axes"
      throw ShapeFault("too many indices: \(axes), and \(taken) were given")
    }
    guard count(where: { $0 == .ellipsis }) <= 1 else {
      throw ShapeFault("an index has at most one '...'")
    }
    let rest = [Subscript](repeating: .slice(nil, nil, nil), count: shape.count - taken)
    let place = firstIndex(of: .ellipsis) ?? endIndex
    let all = Array(self[..<place]) + rest + dropFirst(place + 1)
    var result = view
    var axis = 0
    // Integer arrays: which subscript each is, and how many axes of the result stand before it.
    var arrays: [(position: Int, axis: Int, numbers: [Int], shape: [Int], stride: Int)] = []
    for (position, part) in all.enumerated() {
      switch part {
      case .ellipsis: break
      case .newAxis:
        result = result.inserting(axis)
        axis += 1
      case .index(let number):
        result = result.selecting(axis, try index(number, below: result.shape[axis], in: shape))
      case .slice(let start, let stop, let step):
        let range = try slice(start, stop, step, count: result.shape[axis])
        result = result.sliced(axis, from: range.start, count: range.count, step: range.step)
        axis += 1
      case .indices(let numbers, let shapeOfNumbers):
        let count = result.shape[axis]
        var checked: [Int] = []
        for number in numbers { checked.append(try index(number, below: count, in: shape)) }
        arrays.append((position, axis, checked, shapeOfNumbers, result.strides[axis]))
        result = result.selecting(axis, 0)
      }
    }
    guard let first = arrays.first else { return .view(result) }
    let group = try broadcastShape(arrays.map(\.shape))
    var offsets = [Int](repeating: 0, count: group.reduce(1, *))
    for array in arrays {
      let strides = View(array.shape).broadcast(to: group).strides
      View.forEachOffset(group, strides) { entry, offset in
        offsets[entry] += array.numbers[offset] * array.stride
      }
    }
    // Arrays side by side stand where the first stood; others go to the front.
    let positions = arrays.map(\.position)
    let isTogether = zip(positions, positions.dropFirst()).allSatisfy { $0 + 1 == $1 }
    let front = isTogether ? first.axis : 0
    let outer = [Int](result.shape[..<front])
    let inner = [Int](result.shape[front...])
    var sources: [Int] = []
    sources.reserveCapacity(result.count * offsets.count)
    View.forEachOffset(outer, [Int](result.strides[..<front])) { _, a in
      for b in offsets {
        View.forEachOffset(inner, [Int](result.strides[front...])) { _, c in
          sources.append(result.offset + a + b + c)
        }
      }
    }
    return .entries(sources, shape: outer + group + inner)
  }

  private func index(
    _ number: Int, below count: Int, in shape: [Int]
  ) throws(ShapeFault) -> Int {
    let result = number < 0 ? number + count : number
    guard result >= 0, result < count else {
      throw ShapeFault(
        "index \(number) is out of range for an axis of \(count)",
        help: "indices are 0 to \(count - 1), or \(-count) to -1 from the back", isOfIndex: true)
    }
    return result
  }

  private func slice(
    _ start: Int?, _ stop: Int?, _ step: Int?, count: Int
  ) throws(ShapeFault) -> (start: Int, count: Int, step: Int) {
    let range = pythonSlice(start, stop, step, count: count)
    guard let range else { throw ShapeFault("the step of a slice is not 0") }
    guard range.count > 0 else {
      throw ShapeFault("the slice chooses nothing of an axis of \(count)")
    }
    return range
  }
}

/// The entries that Python's `[start:stop:step]` chooses of `count`: the first, how many, the step; `nil`
/// for a step of 0.
package func pythonSlice(
  _ start: Int?, _ stop: Int?, _ step: Int?, count: Int
) -> (start: Int, count: Int, step: Int)? {
  let step = step ?? 1
  if step == 0 { return nil }
  func clamped(_ place: Int, _ low: Int, _ high: Int) -> Int {
    Swift.min(Swift.max(place < 0 ? place + count : place, low), high)
  }
  if step > 0 {
    let first = start.map { clamped($0, 0, count) } ?? 0
    let end = stop.map { clamped($0, 0, count) } ?? count
    return (first, end > first ? (end - first - 1) / step + 1 : 0, step)
  }
  let first = start.map { clamped($0, -1, count - 1) } ?? count - 1
  let end = stop.map { clamped($0, -1, count - 1) } ?? -1
  return (first, first > end ? (first - end - 1) / -step + 1 : 0, step)
}

extension View {
  /// Calls `body` with the number of each entry of `shape`, in row-major order, and its offset.
  static func forEachOffset(_ shape: [Int], _ strides: [Int], _ body: (Int, Int) -> Void) {
    var index = [Int](repeating: 0, count: shape.count)
    var offset = 0
    for entry in 0..<shape.reduce(1, *) {
      body(entry, offset)
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        offset += strides[axis]
        if index[axis] < shape[axis] { break }
        offset -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
  }

  /// The offset of every entry, in row-major order.
  package var offsets: [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    View.forEachOffset(shape, strides) { _, offset in result.append(self.offset + offset) }
    return result
  }
}
