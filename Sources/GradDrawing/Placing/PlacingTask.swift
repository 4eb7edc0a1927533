package import GradFigure

/// What is to be placed: boxes, the links between them, and what stands at the links.
///
/// It says nothing of what boxes and links stand for. Lengths are in points; links form no circle.
package struct PlacingTask: Sendable {
  /// The boxes, in the order in which they stand one below the other where nothing speaks against it.
  package var boxes: [Box]
  /// The links, each with its lines.
  package var links: [Link]
  /// Groups of boxes that are drawn inside a frame, outer ones before the ones inside them.
  package var clusters: [Cluster]
  /// Whether links lead down instead of to the right.
  package var isDown: Bool
  /// Into how many rows, or columns where links lead down, the flow may be broken.
  package var rows = RowChoice.one
  /// How much room things have.
  package var spacing = Spacing()

  /// A task from its parts.
  package init(boxes: [Box], links: [Link], clusters: [Cluster] = [], isDown: Bool = false) {
    self.boxes = boxes
    self.links = links
    self.clusters = clusters
    self.isDown = isDown
  }

  /// Something with an outline that links leave and reach.
  package struct Box: Sendable {
    /// The least width and height.
    package var size: Size
    /// The outline, at which lines end.
    package var outline = Outline.box
    /// How much of the upper side belongs to a title, which links keep away from where they can, of
    /// boxes whose links lead to the right; of a divided box in either direction.
    package var head = 0.0
    /// Where the two lines of a lone link end, measured across the links from the upper or left side.
    package var rows: Rows
    /// How much room each row has across the links, from the upper or left side on, behind the head;
    /// empty for a box that is not divided.
    ///
    /// Each link leaves a divided box from its ``Link/row``, which grows for it.
    package var divisions: [Double] = []
    /// Whether it stands for another one, beside what it leads to.
    package var isCopy = false
    /// Whether it has no part in what the others lead to, so that it may stand below them.
    package var isAside = false
    /// Boxes with the same number are a series, such as x₁, x₂ and x₃.
    package var series: Int?

    /// A box from its size and the rows of a lone link.
    package init(size: Size, rows: Rows) {
      self.size = size
      self.rows = rows
    }
  }

  /// Where the two lines of a lone link end.
  package struct Rows: Sendable {
    package var forward: Double
    package var backward: Double

    package init(forward: Double, backward: Double) {
      self.forward = forward
      self.backward = backward
    }
  }

  /// How a box ends.
  package enum Outline: Sendable, Equatable {
    /// At its four sides; it grows where it has many links.
    case box
    /// At a circle in the middle of the box.
    case circle(diameter: Double)
    /// A box around the middle, so long along the flow and so broad across it.
    case oblong(length: Double, breadth: Double)
    /// At the text in it, without a line around.
    case bare

    /// How far a gate reaches along the flow from its middle, so far beside that.
    func reach(beside distance: Double) -> Double {
      switch self {
      case .circle(let diameter):
        let rise = min(distance, diameter / 2)
        return (diameter * diameter / 4 - rise * rise).squareRoot()
      case .oblong(let length, _): return length / 2
      case .box, .bare: return 0
      }
    }
  }

  /// A pair of lines between two boxes, or one line.
  package struct Link: Sendable {
    package var source: Int
    package var target: Int
    /// Whether a second line leads back beside the first.
    package var isPair: Bool
    /// The row of its source that it leaves from, where that is divided.
    package var row = 0
    /// What stands at it.
    package var labels: [Label] = []

    /// A link between two boxes, by their positions.
    package init(source: Int, target: Int, isPair: Bool) {
      self.source = source
      self.target = target
      self.isPair = isPair
    }
  }

  /// A text at a link.
  package struct Label: Sendable {
    package var size: Size
    package var place: Place

    package init(size: Size, place: Place) {
      self.size = size
      self.place = place
    }

    /// Where a text at a link stands.
    package enum Place: Sendable {
      /// On the line that leads back, or on the only one.
      case onLine
      /// Beside the line, above it or to its left.
      case before
      /// Beside the line, below it or to its right.
      case after
      /// On the line that leads forward, where there happens to be room.
      case onForward

      /// Whether the text is on a line rather than beside it.
      var isOnLine: Bool { self == .onLine || self == .onForward }
    }
  }

  /// Boxes inside a frame.
  package struct Cluster: Sendable {
    /// The boxes inside, those of inner clusters too.
    package var members: [Int]
    /// The cluster that it is inside of, by its position.
    package var parent: Int?
    /// The room of what is written on the frame.
    package var title: Size

    package init(members: [Int], parent: Int?, title: Size) {
      self.members = members
      self.parent = parent
      self.title = title
    }
  }

  /// Into how many rows a flow is broken.
  package enum RowChoice: Sendable {
    /// Into none.
    case one
    /// Into as many as this, if it has as many ranks.
    case number(Int)
    /// Into as many as make it largest on a page; `ifLong` only where it would be far too long for one row.
    case fitting(Room, ifLong: Bool)
  }

  /// The room of a page: its shape, and what of it is not for boxes and links.
  package struct Room: Sendable {
    /// The width and height, in any measure.
    package var page: Size
    /// What stands around boxes and links, in points.
    package var surroundings: Size

    package init(page: Size, surroundings: Size) {
      (self.page, self.surroundings) = (page, surroundings)
    }
  }

  /// How much room things have, in points.
  package struct Spacing: Sendable {
    /// Between two boxes of a rank.
    package var boxes = 14.0
    /// Between two ranks at least.
    package var gap = 46.0
    /// Between two ranks, as a part of how far the steepest line has to climb.
    package var steepness = 0.38
    /// Between two ranks at most, for the sake of steep lines.
    package var widestGap = 150.0
    /// Between the two lines of a pair among other pairs.
    package var pair = 10.0

    package init() {}
  }
}
