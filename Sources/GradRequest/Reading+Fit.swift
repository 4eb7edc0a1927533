import GradDrawing
import GradFigure
import GraphvizRenderer

extension Reading {
  /// The figure that `compose` makes, in its places: on the page that it is to fit, the one of several whose
  /// smallest text is largest there.
  ///
  /// They are placed one after the other, until one can be read from the last row; none but the best is drawn.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  func placed(
    _ compose: (Reading) -> Figure
  ) throws(GraphvizError) -> (reading: Reading, figure: Figure, layout: Layout) {
    let figure = compose(self)
    var best = (reading: self, figure: figure, layout: try Layout(figure))
    guard let page = options.fit else { return best }
    var height = best.layout.textHeight(in: best.figure, on: page)
    for (reading, limit) in others where height < limit {
      let figure = compose(reading)
      let layout = try Layout(figure)
      let other = layout.textHeight(in: figure, on: page)
      if other > height * Self.leastGain { (best, height) = ((reading, figure, layout), other) }
    }
    return best
  }

  /// The same in other ways, the most like it first, each with the height of text that makes it needless.
  ///
  /// Inputs are drawn again only where text is too small to be read without.
  private var others: [(reading: Reading, limit: Double)] {
    var others: [Reading] = []
    if options.inputs == .auto, options.style.hasTables { others.append(inTables) }
    if options.direction == nil {
      others += ([self] + others).map { reading in
        var down = reading
        down.direction = .down
        return down
      }
    }
    var all = others.map { (reading: $0, limit: Self.wellRead) }
    if !repeatsInputs {
      var repeated = self
      repeated.repeatsInputs = true
      all.append((repeated, PictureWarning.leastHeight))
    }
    return all
  }

  /// The same with all inputs of one node in tables.
  private var inTables: Reading {
    var reading = self
    reading.inputs = .table
    return reading
  }

  /// Text as high as this, in pixels of a page 1,600 wide, need not be larger.
  private static let wellRead = 16.0
  /// How much larger text must be for another way to be taken.
  private static let leastGain = 1.05
}

extension Layout {
  /// How high the smallest text of a figure is on a page, in pixels where that is 1,600 wide.
  fileprivate func textHeight(in figure: Figure, on page: PageShape) -> Double {
    figure.textHeight(in: size(of: figure), on: page)
  }
}

extension Figure {
  /// How high the smallest text is where a drawing of `size` fills a page, in pixels where that is 1,600 wide.
  func textHeight(in size: Size, on page: PageShape) -> Double {
    smallestText * min(1_600 / size.width, 1_600 * page.height / page.width / size.height)
  }
}
