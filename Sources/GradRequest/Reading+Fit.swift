import GradDrawing
import GradFigure
import GraphvizRenderer

extension Reading {
  /// The figure that `compose` makes, in its places: on the page that it is to fit, the one of several whose
  /// smallest text is largest there, less what lines take from it that return from row to row.
  ///
  /// They are placed one after the other, until one can be read from the last row; none but the best is drawn.
  /// In rows, fitted or asked for, inputs are then drawn again where a later row uses them; and where text is
  /// still small on the page, things move together.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where Graphviz is asked and cannot answer.
  func placed(
    _ compose: (Reading) -> Figure
  ) throws(GraphvizError) -> (reading: Reading, figure: Figure, layout: Layout) {
    let figure = compose(self)
    var best = (reading: self, figure: figure, layout: try Layout(figure))
    guard options.fit != nil || options.rows != .ifLong else { return best }
    let page = options.fit ?? .slide
    var worth = best.layout.worth(in: best.figure, on: page)
    func consider(_ reading: Reading, gain: Double, returns: Int = .max) throws(GraphvizError) {
      let figure = compose(reading)
      let layout = try Layout(figure)
      if layout.mostReturns > returns { return }
      let other = layout.worth(in: figure, on: page)
      if other > worth * gain { (best, worth) = ((reading, figure, layout), other) }
    }
    func considerLaterUses() throws(GraphvizError) {
      if best.layout.laterUses.isEmpty { return }
      var repeated = best.reading
      // What led to one row before may lead to two now.
      let rows = (repeated.laterUses.values.max() ?? -1) + 1
      repeated.laterUses.merge(best.layout.laterUses.mapValues { rows + $0 }) { $1 }
      try consider(repeated, gain: 1)
    }
    for (reading, limit) in options.fit == nil ? [] : others where worth < limit {
      try consider(reading, gain: Self.leastGain)
    }
    try considerLaterUses()
    if options.fit != nil, worth < Self.small, best.figure.nodes.count <= Self.mostInRows {
      for var reading in inRows {
        reading.laterUses = try Layout(compose(reading)).laterUses
        // Without them these rows are among those that were weighed before.
        if reading.laterUses.isEmpty { continue }
        let returns = worth < Self.hardToRead ? .max : Self.fewReturns
        try consider(reading, gain: Self.leastGain, returns: returns)
      }
      // With inputs drawn again, rows may end elsewhere.
      try considerLaterUses()
    }
    if options.fit != nil, worth < Self.small {
      var tight = best.reading
      tight.isTight = true
      try consider(tight, gain: Self.leastGain)
    }
    return best
  }

  /// The same in other ways, the most like it first, each with the height of text that makes it needless.
  ///
  /// Inputs are drawn again only where text is small without.
  private var others: [(reading: Reading, limit: Double)] {
    var ways = [self]
    if options.inputs == .auto, options.style.hasTables { ways.append(inTables) }
    let upright = ways
    if options.direction == nil {
      ways += upright.map { reading in
        var down = reading
        down.direction = .down
        return down
      }
    }
    var all = ways.dropFirst().map { (reading: $0, limit: Self.wellRead) }
    if !repeatsInputs {
      all += upright.map { reading in
        var repeated = reading
        repeated.repeatsInputs = true
        return (repeated, Self.small)
      }
    }
    return all
  }

  /// The same in a few rows, whose number alone is given: what inputs that are drawn again leave free, and how
  /// boxes move closer without the others, is known only when they are placed.
  private var inRows: [Reading] {
    if case .number = options.rows { return [] }
    let hasTables = options.inputs == .auto && options.style.hasTables
    return (2...4).flatMap { number in
      (hasTables ? [self, inTables] : [self]).map { reading in
        var rows = reading
        rows.options.rows = .number(number)
        return rows
      }
    }
  }

  /// The same with all inputs of one node in tables.
  private var inTables: Reading {
    var reading = self
    reading.inputs = .table
    return reading
  }

  /// Text as high as this, in pixels of a page 1,600 wide, need not be larger; and text that is small there.
  private static let (wellRead, small) = (20.0, 12.0)
  /// How many lines may return from a row that is tried by its number, unless text is hard to read without.
  private static let (fewReturns, hardToRead) = (3, 9.0)
  /// Of how many boxes rows are tried by their number.
  private static let mostInRows = 90
  /// How much larger text must be for another way to be taken.
  private static let leastGain = 1.05
}

extension Layout {
  /// How high the smallest text of a figure is on a page, in pixels where that is 1,600 wide, less what
  /// returning lines cost.
  fileprivate func worth(in figure: Figure, on page: PageShape) -> Double {
    figure.textHeight(in: size(of: figure), on: page) * easeOfReading
  }
}

extension Figure {
  /// How high the smallest text is where a drawing of `size` fills a page, in pixels where that is 1,600 wide.
  func textHeight(in size: Size, on page: PageShape) -> Double {
    smallestText * min(1_600 / size.width, 1_600 * page.height / page.width / size.height)
  }
}
