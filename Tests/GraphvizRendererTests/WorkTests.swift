import GradCore
import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

/// Figures in which many lines meet: their labels have places, or are left out.
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
    "fan": fan(30), "network": network([5, 5, 5]), "braid": braid(60),
  ]

  @Test(arguments: programs.keys.sorted()) func labelsHavePlacesOrAreLeftOut(_ name: String) throws
  {
    let drawing = try drawing(try #require(Self.programs[name]))
    let labels = drawing.figure.edges.reduce(0) { $0 + $1.labels.count }
    let drawn = drawing.parts.count { if case .label = $0.owner { true } else { false } }
    #expect(drawn + drawing.missingLabels == labels)
    #expect(drawing.missingLabels == 0)
    #expect(PlacementReport(drawing).conflicts == [])
  }

  /// Boxes do not grow for ever: where a hundred lines meet at both ends, labels are left out.
  @Test func labelsOfADenseFigureAreLeftOut() throws {
    let dense = try figure(Self.network([41, 41]))
    let layout = try Layout(dense)
    #expect(Drawing(dense, layout, theme: .light).missingLabels > 0)
    var forward = dense
    forward.show = .forward
    #expect(Drawing(forward, layout, theme: .light).missingLabels == 0)
    #expect(try drawing(Self.network([41, 41])) { $0.edgeLabels = .none }.missingLabels == 0)
  }
}
