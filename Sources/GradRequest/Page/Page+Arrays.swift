import GradBase
import GradCore
import GradDrawing
import GradFigure

extension Page {
  /// The room of an entry of an array: that of a number such as −0.8889.
  static let entryRoom = 46.0

  /// The most numbers that a page computes with.
  private static let mostEntries = 1_000_000

  /// The first operation on arrays that the page cannot compute anew, by its name and node; `nil` for none.
  var unknownOperation: (name: String, node: String)? {
    if options.figure.order > 1, computed.backward == nil {
      return ("--order \(options.figure.order)", trace.nodes[trace.output].id)
    }
    guard trace.hasArrays else { return nil }
    let index = computed.nodes.indices.first { !computed.isRecomputable($0) }
    if let index { return (computed.nodes[index].operation, computed.nodes[index].id) }
    var sum = 0
    let last = computed.nodes.first { node in
      sum += node.array?.count ?? 1
      return sum > Self.mostEntries
    }
    return last.map { ($0.operation, $0.id) }
  }

  /// The inputs whose numbers decided what was recorded: through a mask, an index by numbers that were
  /// computed, or a condition that scripts do not know.
  var readInputs: Set<Int> {
    var isRead = [Bool](repeating: false, count: trace.nodes.count)
    for node in trace.reads { isRead[node] = true }
    for decision in trace.decisions where script(of: decision) == nil {
      for node in decision.operands.values { isRead[node] = true }
    }
    for edge in trace.edges.reversed() where isRead[edge.target] { isRead[edge.source] = true }
    return Set(trace.nodes.indices.filter { isRead[$0] && trace.nodes[$0].kind == .input })
  }

  /// The names of the inputs of the program that the page does not let its reader edit: large ones, and those
  /// that decided what was recorded.
  var fixedInputs: (large: [String], read: [String]) {
    let read = trace.hasArrays ? readInputs : []
    let inputs = trace.nodes.indices.filter {
      trace.nodes[$0].kind == .input && trace.nodes[$0].call == nil
    }
    let large = inputs.filter { index in
      !read.contains(index) && !(trace.nodes[index].array.map(reading.isWrittenOut) ?? true)
    }
    func names(_ indices: [Int]) -> [String] { indices.map { trace.nodes[$0].id } }
    return (names(large), names(inputs.filter(read.contains)))
  }

  /// A number, or an array as its shape and its entries.
  func write(_ node: Trace.Node, to json: inout JSONText) {
    guard let array = node.array else { return json.number(node.value) }
    json.object { json in
      json.field("shape") { json in
        json.array { json in for count in array.shape { json.number(count) } }
      }
      json.field("data") { json in
        json.array { json in for number in array.entries { json.number(number) } }
      }
    }
  }

  /// The page of a figure with an operation that is not known: the figure and its steps, as they are.
  func fixedText(_ operation: (name: String, node: String)) -> String {
    let steps = reading.steps.map { "<li>\(XML.text($0.sentence))</li>" }.joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="\(options.figure.language.tag)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(XML.text(drawing.heading))</title>
      <style>
      \(colors)
      body { margin: 16px; background: var(--paper); color: var(--ink);
        font: 15px/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; }
      figure { margin: 0; overflow-x: auto; }
      figure svg { max-width: 100%; height: auto; }
      li { overflow-wrap: anywhere; }
      .note { color: var(--muted); }
      </style>
      </head>
      <body>
      <main>
      <h1>\(XML.text(drawing.heading))</h1>
      <figure>
      \(drawing.svg(idPrefix: "\(prefix)_svg"))</figure>
      <p class="note">\(XML.text(words.cannotCompute(operation.name, operation.node)))</p>
      <h2>\(XML.text(words.steps))</h2>
      <ol start="0">
      \(steps)
      </ol>
      </main>
      </body>
      </html>

      """
  }
}
