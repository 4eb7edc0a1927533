import GradCore
import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

/// Figures that once took the square or the cube of the time of others: what is tested for them is
/// counted, and bounded.
@Suite struct WorkTests {
  /// A regression: every prediction shares two parameters.
  private static func fan(_ count: Int) -> String {
    let predictions = (0..<count).map { "p\($0) = w*\(Double($0) / 10) + b" }
    let errors = (0..<count).map { "(p\($0) - \($0 % 7))**2" }
    return (["w = 0.5", "b = 0.1"] + predictions + ["L = " + errors.joined(separator: " + ")])
      .joined(separator: "\n")
  }

  /// Layers, each neuron of which takes all of the one before.
  private static func network(_ layers: [Int]) -> String {
    var lines = (0..<layers[0]).map { "n0_\($0) = 0.\($0 + 1)" }
    for (layer, width) in layers.enumerated().dropFirst() {
      for neuron in 0..<width {
        let terms = (0..<layers[layer - 1]).map { "0.\($0 + neuron + 1)*n\(layer - 1)_\($0)" }
        lines.append("n\(layer)_\(neuron) = tanh(\(terms.joined(separator: " + ")))")
      }
    }
    let last = layers.count - 1
    let sum = (0..<layers[last]).map { "n\(last)_\($0)" }.joined(separator: " + ")
    return (lines + ["L = \(sum)"]).joined(separator: "\n")
  }

  /// Every statement uses one before it and one far before it.
  private static func braid(_ count: Int) -> String {
    var lines = (0..<3).map { "x\($0) = 0.\($0 + 1)" }
    for index in 3..<count {
      lines.append("x\(index) = tanh(x\(index - 1) + x\(index * 7 % (index - 1)))")
    }
    return lines.joined(separator: "\n")
  }

  private static let programs: [String: String] = [
    "fan": fan(40), "network": network([6, 6, 6]), "braid": braid(100),
  ]

  /// All searches of one try together, and those of the others; see `Layout.best(_:)`.
  private static let most = 30_000_000

  @Test(arguments: programs.keys.sorted()) func theSearchEnds(_ name: String) throws {
    let figure = try figure(try #require(Self.programs[name]))
    let arrangement = try Layout.best(figure).arrangement
    #expect(arrangement.work < Self.most)
    let drawing = Drawing(figure, arrangement, theme: .light)
    let labels = figure.edges.reduce(0) { $0 + $1.labels.count }
    let drawn = drawing.parts.count { if case .label = $0.owner { true } else { false } }
    #expect(drawn + drawing.missingLabels == labels)
    // Where labels are left out, those that are left hardly cover anything.
    guard drawing.missingLabels > 0 else { return }
    let report = PlacementReport(drawing)
    let covering = (report.textsOnTexts + report.textsOnLines + report.textsOnNodes).filter {
      $0.contains("of label(")
    }
    #expect(covering.count <= drawn / 20)
  }

  @Test func labelsOfADenseFigureAreLeftOut() throws {
    let dense = try figure(Self.fan(40))
    let arrangement = try Layout.best(dense).arrangement
    #expect(Drawing(dense, arrangement, theme: .light).missingLabels > 0)
    var forward = dense
    forward.show = .forward
    #expect(Drawing(forward, arrangement, theme: .light).missingLabels == 0)
    #expect(try drawing(Self.fan(40)) { $0.edgeLabels = .none }.missingLabels == 0)
    #expect(try drawing(neuron).missingLabels == 0)
  }
}
