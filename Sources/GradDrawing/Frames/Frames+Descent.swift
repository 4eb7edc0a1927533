package import GradCore
package import GradFigure

extension Frames {
  /// The frames of a descent: one layout, in which numbers change, with the curve of the loss beside it.
  ///
  /// O(parts × frames).
  ///
  /// - Parameters:
  ///   - descent: The descent.
  ///   - pictures: The figure in each step that is shown; those of one form have their boxes in one place.
  ///   - captions: What is said in each of them.
  ///   - axis: What stands below the axis of the curve.
  ///   - summary: What the descent is, in words.
  ///   - page: The page that the frames are to fill.
  ///   - options: Which frames, and whether sentences stand below them; they must leave one at least.
  package init(
    _ descent: Descent, _ pictures: [Drawing], _ captions: [DescentCaption], axis: MathText,
    summary: String, page: PageShape, _ options: Options = Options()
  ) {
    let all = captions.indices.map { position in
      Frame(
        number: options.first + position,
        step: pictures[position].figure.lastStep(saying: captions[position].sentence),
        descentStep: captions[position].step)
    }
    let chosen = all.indices.filter { index in
      options.numbers?.contains { $0.contains(all[index].number) } ?? true
    }
    precondition(!chosen.isEmpty, "there is a frame to show")
    let room = Size(
      width: pictures.map(\.size.width).max() ?? 0, height: pictures.map(\.size.height).max() ?? 0)
    let panel = DescentPanel(
      descent.steps.map(\.loss), captions, axis: axis, around: room, on: page)
    var own = chosen.map { index in
      var drawing = pictures[index]
      let (size, place) = (drawing.size, panel.figure)
      drawing.parts = drawing.parts(
        movedBy: Point(
          place.x + ((room.width - size.width) / 2).rounded(),
          place.y + ((room.height - size.height) / 2).rounded()))
      drawing.size = panel.size
      drawing.heading += " · \(captions[index].step)"
      drawing.summary = captions[index].description
      return drawing
    }
    var whole = own[0]
    whole.heading = pictures[0].heading
    whole.summary = summary
    whole.parts = DescentTimeline(own).parts + panel.parts
    for (position, index) in chosen.enumerated() {
      let parts = panel.parts(at: index)
      own[position].parts += panel.parts + parts
      whole.parts += parts.map { part in
        var part = part
        part.frames = chosen.count == 1 ? nil : position..<position + 1
        return part
      }
    }
    if options.hasSentences {
      let sentences = chosen.map { all[$0].step.sentence }
      SentenceLines(sentences, width: whole.size.width).add(to: &whole)
      for position in own.indices {
        own[position].size = whole.size
        own[position].parts += whole.parts.filter {
          $0.owner == .sentence && $0.frames?.contains(position) ?? true
        }
      }
    }
    self.init(
      whole, chosen.map { all[$0] }, total: all.count, hasSentences: options.hasSentences,
      own: own, descent: descent)
  }
}

/// Divides the parts of several drawings of one form into what stays and what changes.
private struct DescentTimeline {
  private let drawings: [Drawing]

  init(_ drawings: [Drawing]) { self.drawings = drawings }

  /// The parts of all drawings, each with the frames that show it.
  var parts: [Drawing.Part] {
    let pieces = drawings.enumerated().map { position, drawing in
      let isLikeFirst = drawing.figure.hasForm(of: drawings[0].figure)
      return drawing.parts.flatMap { part in
        // The owner of a part is a place in the first figure, or none.
        var part = part
        if !isLikeFirst { part.owner = .curve }
        return Self.pieces(of: part)
      }
    }
    var parts: [Drawing.Part] = []
    var begin = 0
    while begin < pieces.count {
      let end =
        pieces[begin...].firstIndex { other in
          other.map(\.owner) != pieces[begin].map(\.owner)
        } ?? pieces.count
      for place in pieces[begin].indices {
        parts += runs(pieces[begin..<end].map { $0[place] }, from: begin)
      }
      begin = end
    }
    return parts
  }

  /// What one part is in frames from `first` on: once for each run of frames in which it looks the same.
  private func runs(_ parts: [Drawing.Part], from first: Int) -> [Drawing.Part] {
    var runs: [Drawing.Part] = []
    var begin = 0
    while begin < parts.count {
      let end =
        parts[begin...].firstIndex { !$0.looks(like: parts[begin]) } ?? parts.count
      var part = parts[begin]
      for other in parts[begin..<end] {
        if other.explanation != part.explanation { part.explanation = [] }
        if !zip(other.data, part.data).allSatisfy({ $0 == $1 }) { part.data = [] }
      }
      let isAlways = end - begin == drawings.count
      part.frames = isAlways ? nil : first + begin..<first + end
      runs.append(part)
      begin = end
    }
    return runs
  }

  /// A node without its numbers, then each number by itself; other parts as they are.
  private static func pieces(of part: Drawing.Part) -> [Drawing.Part] {
    guard case .node(let index) = part.owner else { return [part] }
    var base = part
    base.data.removeAll { $0.key != .name }
    base.explanation = []
    base.shapes = []
    var numbers: [Drawing.Part] = []
    for shape in part.shapes {
      guard let kind = shape.number?.kind, let key = kind.dataKey else {
        base.shapes.append(shape)
        continue
      }
      var number = part
      number.owner = .number(index, kind)
      number.data.removeAll { $0.key != key }
      number.shapes = [shape]
      numbers.append(number)
    }
    return [base] + numbers
  }
}

extension Drawing.Part {
  /// Whether another part is drawn in the same way.
  fileprivate func looks(like other: Drawing.Part) -> Bool {
    tone == other.tone && shapes == other.shapes
  }
}
