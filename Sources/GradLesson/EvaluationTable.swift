public import GradCore
public import GradFigure

/// The evaluation trace of a computation as a table: a row a node, with the value, the tangent by one
/// of the nodes, and the adjoint, each written out.
///
/// As tables 2 and 3 of A. G. Baydin et al., "Automatic Differentiation in Machine Learning: a Survey",
/// JMLR 18, 2018. Tangents are read downwards, adjoints upwards.
public struct EvaluationTable: Sendable {
  /// A node.
  public struct Row: Sendable {
    /// Its id in the trace.
    public var id: String
    /// The right-hand side as a program writes it.
    public var expression: String
    /// Its value.
    public var value: Double
    /// Its derivative by the seed; `nil` without one.
    public var tangent: Double?
    /// The derivative of the output by it; `nil` if that is not asked for, and for data.
    public var adjoint: Double?
    /// The derivative of an array by the seed; `nil` for a number, and without a seed.
    public var arrayTangent: NumberArray?
    /// The value of an array; `nil` for a number.
    public var arrayValue: NumberArray?
    /// The derivative of the output by an array; `nil` for a number, and where there is none.
    public var arrayAdjoint: NumberArray?
    /// Its derivatives by the seed of order 2 and 3, as far as they are asked for.
    public var higherTangents: [Double]
    /// The derivatives of the output by it of order 2 and 3, as far as they are asked for; empty for what is no
    /// input.
    public var higherAdjoints: [NumberArray]
    /// The cells as formulas that are equal: value, tangents, adjoints.
    var cells: [[MathText]]
  }

  /// The nodes in program order.
  public let rows: [Row]
  /// The name of the node by which tangents are taken, or of the entry of an array.
  public let seed: String?
  /// The highest order of derivatives.
  public let order: Int
  /// Whether there are adjoints.
  let hasAdjoints: Bool
  private let language: Language
  /// What is said of derivatives at kinks; `nil` for nothing.
  private let kinks: MathText?
  let title: Prose
  let heads: [Prose]

  /// The table of a trace.
  ///
  /// - Parameters:
  ///   - trace: The computation, a node an operation.
  ///   - options: Which nodes there are, how derivatives and numbers are written, and up to which order
  ///     there are derivatives.
  ///   - seed: The number by which tangents are taken, a place in the trace; `nil` for no tangents.
  ///   - hasAdjoints: Whether there are adjoints.
  /// - Throws: What keeps derivatives of an order above 1 from being computed.
  public init(
    _ trace: Trace, _ options: FigureOptions = FigureOptions(), wrt seed: Trace.Place? = nil,
    hasAdjoints: Bool = true
  ) throws(DifferentiationFault) {
    var options = options
    options.nudge = nil
    options.backward = .edges
    options.mode = .reverse
    let order = options.order
    // The seed has a row, even if it has no name, and is no reason for the others to be data.
    let name = seed.map { trace.nodes[$0.node].id + trace.indices(of: $0) }
    options.focus = seed.map { trace.nodes[$0.node].id } ?? options.focus
    if seed != nil { options.wrt = [] }
    let reverse = Reading(trace, options)
    var forward: Reading?
    if let name {
      options.mode = .forward
      options.order = 1
      options.wrt = [name]
      forward = Reading(trace, options)
    }
    language = options.language
    let words = language.sheet
    let orders = order > 1 ? Array(2...order) : []
    var tangents: HigherTangents?
    if let forward, order > 1 { tangents = try HigherTangents(forward, order) }
    var adjoints: HigherAdjoints?
    if hasAdjoints, order > 1 { adjoints = try HigherAdjoints(reverse, order) }
    self.order = order
    self.hasAdjoints = hasAdjoints
    self.seed = name
    kinks = tangents?.kinks ?? adjoints?.kinks
    title = words.tableTitle(reverse.name(of: reverse.trace.output))
    heads =
      [words.primal] + (forward == nil ? [] : [words.tangent] + orders.map(words.higherTangent))
      + (hasAdjoints ? [words.adjoint] + orders.map(words.higherAdjoint) : [])
    rows = reverse.trace.nodes.indices.map { index in
      let node = reverse.trace.nodes[index]
      var cells = [reverse.valueChain(of: index)]
      if let forward {
        cells.append(forward.chain(of: index, [.formulas, .numbers, .terms]))
        cells += tangents?.cells(of: index) ?? []
      }
      let isAdjoint = hasAdjoints && reverse.hasDerivative(index)
      if hasAdjoints {
        cells.append(
          isAdjoint ? reverse.chain(of: index, [.formulas, .numbers, .terms]) : [])
        cells += adjoints?.cells(of: index) ?? []
      }
      return Row(
        id: node.id, expression: node.expression, value: node.value,
        tangent: forward?.derivative(of: index),
        adjoint: isAdjoint ? node.derivative : nil,
        arrayTangent: forward?.trace.nodes[index].arrayDerivative, arrayValue: node.array,
        arrayAdjoint: isAdjoint ? node.arrayDerivative : nil,
        higherTangents: tangents?.values(of: index) ?? [],
        higherAdjoints: adjoints?.values(of: index) ?? [], cells: cells)
    }
  }

  /// The table on a sheet.
  var sheet: Sheet {
    var sheet = Sheet(title, language: language.tag)
    sheet.blocks = [
      .table(
        head: heads,
        rows: rows.map { row in row.cells.map { Prose(Self.equation($0)) } },
        isNumber: heads.map { _ in false })
    ]
    if let kinks { sheet.blocks.append(.paragraph(Prose(kinks))) }
    return sheet
  }

  private static func equation(_ chain: [MathText]) -> MathText {
    chain.dropFirst().reduce(chain.first ?? MathText()) { $0 + " = " + $1 }
  }
}

/// A way to write an evaluation trace down.
///
/// To add one, add a file to `EvaluationTableFormats/` and name it in ``all``.
public struct EvaluationTableFormat: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// Writes a table.
  public let write: @Sendable (EvaluationTable) -> String

  /// Every format, in the order `--help` lists them.
  public static let all: [EvaluationTableFormat] = [text, markdown, latex, csv]
}
