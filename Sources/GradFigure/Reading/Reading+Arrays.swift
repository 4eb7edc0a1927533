package import GradCore

extension Trace.Node {
  /// Whether there is no derivative to be shown: the node is data, or an array by which nothing was
  /// differentiated.
  var lacksDerivative: Bool { isData || array != nil && arrayDerivative == nil }

  /// Whether every number of the value is finite, as far as the numbers are known.
  var isFinite: Bool { array.map { $0.entries.allSatisfy(\.isFinite) } ?? value.isFinite }
}

extension Trace {
  /// Whether nothing is known to come back over an edge: its target is an array without a derivative, as a
  /// comparison of another tool is, and nobody says what the edge adds.
  func isStopped(_ edge: Edge) -> Bool {
    nodes[edge.target].array != nil && nodes[edge.target].arrayDerivative == nil
      && nodes[edge.source].array != nil && edge.arrayContribution == nil
  }
}

extension Reading {
  /// Whether node `index` is an array.
  func isArray(_ index: Int) -> Bool { trace.nodes[index].array != nil }

  /// The shape of node `index`: `2×3`, with the type of its numbers where that has few digits; `nil` for a
  /// number, and where it is not known.
  func shapeText(of index: Int) -> MathText? {
    guard let array = trace.nodes[index].array, array.isWhole || !array.shape.isEmpty else {
      return nil
    }
    let type = array.type.flatMap { $0.contains("float32") || $0.contains("64") ? nil : " \($0)" }
    return MathText(array.shapeText + (type ?? ""))
  }

  /// An array in words: in full up to as many entries as a figure writes out, else by its shape, its range
  /// and its norm.
  package func text(of array: NumberArray, _ role: NumberSlot.Whole = .other) -> MathText {
    if isWrittenOut(array) {
      return nested(array, ArrayText(plain: array, options.numbers).entries, role)
    }
    return isShape(array) ? MathText(array.shapeText) : brief(array)
  }

  /// Whether an array is told by its shape alone.
  func isShape(_ array: NumberArray) -> Bool {
    options.arrays == .shape || options.entryRoom != nil && array.count > options.entries
  }

  /// `2×3`, or `3 entries`, as a number alone would be taken for an entry.
  private func shapeInWords(of array: NumberArray) -> MathText {
    array.shape.count == 1
      ? words.arrays.entries("\(array.shape[0])") : MathText(array.shapeText)
  }

  /// An array by its shape, its range and its norm.
  func brief(_ array: NumberArray) -> MathText {
    if array.summary?.isUnknown ?? false {
      return array.shape.isEmpty ? "?" : shapeInWords(of: array)
    }
    let range =
      array.range.map { range -> MathText in
        "\(number(range.lowerBound)) … \(number(range.upperBound))"
      } ?? number(.nan)
    return words.arrays.summary(shapeInWords(of: array), range, number(array.norm))
  }

  /// `[[1, 2], [3, 4]]`.
  func nested(
    _ array: NumberArray, _ texts: [String], _ role: NumberSlot.Whole
  ) -> MathText {
    var text = MathText()
    for (place, entry) in texts.enumerated() {
      let opening = array.shape.opening(at: place)
      if place > 0 { text.append(", ") }
      text.append(String(repeating: "[", count: opening))
      text.append(slot(array.entries[place], entry, .entry(role, place)))
      text.append(String(repeating: "]", count: array.shape.opening(at: place + 1)))
    }
    return text
  }

  private func slot(
    _ number: Double, _ text: String, _ role: NumberSlot.Role
  ) -> MathText {
    MathText(NumberSlot(value: number, role: role, digits: .usual, form: .plain), text: text)
  }

  // MARK: In cells

  /// What stands in the cell of the value of node `index`, behind `lead`.
  func valueContent(of index: Int, lead: MathText = MathText()) -> Figure.Content {
    guard let array = trace.nodes[index].array else { return .line(lead + value(of: index)) }
    return content(array, .value(index), lead: lead, moved: movedEntries(of: index))
  }

  /// What stands in the cell of the derivative of an array, behind `lead`.
  func derivativeContent(of index: Int, lead: MathText) -> Figure.Content? {
    derivativeArray(of: index).map { content($0, .derivative(index), lead: lead) }
  }

  /// The derivative of an array, in the type that the array has.
  func derivativeArray(of index: Int) -> NumberArray? {
    var derivative = trace.nodes[index].arrayDerivative
    derivative?.type = trace.nodes[index].array?.type
    return derivative
  }

  /// What stands in the cell of a derivative of an order above 1, behind `lead`.
  func higherContent(
    _ value: NumberArray, lead: MathText, _ role: NumberSlot.Whole
  ) -> Figure.Content {
    if value.shape.isEmpty { return .line(lead + number(value.entries[0], role.number)) }
    if isShape(value) { return .line(lead + value.shapeText) }
    return .line(lead + text(of: value, role))
  }

  private func content(
    _ array: NumberArray, _ role: NumberSlot.Whole, lead: MathText, moved: MovedEntries? = nil,
    blanks: Set<Int> = []
  ) -> Figure.Content {
    if isShape(array) {
      return .line(lead + array.shapeText + (moved.map { "; \(movedSummary($0))" } ?? MathText()))
    }
    let isShort = array.isWhole && array.count <= options.entries
    if !array.isWhole, array.summary?.means.isEmpty ?? true { return .line(lead + brief(array)) }
    let piece: ArrayPiece
    switch options.arrays {
    case .entries where array.isWhole && array.count <= 1_000:
      piece = matrices(array, role, moved, blanks)
    case _ where isShort && options.arrays != .heat || isShort && options.entryRoom != nil:
      piece = matrices(array, role, moved, blanks)
    default:
      piece =
        array.summary.map { heatMap(of: array, $0) }
        ?? heatMaps(array, note: moved.map(movedSummary))
    }
    var pieces = [piece]
    if !lead.isEmpty {
      // The space at its end is the gap.
      let end = lead.plain.hasSuffix(" ") ? 2.0 : 0
      var text = ArrayPiece(lead, size: Figure.ArrayBlock.entrySize)
      text.size.width -= end
      pieces.insert(text, at: 0)
    }
    let whole = ArrayPiece(beside: pieces, gap: 4)
    let line = lead + (moved.map(movedText) ?? text(of: array, role, without: blanks))
    var block = Figure.ArrayBlock(array: array, lead: lead, line: line)
    (block.items, block.size) = (whole.items, whole.size)
    for case .text(_, _, _, let size, _) in whole.items {
      block.smallestText = min(block.smallestText, size)
    }
    return .array(block)
  }

  /// A block without entries that are left out; all where `blanks` is empty.
  func blanked(_ block: Figure.ArrayBlock, _ blanks: Set<Int>) -> Figure.Content {
    let array = block.array
    let isMatrix = block.items.contains { if case .bracket = $0 { true } else { false } }
    // A heat map would tell, but for an entry among very many.
    if !isMatrix { return blanks.isEmpty ? .blank(lead: block.lead) : .array(block) }
    let places = blanks.isEmpty ? Set(array.entries.indices) : blanks
    return content(array, .other, lead: block.lead, blanks: places)
  }

  /// An array in words, with boxes in the place of entries that are left out.
  private func text(
    of array: NumberArray, _ role: NumberSlot.Whole, without blanks: Set<Int>
  ) -> MathText {
    if blanks.isEmpty { return text(of: array, role) }
    var texts = ArrayText(plain: array, options.numbers).entries
    for place in blanks { texts[place] = "□" }
    return nested(array, texts, role)
  }

  /// The most slices of an array that are drawn, and the most beside each other.
  private static let mostSlices = (all: 8, inRow: 4)
  static let captionSize = 10.5

  private func matrices(
    _ array: NumberArray, _ role: NumberSlot.Whole, _ moved: MovedEntries?, _ blanks: Set<Int>
  ) -> ArrayPiece {
    // Before and after stand at their usual size.
    let text =
      moved == nil && options.entryRoom == nil
      ? ArrayText(array, options.numbers) : ArrayText(plain: array, options.numbers)
    let entries =
      moved.map(pairTexts)
      ?? text.entries.enumerated().map { slot(array.entries[$0], $1, .entry(role, $0)) }
    let slices = slices(of: array) { range in
      let width = array.shape.last ?? 1
      let rows = stride(from: range.lowerBound, to: range.upperBound, by: width).map {
        $0..<$0 + width
      }
      return ArrayPiece(
        matrix: rows.map { Array(entries[$0]) }, blanks: rows.map { $0.map(blanks.contains) },
        room: options.entryRoom)
    }
    if text.exponent == 0 { return slices }
    return ArrayPiece(
      beside: [slices, ArrayPiece(text.factor, size: Figure.ArrayBlock.entrySize)], gap: 3)
  }

  private func heatMaps(_ array: NumberArray, note: MathText?) -> ArrayPiece {
    let isSliced = array.shape.count > 2
    let width = array.shape.last ?? 1
    // One scale for all slices, of those cells that are drawn.
    var cells: [Int: HeatMap.Cells] = [:]
    let size = array.shape.suffix(2).reduce(1, *)
    for first in stride(from: 0, to: array.count, by: size).prefix(Self.mostSlices.all) {
      cells[first] = HeatMap.Cells(array.entries[first..<first + size], width: width)
    }
    let means = cells.values.lazy.flatMap(\.means).filter(\.isFinite)
    let largest = means.reduce(0) { max($0, $1.magnitude) }
    let slices = slices(of: array) { range in
      guard let slice = cells[range.lowerBound] else { return ArrayPiece() }
      return ArrayPiece(heat: HeatMap(slice, largest: largest), isSlice: isSliced)
    }
    var lines = [array.range.map { range($0.lowerBound, $0.upperBound) } ?? number(.nan)]
    if let block = cells[0]?.block, block != (1, 1) {
      let size = array.shape.count == 1 ? "\(block.columns)" : "\(block.rows)×\(block.columns)"
      lines.append(
        words.arrays.means(
          MathText(size), range(means.reduce(.infinity, min), means.reduce(-.infinity, max))))
    }
    if let note { lines.append(note) }
    return ArrayPiece(
      above: [slices] + lines.map { ArrayPiece($0, size: Self.captionSize) }, gap: 3)
  }

  /// The slices along the last two axes beside each other, each below its index.
  private func slices(of array: NumberArray, _ piece: (Range<Int>) -> ArrayPiece) -> ArrayPiece {
    let outer = array.shape.dropLast(2)
    let size = array.shape.suffix(2).reduce(1, *)
    if outer.isEmpty { return piece(0..<array.count) }
    let count = array.count / size
    var pieces = (0..<min(count, Self.mostSlices.all)).map { slice in
      ArrayPiece(
        above: [
          ArrayPiece(index(slice, Array(outer)), size: Self.captionSize, .muted),
          piece(slice * size..<(slice + 1) * size),
        ], gap: 1)
    }
    if count > pieces.count {
      let more = words.arrays.more("\(count - pieces.count)")
      pieces.append(ArrayPiece(more, size: Self.captionSize, .muted))
    }
    let rows = stride(from: 0, to: pieces.count, by: Self.mostSlices.inRow).map { first in
      ArrayPiece(
        beside: Array(pieces[first..<min(pieces.count, first + Self.mostSlices.inRow)]), gap: 12)
    }
    return ArrayPiece(above: rows, gap: 6)
  }

  /// `[1, 0]`.
  private func index(_ slice: Int, _ shape: [Int]) -> MathText {
    var (rest, indices) = (slice, [Int]())
    for count in shape.reversed() {
      indices.append(rest % count)
      rest /= count
    }
    return MathText("[" + indices.reversed().map(String.init).joined(separator: ", ") + "]")
  }
}

extension [Int] {
  /// How many axes of a shape begin with entry `place`; one after the last they all do.
  fileprivate func opening(at place: Int) -> Int {
    var (size, axes) = (1, 0)
    for length in reversed() {
      size *= length
      if place % size != 0 { break }
      axes += 1
    }
    return axes
  }
}

// MARK: In the places of styles

extension Reading {
  /// `db = 5` or `dZ = [1 2]`; `nil` where no derivative is shown.
  func derivativeRowContent(of index: Int) -> Figure.Content? {
    guard hasDerivative(index) else { return nil }
    let name = derivativeName(of: index)
    let isShape = trace.nodes[index].array.map(isShape) ?? false
    return derivativeContent(of: index, lead: isShape ? "\(name): " : "\(name) = ")
      ?? .line(derivativeRow(of: index))
  }

  /// A value at a wire: an array by its shape, unless it is a short row.
  func wireText(ofValue index: Int) -> MathText {
    movedEntries(of: index).map(largestChange)
      ?? trace.nodes[index].array.map { wireText(of: $0, .value(index)) } ?? value(of: index)
  }

  /// A short row of numbers, or the shape of an array: in brackets, as `3×2` alone would be taken for a product.
  func wireText(of array: NumberArray, _ role: NumberSlot.Whole) -> MathText {
    let isRow = array.isWhole && array.count == array.shape.last
    if isRow && array.count <= 3 && options.arrays == .auto {
      return text(of: NumberArray(array.entries), role)
    }
    let shape = shapeInWords(of: array)
    return array.shape.count > 1 ? "[\(shape)]" : shape
  }
}

extension Figure.Content {
  /// The height of an array with the room around it; `least` for a line.
  func height(least: Double) -> Double {
    if case .array(let block) = self { return max(least, (block.size.height + 12).rounded(.up)) }
    return least
  }
}

extension Figure.Cell {
  /// Puts a text to the right of the title.
  mutating func setAside(_ text: MathText) {
    aside = text
    let title = content.width(size: fontSize, bold: isBold)
    let width = title + text.width(size: Self.asideSize) + 2 * Self.asidePadding + 16
    size.width = max(size.width, width.rounded(.up))
  }
}

extension [Figure.Cell] {
  /// The height of a row: that of its highest cell.
  package var height: Double { reduce(0) { Swift.max($0, $1.size.height) } }

  /// The cells as high as the highest of them.
  var ofOneHeight: [Figure.Cell] {
    let height = height
    return map { cell in
      var cell = cell
      cell.size.height = height
      return cell
    }
  }
}
