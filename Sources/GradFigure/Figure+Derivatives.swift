import GradCore

extension Figure {
  /// The figure of a matrix of derivatives: one node without an outline, in which the numbers stand between
  /// the names of its sides, written out or as a heat map.
  public init(_ matrix: MatrixReading) {
    let reading = matrix.reading
    let options = reading.options
    let piece = matrix.piece
    var block = ArrayBlock(
      array: NumberArray([matrix.rows.count, matrix.columns.count], matrix.entries),
      lead: MathText(), line: MathText(matrix.summary))
    (block.items, block.size) = (piece.items, piece.size)
    for case .text(_, _, _, let size, _) in piece.items {
      block.smallestText = min(block.smallestText, size)
    }
    let cell = Cell(
      kind: .derivative, content: .array(block),
      size: Size(
        width: (block.size.width + 12).rounded(.up), height: (block.size.height + 12).rounded(.up)),
      fontSize: ArrayBlock.entrySize, isBold: false)
    let node = Node(
      traceNode: reading.full.output, role: .output, shape: .plain, rows: [[cell]],
      explanation: [], step: 0, derivativeStep: 0, data: [])
    let title = options.title.map { MathText($0) } ?? MathText(matrix.title)
    self.init(
      trace: reading.full, nodes: [node], edges: [], direction: .right, page: options.fit,
      mode: .reverse, show: .both, title: title.isEmpty ? nil : title,
      heading: matrix.heading, summary: matrix.summary, language: options.language.tag,
      lastStep: 0, callBoxes: [])
    notes = [matrix.point].compactMap(\.self)
    if !matrix.gradient.isEmpty { notes.append(matrix.gradient.joined(separator: ",  ")) }
    notes += matrix.kinkLines
  }
}

extension MatrixReading {
  /// What stands where in the figure of the matrix.
  fileprivate var piece: ArrayPiece {
    if isWrittenOut { return matrixPiece }
    let cells = HeatMap.Cells(entries[...], width: columns.count)
    let largest = cells.means.filter(\.isFinite).reduce(0) { max($0, $1.magnitude) }
    let map = ArrayPiece(
      heat: HeatMap(cells, largest: largest), beside: Self.spans(rows), under: Self.spans(columns))
    if largest == 0 { return map }
    return ArrayPiece(
      above: [map, ArrayPiece(scaleTo: largest) { reading.number($0) }], gap: 8)
  }

  private var matrixPiece: ArrayPiece {
    // Numbers that are equal but for rounding, as symmetric programs have them, look equal.
    let text = ArrayText(entries, options.numbers, tellsApart: false)
    let numbers = rows.indices.map { row in
      columns.indices.map { column in
        let place = row * columns.count + column
        return slot(entries[place], text.entries[place])
      }
    }
    return ArrayPiece(
      matrix: numbers, beside: rows.map(\.name), under: columns.map(\.name), times: text.factor)
  }

  /// Neighbours of one node together.
  private static func spans(_ sides: [Side]) -> [ArrayPiece.Span] {
    var spans: [ArrayPiece.Span] = []
    var last: Int??
    for (position, side) in sides.enumerated() {
      if let last, last == side.node, side.node != nil {
        spans[spans.count - 1].range = spans[spans.count - 1].range.lowerBound..<position + 1
      } else {
        spans.append(ArrayPiece.Span(name: side.group, range: position..<position + 1))
      }
      last = .some(side.node)
    }
    // A single entry of an array is called by its place.
    for (index, span) in spans.enumerated() where span.range.count == 1 {
      spans[index].name = sides[span.range.lowerBound].name
    }
    return spans
  }
}

extension MathText {
  /// Words and mathematics in one line.
  fileprivate init(_ prose: Prose) {
    self.init()
    for piece in prose.pieces {
      switch piece {
      case .words(let words): append(words)
      case .math(let math): append(math)
      }
    }
  }
}
