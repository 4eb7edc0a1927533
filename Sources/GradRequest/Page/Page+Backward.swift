import GradBase
import GradCore
import GradFigure

/// What a page computes of the backward pass where that is a computation itself: drawn as a graph, or behind
/// derivatives above order 1 and steps of Newton's rule.
extension Page {
  func writeBackward(to json: inout JSONText) {
    guard let backward = computed.backward else { return }
    if reading.hasBackwardGraph { json.field("firstBack", template.firstBack) }
    if let note = reading.kinkNote { json.field("kinks", note.plain) }
    // By these the page finds that another backward pass than the one recorded would be due.
    json.field("firstDerivatives") { json in
      json.array { json in
        for (index, label) in backward.labels.sorted(by: { $0.key < $1.key }) where label.order == 1
        {
          for node in [label.node] + (backward.copies[index] ?? []) where node < backward.first {
            json.array { json in
              json.number(node)
              json.number(index)
            }
          }
        }
      }
    }
    if !reading.hasBackwardGraph, options.figure.order > 1 {
      json.field("higher") { json in
        json.array { json in
          for node in template.nodes {
            let place = backward.inputs.firstIndex(of: node.origin)
            json.array { json in
              for derivatives in backward.derivatives.dropFirst() {
                if let place { json.number(derivatives[place]) }
              }
            }
          }
        }
      }
    }
  }
}

extension Trace {
  /// The trace with the derivatives as nodes that a page computes anew; itself where there are none, or where
  /// they are nodes already.
  func computed(for options: FigureOptions, _ descent: PageDescent?) -> Trace {
    let solves = descent?.options.optimizer.solves ?? false
    guard backward == nil, options.order > 1 || solves,
      var made = try? differentiated(
        by: parameters.filter { !nodes[$0].isUnused }, order: options.order)
    else { return self }
    made.output = output
    return made
  }
}
