import GradFigure

/// What is written on the outline of an open call: above its upper edge, below its lower one, or inside at
/// one of the two, where no line runs.
struct CallTitle: Sendable, Equatable {
  static let size = 12.0
  /// What is written.
  let text: MathText
  /// Where the middle of the text stands on the baseline.
  private(set) var anchor: Point
  /// The room that it takes.
  private(set) var box: Rect

  private init(_ text: MathText, left: Double, baseline: Double) {
    self.text = text
    let width = text.width(size: Self.size)
    let (rise, drop) = (Self.size * FontMetrics.capitalHeight, Self.size * FontMetrics.descent)
    anchor = Point(left + width / 2, baseline)
    box = Rect(
      origin: Point(left, baseline - rise), size: Size(width: width, height: rise + drop))
  }

  /// The same text elsewhere.
  func moved(by offset: Point) -> CallTitle {
    var title = self
    title.anchor = anchor + offset
    title.box = box.moved(by: offset)
    return title
  }

  /// The titles of `calls`, one for each of a call's outlines, in the first of its places where nothing
  /// is in the way, from the upper left corner on.
  ///
  /// O(calls · lines).
  static func all(
    _ calls: [Figure.CallBox], in outlines: [[Rect]], boxes: [Rect], lines: [[Point]]
  ) -> [[CallTitle]] {
    var titles: [[CallTitle]] = outlines.map { _ in [] }
    for (index, call) in calls.enumerated() {
      let others = outlines.enumerated().filter { $0.offset != index }.flatMap(\.element)
      let lines = lines + others.map(\.sides)
      for (row, outline) in outlines[index].enumerated() {
        // Where a call goes on and there is no room to say so, its name is enough.
        let texts = row == 0 ? [call.title] : [call.continuedTitle, call.title]
        let places = texts.flatMap { Self.places(of: $0, at: outline) }
        var best = (conflicts: Int.max, title: places[0])
        for title in places where best.conflicts > 0 {
          let near = title.box.inset(by: -2)
          var conflicts = (boxes + titles.joined().map(\.box)).count { near.overlaps($0) }
          for line in lines
          where zip(line, line.dropFirst()).contains(where: near.meets) {
            conflicts += 1
          }
          if conflicts < best.conflicts { best = (conflicts, title) }
        }
        titles[index].append(best.title)
      }
    }
    return titles
  }

  private static func places(of text: MathText, at outline: Rect) -> [CallTitle] {
    let room = max(0, outline.size.width - text.width(size: size) - 16)
    let height = size * FontMetrics.capitalHeight
    let baselines = [
      outline.origin.y - 4, outline.maxY + 4 + height, outline.origin.y + 5 + height,
      outline.maxY - 5,
    ]
    return baselines.flatMap { baseline in
      (0...8).map { step in
        CallTitle(
          text, left: outline.origin.x + 8 + room * Double(step) / 8, baseline: baseline)
      }
    }
  }
}

extension Rect {
  /// Its four sides as one line.
  fileprivate var sides: [Point] {
    [
      origin, Point(maxX, origin.y), Point(maxX, maxY), Point(origin.x, maxY), origin,
    ]
  }
}
