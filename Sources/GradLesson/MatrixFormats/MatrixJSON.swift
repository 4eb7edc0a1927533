import GradBase
import GradCore
import GradFigure

extension MatrixFormat {
  /// The schemas `graphviz-grad/jacobian/1` and `graphviz-grad/hessian/1`, for other tools; numbers in full.
  public static let json = MatrixFormat(name: "json", fileExtension: "json", separator: "") {
    matrix in
    let trace = matrix.trace
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/\(matrix.kind.rawValue)/1")
      if matrix.kind == .hessian {
        json.field("output", trace.nodes[trace.output].id)
        json.field("value", trace.nodes[trace.output].anyValue.entries[0])
      }
      if let product = matrix.product {
        json.field("product", product == .direction ? "direction" : "seed")
      }
      names(matrix.rows, "rows", &json)
      names(matrix.columns, "columns", &json)
      if matrix.kind == .hessian, matrix.product == nil {
        json.field("gradient") { json in
          json.array { json in
            for side in matrix.columns {
              guard let node = side.node.map({ trace.nodes[$0] }) else { continue }
              json.number(
                (node.arrayDerivative?.entries[side.entry ?? 0] ?? node.derivative) + 0)
            }
          }
        }
      }
      json.field("entries") { json in
        json.array(.lines) { json in
          for row in matrix.rows.indices {
            json.array { json in
              for column in matrix.columns.indices {
                json.number(matrix.entries[row * matrix.columns.count + column])
              }
            }
          }
        }
      }
      if !matrix.kinks.isEmpty {
        json.field("kinks") { json in
          json.array { json in for id in matrix.kinks { json.string(id) } }
        }
      }
    }
    return json.text + "\n"
  }

  private static func names(
    _ sides: [MatrixReading.Side], _ key: String, _ json: inout JSONText
  ) {
    json.field(key) { json in json.array { json in for side in sides { json.string(side.id) } } }
  }
}
