package import GradBase

/// How operations on arrays are computed anew by a script, with what the trace knows of them.
///
/// Most operations move entries or add them up: they are linear, and their maps say all. Products of arrays
/// are loops. The others are named.
extension Trace {
  /// Whether a script can compute node `index` anew.
  package func isRecomputable(_ index: Int) -> Bool {
    let node = nodes[index]
    guard let operation = node.arrayOperation else {
      return node.kind != .operation || node.row != nil
    }
    // A trace of another tool may tell less of a map than the operation's name does.
    return !operation.isLinear
      || edges(into: index).allSatisfy { edge in
        switch edge.map {
        case .strided, .masked, .sparse, .cumulative, .weighted: true
        case .elementwise: edge.arrayPartial != nil
        default: false
        }
      }
  }

  /// Writes how an operation on arrays is computed: `{"is": "linear", "shape": […], "maps": […]}`.
  package func writeRecomputation(of index: Int, to json: inout JSONText) {
    let shapes = edges(into: index).map { nodes[$0.source].shape }
    guard let operation = nodes[index].arrayOperation else { return json.null() }
    json.object { json in
      switch operation {
      case .matrixProduct:
        json.field("is", "product")
        matrixLoops(shapes[0], shapes[1], nodes[index].shape).write(to: &json)
      case .contract(let rule):
        json.field("is", "product")
        loops(rule, shapes, nodes[index].shape).write(to: &json)
      case .convolve(let movement):
        json.field("is", "product")
        write(movement, shapes[0], shapes[1], nodes[index].shape, to: &json)
      case .inverse, .determinant, .logDeterminant, .solve:
        json.field("is", operation.name)
        if operation == .solve {
          json.field("loops") { json in
            let loops = matrixLoops(shapes[0], shapes[1], nodes[index].shape)
            json.object { json in loops.write(to: &json) }
          }
        }
      case .softmax(let axis), .logSoftmax(let axis):
        json.field("is", operation.name)
        json.field("axis", axis < 0 ? axis + shapes[0].count : axis)
      case .reduce(let reduction, let axes, _) where reduction != .sum && reduction != .mean:
        json.field("is", "reduce")
        write(reduction, axes, shapes[0], to: &json)
      case .pool(let pooling) where pooling.takesLargest:
        json.field("is", "max_pool")
        write(pooling, shapes[0], nodes[index].shape, to: &json)
      default:
        json.field("is", "linear")
        json.field("maps") { json in
          json.array { json in
            for edge in edges(into: index) {
              json.object { json in write(edge, to: &json) }
            }
          }
        }
      }
      json.field("shape", nodes[index].shape)
    }
  }

  /// A linear map: entries of the source that go to entries of the target, with a factor.
  private func write(_ edge: Edge, to json: inout JSONText) {
    let (source, target) = (nodes[edge.source].shape, nodes[edge.target].shape)
    func views(_ from: View, _ to: View) {
      json.field("counts", to.shape)
      json.field("from", [from.offset] + from.strides)
      json.field("to", [to.offset] + to.strides)
    }
    switch edge.map {
    case .strided(let from, let to, let factor):
      views(from, to)
      json.field("factor", factor)
    case .masked(let mask):
      views(View(source).broadcast(to: target), View(target))
      json.field("mask", mask)
    case .weighted(let weights, let to):
      views(View(source), to)
      json.field("mask", weights)
    case .elementwise:
      views(View(source).broadcast(to: target), View(target))
      json.field("mask", edge.arrayPartial?.entries ?? [])
    case .sparse(let map):
      json.field("sources", map.sources)
      if let targets = map.targets { json.field("targets", targets) }
      json.field("factor", map.weight)
    case .cumulative(let axis):
      json.field("cumulative", axis)
      json.field("shape", target)
    default: preconditionFailure("the map of a linear operation is linear")
    }
  }

  private func write(
    _ reduction: ArrayOperation.Reduction, _ axes: [Int]?, _ shape: [Int], to json: inout JSONText
  ) {
    json.field("by", reduction.name)
    switch reduction {
    case .variance(let correction), .standardDeviation(let correction):
      json.field("correction", correction)
    // An order of ∞ is written as text, and is none of 1 and 2.
    case .norm(let order): json.field("order", order)
    case .median(let ofBoth): json.field("middles", ofBoth ? 2 : 1)
    default: break
    }
    let gone = Set(axes.map { $0.map { $0 < 0 ? $0 + shape.count : $0 } } ?? Array(shape.indices))
    let strides = View.contiguousStrides(shape)
    for (name, isGone) in [("kept", false), ("gone", true)] {
      let axes = shape.indices.filter { gone.contains($0) == isGone }
      json.field(name) { json in
        json.array { json in
          json.numbers(axes.map { shape[$0] })
          json.numbers(axes.map { strides[$0] })
        }
      }
    }
  }

  private func write(
    _ pooling: ArrayOperation.Pooling, _ image: [Int], _ result: [Int], to json: inout JSONText
  ) {
    let (size, places) = (Array(image.dropFirst(2)), Array(result.dropFirst(2)))
    var windows = [[Int]](repeating: [], count: places.reduce(1, *))
    pooling.movement.forEachMeeting(image: size, window: pooling.window, places: places) {
      windows[$2].append($0)
    }
    json.field("image", size.reduce(1, *))
    json.field("windows") { json in
      json.array { json in for window in windows { json.numbers(window) } }
    }
  }

  private func write(
    _ movement: ArrayOperation.Convolution, _ image: [Int], _ kernel: [Int], _ result: [Int],
    to json: inout JSONText
  ) {
    let parts = [result, image, kernel].map { Array($0.dropFirst(2)) }
    var triples = [[Int]](repeating: [], count: 3)
    movement.forEachMeeting(image: parts[1], window: parts[2], places: parts[0]) {
      triples[0].append($2)
      triples[1].append($0)
      triples[2].append($1)
    }
    json.field("sizes", [image[0], kernel[0], kernel[1]] + parts.map { $0.reduce(1, *) })
    json.field("triples") { json in
      json.array { json in for numbers in triples { json.numbers(numbers) } }
    }
  }
}

extension ArrayOperation {
  /// Whether its maps, which do not depend on values, say all.
  fileprivate var isLinear: Bool {
    switch self {
    case .matrixProduct, .contract, .convolve, .softmax, .logSoftmax, .inverse, .solve,
      .determinant, .logDeterminant:
      false
    case .reduce(let reduction, _, _): reduction == .sum || reduction == .mean
    case .pool(let pooling): !pooling.takesLargest
    default: true
    }
  }
}

/// The loops of a product: how often each runs, and how far it steps in the result and the operands.
private struct ProductLoops {
  var counts: [Int]
  /// Of the result, then of each operand.
  var strides: [[Int]]

  func write(to json: inout JSONText) {
    json.field("counts", counts)
    json.field("strides") { json in
      json.array { json in for steps in strides { json.numbers(steps) } }
    }
  }
}

/// The loops of a matrix product: over the batch, the rows, the columns, and what is summed.
private func matrixLoops(_ left: [Int], _ right: [Int], _ result: [Int]) -> ProductLoops {
  let batches = [left, right].map { Array($0.dropLast(2)) }
  let batch = (try? broadcastShape(batches)) ?? []
  func steps(_ shape: [Int]) -> [Int] {
    var view = View(Array(shape.dropLast(2)))
    view.strides = Array(View.contiguousStrides(shape).dropLast(2))
    return view.broadcast(to: batch).strides
  }
  let strides = View.contiguousStrides(result)
  var last = strides[batch.count...]
  let row = left.count == 1 ? 0 : last.removeFirst()
  let column = right.count == 1 ? 0 : last.removeFirst()
  let (inner, columns) = (left[left.count - 1], right.count == 1 ? 1 : right[right.count - 1])
  let rows = left.count == 1 ? 1 : left[left.count - 2]
  return ProductLoops(
    counts: batch + [rows, columns, inner],
    strides: [
      Array(strides[..<batch.count]) + [row, column, 0],
      steps(left) + [left.count == 1 ? 0 : inner, 0, 1],
      steps(right) + [0, right.count == 1 ? 0 : 1, right.count == 1 ? 1 : columns],
    ])
}

/// The loops of a contraction, one a letter.
private func loops(
  _ rule: ArrayOperation.Contraction, _ shapes: [[Int]], _ result: [Int]
) -> ProductLoops {
  let counts = (try? rule.counts(shapes)) ?? [:]
  let letters = counts.keys.sorted()
  let arrays = [(rule.result, result)] + zip(rule.operands, shapes)
  return ProductLoops(
    counts: letters.map { counts[$0] ?? 1 },
    strides: arrays.map { own, shape in
      // A letter that stands twice walks along a diagonal.
      letters.map { letter in
        zip(own, View.contiguousStrides(shape)).reduce(0) { $0 + ($1.0 == letter ? $1.1 : 0) }
      }
    })
}

extension JSONText {
  fileprivate mutating func numbers(_ numbers: [Int]) {
    array { json in for number in numbers { json.number(number) } }
  }

  fileprivate mutating func field(_ key: String, _ numbers: [Int]) {
    field(key) { json in json.numbers(numbers) }
  }

  fileprivate mutating func field(_ key: String, _ numbers: [Double]) {
    field(key) { json in json.array { json in for number in numbers { json.number(number) } } }
  }
}
