/// An array seen in some order: a shape, and where its entries stand in memory.
///
/// Entry (i, j, …) stands at `offset + i·strides[0] + j·strides[1] + …`. A stride of 0 repeats entries.
package struct View: Sendable, Hashable {
  package var shape: [Int]
  package var offset = 0
  package var strides: [Int]

  /// An array whose entries stand side by side in row-major order.
  package init(_ shape: [Int]) {
    self.shape = shape
    strides = View.contiguousStrides(shape)
  }

  /// How many entries there are.
  var count: Int { shape.reduce(1, *) }

  /// Whether the entries stand side by side in row-major order.
  var isContiguous: Bool {
    var expected = 1
    for axis in shape.indices.reversed() where shape[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= shape[axis]
    }
    return true
  }

  /// The axes in another order.
  func permuted(_ order: [Int]) -> View {
    var view = self
    view.shape = order.map { shape[$0] }
    view.strides = order.map { strides[$0] }
    return view
  }

  /// `count` entries of one axis, from `start` in steps of `step`.
  func sliced(_ axis: Int, from start: Int, count: Int, step: Int = 1) -> View {
    var view = self
    view.offset += start * strides[axis]
    view.shape[axis] = count
    view.strides[axis] *= step
    return view
  }

  /// Without one axis, at entry `index` of it.
  func selecting(_ axis: Int, _ index: Int) -> View {
    var view = sliced(axis, from: index, count: 1)
    view.shape.remove(at: axis)
    view.strides.remove(at: axis)
    return view
  }

  /// With an axis of one entry before axis `axis`.
  func inserting(_ axis: Int) -> View {
    var view = self
    view.shape.insert(1, at: axis)
    view.strides.insert(0, at: axis)
    return view
  }

  /// Repeated along axes of one entry, and along missing ones at the front.
  package func broadcast(to wide: [Int]) -> View {
    var view = self
    let missing = wide.count - shape.count
    view.shape = wide
    view.strides = wide.indices.map { axis in
      axis < missing || shape[axis - missing] == 1 && wide[axis] != 1 ? 0 : strides[axis - missing]
    }
    return view
  }

  static func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    return strides
  }
}

/// Entries in memory, in the order of a view.
struct Strided {
  var base: UnsafeMutablePointer<Double>
  var strides: [Int]

  /// Entries that begin at `memory`, as `view` orders them.
  init(_ memory: UnsafeMutablePointer<Double>, _ view: View) {
    base = memory + view.offset
    strides = view.strides
  }
}
