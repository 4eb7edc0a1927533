public import GradCore

/// A matrix of derivatives as readers meet it: the names along its sides, its numbers as text, and what it
/// says in words.
///
/// One is made for each matrix, and handed to all that is made of it: tables, figures, descriptions.
public struct MatrixReading: Sendable {
  /// What the numbers are.
  public enum Kind: String, Sendable {
    /// The derivatives of outputs by inputs.
    case jacobian
    /// The derivatives of one output's gradient by its inputs.
    case hessian
  }

  /// What a row or a column belongs to.
  public struct Side: Sendable, Equatable {
    /// Its id: `x`, `W[0, 1]`, `J·v`.
    public var id: String
    /// The same, set as mathematics.
    package var name: MathText
    /// The node; `nil` for a product with a vector.
    public var node: Int?
    /// The entry of an array in row-major order; `nil` for a number.
    public var entry: Int?
    /// The name of the node.
    package var group: MathText
  }

  /// A matrix times a vector.
  public enum Product: Sendable {
    /// The matrix times a direction: how the rows move along it.
    case direction
    /// A seed times the matrix: the derivatives of a weighted sum of the rows.
    case seed
  }

  /// What the numbers are.
  public let kind: Kind
  /// The vector that the matrix is multiplied by; `nil` for the matrix itself.
  public let product: Product?
  /// What stands at the left.
  public let rows: [Side]
  /// What stands above.
  public let columns: [Side]
  /// The numbers, row by row.
  public let entries: [Double]
  /// The ids of the nodes at whose kinks second derivatives are taken as 0.
  public var kinks: [String] = []
  /// The outputs that are differentiated, nodes of the whole trace.
  public let outputs: [Int]
  /// The inputs, nodes of the whole trace.
  public let inputs: [Int]
  package let reading: Reading

  /// The computation with its numbers.
  public var trace: Trace { reading.full }
  /// How it is written.
  public var options: FigureOptions { reading.options }

  /// A matrix of a reading's computation.
  public init(_ reading: Reading, _ kind: Kind, _ matrix: DerivativeMatrix) {
    self.init(
      reading, kind, nil, matrix.rows.map { Side($0, reading) },
      matrix.columns.map { Side($0, reading) }, matrix.entries,
      (matrix.rows.map(\.node), matrix.columns.map(\.node)))
  }

  /// A matrix times a vector.
  ///
  /// - Parameters:
  ///   - reading: The computation.
  ///   - kind: What the matrix is.
  ///   - product: On which side the vector stands.
  ///   - entries: The product.
  ///   - rows: The numbers that are differentiated.
  ///   - columns: The numbers by which they are.
  public init(
    _ reading: Reading, _ kind: Kind, _ product: Product, _ entries: [Double],
    rows: [Trace.Place], columns: [Trace.Place]
  ) {
    var sign = MathText()
    sign.append(unicode: kind == .hessian ? "H·v" : product == .direction ? "J·v" : "uᵀ·J")
    let side = Side(id: sign.plain, name: sign, group: sign)
    let isDirection = product == .direction
    self.init(
      reading, kind, product, isDirection ? rows.map { Side($0, reading) } : [side],
      isDirection ? [side] : columns.map { Side($0, reading) }, entries,
      (rows.map(\.node), columns.map(\.node)))
  }

  private init(
    _ reading: Reading, _ kind: Kind, _ product: Product?, _ rows: [Side], _ columns: [Side],
    _ entries: [Double], _ nodes: (outputs: [Int], inputs: [Int])
  ) {
    self.reading = reading
    (self.kind, self.product) = (kind, product)
    (self.rows, self.columns) = (rows, columns)
    self.entries = entries.map { $0 + 0 }
    outputs = kind == .hessian ? [reading.full.output] : nodes.outputs.uniqued
    inputs = nodes.inputs.uniqued
  }

  // MARK: Names and numbers

  private var words: MatrixWords { options.language.matrix }

  /// How many names are listed at most.
  private static let mostNames = 6

  /// One line that says what the matrix is.
  package var title: Prose {
    let matrix =
      kind == .hessian
      ? words.hessian(names(outputs, words.outputs)[0])
      : words.jacobian(names(outputs, words.outputs), names(inputs, words.inputs))
    guard product != nil else { return matrix }
    return words.product((rows.count == 1 && product == .seed ? rows : columns)[0].name, matrix)
  }

  /// The same in words alone.
  public var heading: String { options.title ?? title.plain }

  private func names(_ nodes: [Int], _ many: (Int) -> MathText) -> [MathText] {
    nodes.count > Self.mostNames
      ? [many(nodes.count)] : nodes.map { reading.name(ofOrigin: $0) }
  }

  /// The value of the one output, with the inputs where they are few numbers: `f = 401 at x = 0, y = 2`.
  package var point: MathText? {
    let trace = reading.full
    guard outputs.count == 1, trace.nodes[outputs[0]].array == nil else { return nil }
    func equation(_ node: Int) -> MathText {
      "\(reading.name(ofOrigin: node)) = \(reading.number(trace.nodes[node].value))"
    }
    let isFew = inputs.count <= Self.mostNames && inputs.allSatisfy { trace.nodes[$0].array == nil }
    return words.point(equation(outputs[0]), isFew ? inputs.map(equation) : [])
  }

  /// The gradient beside a Hessian, an equation an input: `dx = −2`; empty where it is long.
  package var gradient: [MathText] {
    let trace = reading.full
    guard kind == .hessian, inputs.count <= Self.mostNames,
      inputs.allSatisfy({ trace.nodes[$0].array == nil })
    else { return [] }
    let output = reading.name(ofOrigin: trace.output)
    return inputs.map { input in
      let name = options.notation.derivative(output, reading.name(ofOrigin: input))
      return "\(name) = \(reading.number(trace.nodes[input].derivative + 0))"
    }
  }

  /// What is said of kinks, a line each.
  package var kinkLines: [MathText] {
    kinks.map { id in
      words.kink(trace.index(of: id).map { reading.name(ofOrigin: $0) } ?? MathText(id))
    }
  }

  /// The numbers as text, at their usual size, row by row.
  package var texts: [[MathText]] {
    rows.indices.map { row in
      columns.indices.map { column in
        let number = entries[row * columns.count + column]
        return slot(number, options.numbers(number))
      }
    }
  }

  func slot(_ number: Double, _ text: String) -> MathText {
    MathText(NumberSlot(value: number, role: .other, digits: .usual, form: .plain), text: text)
  }

  // MARK: In words

  /// Whether all numbers are told.
  var isWrittenOut: Bool {
    switch options.arrays {
    case .auto: entries.count <= options.entries
    case .entries: true
    case .heat, .shape: false
    }
  }

  /// The matrix in words: what it is, its columns, and row by row its numbers; of a large one its size, its
  /// ends and its largest numbers.
  public var summary: String {
    var sentences = [words.sentence(MathText(title.plain))]
    if let point { sentences.append(words.sentence(point)) }
    if !gradient.isEmpty { sentences.append(words.gradient(gradient)) }
    if isWrittenOut {
      if product != .direction { sentences.append(words.columns(columns.map(\.name))) }
      sentences += zip(rows, texts).map { words.row($0.name, $1) }
    } else {
      sentences += largeSentences
    }
    sentences += kinkLines.map(words.sentence)
    return sentences.map(\.plain).joined(separator: " ")
  }

  /// How many of the largest numbers are told of a matrix that is not written out.
  private static let mostLargest = 3

  private var largeSentences: [MathText] {
    let finite = entries.filter(\.isFinite)
    var sentences: [MathText] = []
    if let least = finite.min(), let most = finite.max() {
      sentences.append(
        words.size(rows.count, columns.count, reading.number(least), reading.number(most)))
    }
    let zeros = entries.count { $0 == 0 }
    if zeros > 0 { sentences.append(words.zeros(zeros, entries.count)) }
    let order = entries.indices.filter { place in
      // A symmetric pair is told once.
      kind == .jacobian || product != nil || place % columns.count >= place / columns.count
    }.sorted { (entries[$0].magnitude, -$0) > (entries[$1].magnitude, -$1) }
    for place in order.prefix(Self.mostLargest) where entries[place] != 0 {
      sentences.append(
        words.largest(
          reading.number(entries[place]), rows[place / columns.count].name,
          columns[place % columns.count].name))
    }
    return sentences
  }
}

extension MatrixReading.Side {
  fileprivate init(_ place: Trace.Place, _ reading: Reading) {
    let node = reading.full.nodes[place.node]
    let indices = reading.full.indices(of: place)
    group = reading.name(ofOrigin: place.node)
    name = group + indices
    id = node.id + indices
    (self.node, entry) = (place.node, place.entry)
  }
}

extension [Int] {
  /// Each number once, in the order of the first.
  fileprivate var uniqued: [Int] {
    var seen: Set<Int> = []
    return filter { seen.insert($0).inserted }
  }
}
