extension Drawing {
  /// The same parts elsewhere.
  func parts(movedBy offset: Point) -> [Part] {
    offset == Point(0, 0) ? parts : parts.map { $0.moved(by: offset) }
  }
}

extension Drawing.Part {
  /// The same part elsewhere.
  func moved(by offset: Point) -> Drawing.Part {
    var part = self
    part.box = box?.moved(by: offset)
    part.way = way?.moved(by: offset)
    part.shapes = shapes.map { $0.moved(by: offset) }
    return part
  }
}

extension Drawing.Shape {
  fileprivate func moved(by offset: Point) -> Drawing.Shape {
    switch self {
    case .outline(let outline, let fill, let stroke):
      return .outline(outline.moved(by: offset), fill: fill, stroke: stroke)
    case .text(var line):
      line.anchor = line.anchor + offset
      return .text(line)
    case .shade(let path, let shade): return .shade(path.moved(by: offset), shade)
    case .array(var array):
      array.box = array.box.moved(by: offset)
      array.shapes = array.shapes.map { $0.moved(by: offset) }
      return .array(array)
    }
  }
}

extension Drawing.Outline {
  fileprivate func moved(by offset: Point) -> Drawing.Outline {
    switch self {
    case .box(let box, let radius): .box(box.moved(by: offset), radius: radius)
    case .circle(let center, let radius): .circle(center: center + offset, radius: radius)
    case .path(let path): .path(path.moved(by: offset))
    }
  }
}

extension Drawing.Path {
  fileprivate func moved(by offset: Point) -> Drawing.Path {
    Drawing.Path(
      steps: steps.map { step in
        switch step {
        case .move(let point): .move(point + offset)
        case .line(let point): .line(point + offset)
        case .curve(let a, let b, let c): .curve(a + offset, b + offset, c + offset)
        case .close: .close
        }
      })
  }
}
