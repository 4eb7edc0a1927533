extension TraceDescription {
  /// What an edge from or to an array does, as a trace's JSON tells it.
  ///
  /// A map in words, with what the words need besides. Of what only another tool knows there is the word
  /// `opaque`, and its contribution has to be given.
  public struct Map: Sendable, Equatable, Codable {
    /// `scale`, `elementwise`, `matmul-left`, `matmul-right`, `sum`, `broadcast`, `reshape`, `permute`,
    /// `select`, `place`, `part`, `convolve`, `pool` or `opaque`.
    public var word: String
    /// The axes that are summed, repeated, or in another order.
    public var axes: [Int]?
    /// What a sum is multiplied by, 1/m for a mean.
    public var factor: Double?
    /// The subscripts of `select` and `place`, as a program writes them.
    public var index: String?
    /// The axis that `part` is of.
    public var axis: Int?
    /// The first entry of `part` along its axis.
    public var from: Int?
    /// The entry after the last of `part`.
    public var to: Int?
    /// What a convolution is by: `kernel` or `image`.
    public var by: String?
    /// How far the window of a convolution moves along each axis.
    public var stride: [Int]?
    /// How many zeros it puts around each axis.
    public var padding: [Int]?
    /// The name of an operation that only another tool knows.
    public var operation: String?

    private enum CodingKeys: String, CodingKey {
      case word = "is"
      case axes, factor, index, axis, from, to, by, stride, padding, operation
    }

    /// A map that is a word.
    public init(_ word: String) { self.word = word }
  }

  /// The words for maps.
  static let mapWords = [
    "scale", "elementwise", "matmul-left", "matmul-right", "sum", "broadcast", "reshape", "permute",
    "select", "place", "part", "convolve", "pool", "opaque",
  ]
}

/// Makes maps of their words, and finds what does not fit.
struct MapReader {
  let map: TraceDescription.Map
  let source: [Int]
  let target: [Int]
  let path: String

  private func fault(_ message: String, help: String? = nil) -> TraceFault {
    TraceFault("\(path).map", message, help: help)
  }

  /// The map; `nil` for what is only known by its contribution.
  ///
  /// - Parameter weights: The partials that are given, for maps that have some.
  /// - Returns: The map.
  /// - Throws: What does not fit, with its path.
  func linearMap(_ weights: NumberArray?) throws(TraceFault) -> LinearMap? {
    do throws(ShapeFault) { return try read(weights) } catch {
      throw fault(error.message, help: error.help)
    }
  }

  private func read(_ weights: NumberArray?) throws(ShapeFault) -> LinearMap? {
    switch map.word {
    case "scale", "elementwise":
      guard try broadcastShape([source, target]) == target else { throw unfit() }
      return .elementwise
    case "matmul-left": return .left
    case "matmul-right": return .right
    case "sum":
      let gone = Set(try GradCore.axes(map.axes, of: source))
      let kept = source.indices.map { gone.contains($0) ? 1 : source[$0] }
      let narrow = source.indices.filter { !gone.contains($0) }.map { source[$0] }
      guard target == kept || target == narrow else { throw unfit() }
      let to = View(kept).broadcast(to: source)
      if let weights, weights.shape == source, map.factor == nil {
        return .weighted(weights.entries, to: to)
      }
      return .strided(from: View(source), to: to, factor: map.factor ?? 1)
    case "broadcast":
      guard try broadcastShape([source, target]) == target else { throw unfit() }
      return .strided(from: View(source).broadcast(to: target), to: View(target), factor: 1)
    case "reshape":
      let flat = View([source.reduce(1, *)])
      guard source.reduce(1, *) == target.reduce(1, *) else { throw unfit() }
      return .strided(from: flat, to: flat, factor: 1)
    case "permute":
      let order = try ArrayOperation.order(map.axes, of: source)
      guard order.map({ source[$0] }) == target else { throw unfit() }
      return .strided(from: View(source).permuted(order), to: View(target), factor: 1)
    case "select", "place":
      guard let text = map.index, let subscripts = [Subscript](text) else { return nil }
      let isSelect = map.word == "select"
      let choice = try subscripts.choice(of: View(isSelect ? source : target))
      guard try broadcastShape([choice.shape, isSelect ? target : source]) == choice.shape else {
        throw unfit()
      }
      switch (choice, isSelect) {
      case (.view(let view), true): return .strided(from: view, to: View(target), factor: 1)
      case (.view(let view), false):
        return .strided(from: View(source).broadcast(to: view.shape), to: view, factor: 1)
      case (.entries(let places, _), true): return .sparse(SparseMap(sources: places))
      case (.entries(let places, let shape), false):
        return .sparse(
          SparseMap(sources: View(source).broadcast(to: shape).offsets, targets: places))
      }
    case "part":
      guard let number = map.axis, let from = map.from, let to = map.to else {
        throw ShapeFault("'part' has 'axis', 'from' and 'to'")
      }
      let place = try GradCore.axis(number, of: target)
      guard from >= 0, to > from, to <= target[place] else {
        throw ShapeFault("part \(from) to \(to) is not in an axis of \(target[place])")
      }
      let isStacked = source.count + 1 == target.count
      let view =
        isStacked
        ? View(target).selecting(place, from)
        : View(target).sliced(place, from: from, count: to - from)
      guard view.shape == source else { throw unfit() }
      return .strided(from: View(source), to: view, factor: 1)
    case "convolve":
      guard let stride = map.stride, let padding = map.padding else {
        throw ShapeFault("'convolve' has 'stride' and 'padding'")
      }
      return .convolution(Convolution(stride: stride, padding: padding))
    default: return nil
    }
  }

  private func unfit() -> ShapeFault {
    ShapeFault("'\(map.word)' does not make \(shapeText(target)) of \(shapeText(source))")
  }
}

extension [Subscript] {
  /// Reads what a program writes between brackets; `nil` for what is not that.
  init?(_ text: String) {
    var result: [Subscript] = []
    var rest = Substring(text.filter { $0 != " " })
    while !rest.isEmpty {
      var part: Substring
      if rest.first == "[" {
        guard let indices = Self.indices(&rest) else { return nil }
        result.append(indices)
        if rest.first == "," { rest.removeFirst() }
        continue
      }
      let end = rest.firstIndex(of: ",") ?? rest.endIndex
      part = rest[..<end]
      rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
      switch part {
      case "None": result.append(.newAxis)
      case "...": result.append(.ellipsis)
      case _ where part.contains(":"):
        let numbers = part.split(separator: ":", omittingEmptySubsequences: false)
        guard numbers.count <= 3, numbers.allSatisfy({ $0.isEmpty || Int($0) != nil }) else {
          return nil
        }
        let parts = numbers.map { Int($0) }
        result.append(.slice(parts[0], parts[1], parts.count > 2 ? parts[2] : nil))
      default:
        guard let index = Int(part) else { return nil }
        result.append(.index(index))
      }
    }
    self = result
  }

  /// Takes nested lists of whole numbers from the front of a text; `nil` for what is none, or ragged.
  private static func indices(_ text: inout Substring) -> Subscript? {
    var numbers: [Int] = []
    // How many parts each open list has, and how many those closed had, by depth.
    var open: [Int] = []
    var shape: [Int: Int] = [:]
    repeat {
      switch text.first {
      case "[":
        text.removeFirst()
        open.append(0)
      case "]":
        text.removeFirst()
        guard let count = open.popLast(), count > 0 else { return nil }
        guard shape[open.count, default: count] == count else { return nil }
        shape[open.count] = count
        if !open.isEmpty { open[open.count - 1] += 1 }
      case ",": text.removeFirst()
      default:
        let word = text.prefix { $0 == "-" || $0.isNumber }
        guard let number = Int(word) else { return nil }
        text.removeFirst(word.count)
        numbers.append(number)
        open[open.count - 1] += 1
      }
    } while !open.isEmpty
    let sizes = shape.keys.sorted().compactMap { shape[$0] }
    return sizes.reduce(1, *) == numbers.count ? .indices(numbers, shape: sizes) : nil
  }
}
