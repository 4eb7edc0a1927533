import GradBase
import GradCore
import GradFigure

extension Frames {
  /// The list of frames as comma-separated values, with the fields of ``json``; of a descent every step:
  /// ``GradCore/Descent/csv``.
  public var csv: String {
    if let descent { return descent.csv }
    let trace = drawing.figure.trace
    let rows = frames.map { frame in
      let edge = frame.step.edge.map { trace.edges[$0] }
      return [
        String(frame.number), frame.step.pass.rawValue,
        frame.step.node.map { trace.nodes[$0].id } ?? "",
        edge.map { trace.nodes[$0.source].id } ?? "", edge.map { trace.nodes[$0.target].id } ?? "",
        edge.map { String($0.operand) } ?? "", frame.step.sentence,
      ]
    }
    return CSVText.text(
      [["number", "pass", "node", "from", "to", "operand", "sentence"]] + rows)
  }
}
