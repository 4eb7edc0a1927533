import GradFigure

/// Divides the parts of a drawing by when they come and go.
struct Timeline {
  /// The last step that each frame shows, in rising order.
  let steps: [Int]
  let options: Frames.Options

  /// The parts of `drawing`, each with the frames that show it.
  func parts(of drawing: Drawing) -> [Drawing.Part] {
    drawing.parts.flatMap { part in
      switch part.owner {
      // A derivative that is a node comes as a whole, with the lines that lead to it.
      case .node(let index) where drawing.figure.nodes[index].isBackward:
        appearing(part, at: drawing.figure.nodes[index].step)
      case .node(let index): node(index, part, drawing.figure.nodes[index])
      case .forward(let index) where drawing.figure.edges[index].flow != .value:
        appearing(part, at: part.step)
      case .forward(let index): forward(part, isWire: drawing.figure.edges[index].line == .wire)
      case .backward, .label: appearing(part, at: part.step)
      // A note sums up, so it comes last.
      case .note: appearing(part, at: drawing.figure.lastStep)
      case .caption, .legend, .sentence, .callBox, .table, .number, .outline, .curve: [part]
      }
    }
  }

  /// The way of a value: there from the start, faint until the value flows.
  private func forward(_ part: Drawing.Part, isWire: Bool) -> [Drawing.Part] {
    if isWire { return [part] }
    var before = part
    before.tone = options.showsGhosts ? .ghost : .faded
    before.explanation = []
    return shown(before, 0..<part.step) + arriving(part, at: part.step)
  }

  /// What is not there before a step, but for its ghost.
  private func appearing(_ part: Drawing.Part, at step: Int) -> [Drawing.Part] {
    var ghost = part
    ghost.tone = .ghost
    ghost.explanation = []
    ghost.data = []
    return (options.showsGhosts ? shown(ghost, 0..<step) : []) + arriving(part, at: step)
  }

  /// What comes at a step, bold in its frame if that is wanted.
  private func arriving(_ part: Drawing.Part, at step: Int) -> [Drawing.Part] {
    if step == 0 || !options.emphasizesCurrent { return shown(part, step..<Int.max) }
    return shown(part.bold, step..<step + 1) + shown(part, step + 1..<Int.max)
  }

  /// The outline and the title, which are there from the start, then the numbers.
  ///
  /// What a part says of numbers waits for them.
  private func node(
    _ index: Int, _ part: Drawing.Part, _ node: Figure.Node
  ) -> [Drawing.Part] {
    var base = part
    base.explanation = []
    base.data.removeAll { $0.key != .name }
    base.shapes = []
    var details: [Drawing.Part] = []
    for shape in part.shapes {
      guard let (kind, step) = shape.number, let key = kind.dataKey else {
        base.shapes.append(shape)
        continue
      }
      var detail = part
      detail.owner = .number(index, kind)
      detail.step = step
      detail.data.removeAll { $0.key != key }
      detail.shapes = [shape]
      if kind == .value { detail.explanation = Array(part.explanation.prefix(1)) }
      details += appearing(detail, at: step)
    }
    return [base] + outline(index, part, at: node.step) + details
  }

  /// The outline of a node alone, bold, in the frame that computes its value.
  private func outline(_ index: Int, _ part: Drawing.Part, at step: Int) -> [Drawing.Part] {
    if step == 0 || !options.emphasizesCurrent { return [] }
    var outline = part.bold
    outline.owner = .outline(index)
    outline.data = []
    outline.explanation = []
    outline.shapes = outline.shapes.compactMap { shape in
      guard case .outline(let outline, .some, let stroke?) = shape else { return nil }
      return .outline(outline, fill: nil, stroke: stroke)
    }
    return outline.shapes.isEmpty ? [] : shown(outline, step..<step + 1)
  }

  /// `part` in the frames that show one of `steps` last; nothing if there are none.
  private func shown(_ part: Drawing.Part, _ steps: Range<Int>) -> [Drawing.Part] {
    let first = self.steps.indices.partitioningIndex { self.steps[$0] >= steps.lowerBound }
    let end = self.steps.indices.partitioningIndex { self.steps[$0] >= steps.upperBound }
    if first == end { return [] }
    var part = part
    part.frames = first == 0 && end == self.steps.count ? nil : first..<end
    return [part]
  }
}

extension Drawing.Shape {
  /// Which number or array of a node it is, and the step in which it appears; `nil` for all else.
  var number: (kind: Figure.Cell.Kind, step: Int)? {
    switch self {
    case .text(let line): if case .cell(let kind) = line.kind { (kind, line.step) } else { nil }
    case .array(let array): (array.kind, array.step)
    case .outline, .shade: nil
    }
  }
}

extension Drawing.Part {
  /// The same part with bold lines and letters, as far as there is room for them.
  fileprivate var bold: Drawing.Part {
    var part = self
    part.shapes = shapes.map { shape in
      switch shape {
      case .shade: return shape
      case .array(var array):
        // Bold numbers would not keep to their columns; their brackets and the grid are bold.
        array.shapes = array.shapes.map { inner in
          guard case .outline(let outline, let fill, let stroke) = inner else { return inner }
          return .outline(outline, fill: fill, stroke: stroke?.bold)
        }
        return .array(array)
      case .outline(let outline, let fill, let stroke):
        return .outline(outline, fill: fill, stroke: stroke?.bold)
      case .text(var line):
        line.isBold = true
        let room = box.map { $0.size.width - 4 } ?? .infinity
        return line.width <= room ? .text(line) : shape
      }
    }
    return part
  }
}

extension Drawing.Stroke {
  fileprivate var bold: Drawing.Stroke {
    var stroke = self
    stroke.width *= 2
    return stroke
  }
}
