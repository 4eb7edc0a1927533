import GradCore
import GradFigure

/// When each part of a figure appears, slide by slide: the graph with its inputs first, then one value
/// a step, then the derivatives over one edge a step.
struct TikZSteps {
  private let figure: Figure
  /// For each node the step in which its derivative is complete.
  private let derivatives: [Int]

  init(_ figure: Figure) {
    self.figure = figure
    // The output's derivative, and those that nothing comes back to, stand at the start of the way back.
    let first = (figure.nodes.map(\.step).max() ?? 0) + 1
    var last = [Int](repeating: first, count: figure.nodes.count)
    for edge in figure.edges { last[edge.source] = max(last[edge.source], edge.step) }
    for (index, node) in figure.nodes.enumerated() where node.traceNode == figure.trace.output {
      last[index] = first
    }
    derivatives = last
  }

  /// The number of slides.
  var count: Int {
    let values = figure.nodes.map(\.step).max() ?? 0
    if figure.show == .forward { return values + 1 }
    let hasDerivatives = figure.nodes.contains {
      $0.rows.joined().contains { $0.kind == .derivative }
    }
    return max(
      figure.edges.map(\.step).max() ?? 0, hasDerivatives ? derivatives.max() ?? 0 : 0, values) + 1
  }

  /// The step of a text of `kind` in node `index`.
  func step(of kind: String, inNode index: Int) -> Int {
    switch Figure.Cell.Kind(rawValue: kind) {
    case .value: figure.nodes[index].step
    case .derivative: derivatives[index]
    case .title, .gate, nil: 0
    }
  }

  /// The step in which an edge's value flows.
  func forward(edge index: Int) -> Int { figure.nodes[figure.edges[index].target].step }

  /// The step in which the value at an edge is there.
  func value(ofEdge index: Int) -> Int { figure.nodes[figure.edges[index].source].step }

  /// The step in which the derivative comes back over an edge.
  func backward(edge index: Int) -> Int { figure.edges[index].step }

  /// `source`, shown from `step` on.
  static func from(_ step: Int, _ source: String) -> String {
    step == 0 ? source : "\\only<\(step + 1)->{\(source)}"
  }
}

/// The colours that a picture uses, with the names it gives them.
struct TikZColors {
  private var used: Set<String> = []

  /// The name of `paint`; from now on it is defined.
  mutating func name(_ paint: Paint, _ tone: Tone = .full) -> String {
    let name = Self.name(paint, tone)
    used.insert(name)
    return name
  }

  private static func name(_ paint: Paint, _ tone: Tone) -> String {
    "grad\(paint.rawValue.lowercased())\(tone == .full ? "" : tone.rawValue)"
  }

  /// A line for each colour that is used.
  func definitions(in theme: Theme) -> [String] {
    Paint.allCases.flatMap { paint in
      Tone.allCases.compactMap { tone in
        let name = Self.name(paint, tone)
        if !used.contains(name) { return nil }
        let digits = theme.color(paint, tone).dropFirst().uppercased()
        return "\\definecolor{\(name)}{HTML}{\(digits)}"
      }
    }
  }
}
