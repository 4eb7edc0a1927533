import GradCore
import GradFigure
import GradLanguage

@testable import GradDrawing

/// The figure of a program, with options that `change` sets.
func figure(_ text: String, _ change: (inout FigureOptions) -> Void = { _ in }) throws -> Figure {
  var options = FigureOptions()
  change(&options)
  return try Figure(Reading(Program(Source("test.grad", text: text)).trace().trace, options))
}

/// The drawing of a program, laid out in plain columns.
func drawing(
  _ text: String, theme: Theme = .light, hasBackground: Bool = true,
  _ change: (inout FigureOptions) -> Void = { _ in }
) throws -> Drawing {
  let figure = try figure(text, change)
  return Drawing(figure, columns(of: figure), theme: theme, hasBackground: hasBackground)
}

/// The frames of a program, laid out in plain columns.
func frames(
  _ text: String, theme: Theme = .light, _ choose: (inout Frames.Options) -> Void = { _ in },
  figure change: (inout FigureOptions) -> Void = { _ in }
) throws -> Frames {
  let trace = try Program(Source("test.grad", text: text)).trace().trace
  var options = FigureOptions()
  change(&options)
  var chosen = Frames.Options()
  choose(&chosen)
  return Frames(try drawing(text, theme: theme, change), Reading(trace, options).steps, chosen)
}

let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

/// A layout without an engine: every node in the column after its operands, ways straight.
func columns(of figure: Figure) -> Layout {
  var columns = [Int](repeating: 0, count: figure.nodes.count)
  // Gates of a record come after the nodes they lead to, so the columns settle in a few rounds.
  for _ in figure.nodes {
    for edge in figure.edges {
      columns[edge.target] = max(columns[edge.target], columns[edge.source] + 1)
    }
  }
  let isRight = figure.direction == .right
  var used = [Double](repeating: 0, count: figure.nodes.count)
  let centers = zip(figure.nodes, columns).map { node, column in
    let across = isRight ? node.size.height : node.size.width
    let middle = used[column] + across / 2
    used[column] += across + 40
    let distance = 100 + 260 * Double(column)
    return isRight ? Point(distance, middle) : Point(middle, distance)
  }
  let ways = figure.edges.map { edge in
    let (source, target) = (figure.nodes[edge.source], figure.nodes[edge.target])
    let (a, b) = (centers[edge.source], centers[edge.target])
    // Below the title, in the middle of value and derivative.
    func title(_ node: Figure.Node) -> Double {
      node.rows.count == 3 ? node.rows[0][0].size.height : 0
    }
    return isRight
      ? Curve(
        from: Point(a.x + source.size.width / 2, a.y + title(source) / 2),
        to: Point(b.x - target.size.width / 2, b.y + title(target) / 2))
      : Curve(
        from: Point(a.x, a.y + source.size.height / 2), to: Point(b.x, b.y - target.size.height / 2)
      )
  }
  let size = Size(width: 400 + 260 * Double(columns.max() ?? 0), height: 200 + (used.max() ?? 0))
  return Layout(
    size: isRight ? size : Size(width: size.height, height: size.width), centers: centers,
    ways: ways, labelRooms: figure.edges.map { _ in nil })
}

/// The trace of an input called `name` and its double.
func record(named name: String) -> Trace {
  let tape = Tape()
  let x = tape.input(2, name)
  return tape.trace(of: (2 * x).named("y"))
}
