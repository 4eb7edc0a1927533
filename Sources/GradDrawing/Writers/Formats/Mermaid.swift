public import GradFigure

extension Figure {
  /// A flow chart of Mermaid, which GitHub and many documentation tools draw in their own way.
  ///
  /// Nodes hold names, values and derivatives; derivatives go back over dotted edges. Nothing has a place.
  /// <https://mermaid.js.org/syntax/flowchart.html>
  ///
  /// - Parameter theme: The colours.
  /// - Returns: The chart.
  public func mermaid(_ theme: Theme) -> String { MermaidWriter(figure: self, theme: theme).text() }
}

/// Text as Mermaid wants it, whatever characters it has.
enum Mermaid {
  /// A label, with its quotes.
  ///
  /// Whatever has a meaning somewhere in Mermaid, in its Markdown, in HTML or in TeX, becomes a number.
  static func quoted(_ lines: [String]) -> String {
    "\"\(lines.map(escaped).joined(separator: "<br/>"))\""
  }

  /// A line without characters that mean something.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", ",", ".", "(", ")", "+", "=", "/", "'": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result += " "
      case "!"..."/", ":"..."@", "["..."`", "{"..."~": result += "#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A title as a string of YAML, which Mermaid shows with escapes of HTML as they are: signs that would
  /// need some are wide ones.
  static func title(_ text: String) -> String {
    let safe = text.map { letter -> String in
      switch letter {
      case "\\", "\"": "\\\(letter)"
      case "&": "＆"
      case "<": "＜"
      case ">": "＞"
      default: letter.isNewline ? " " : String(letter)
      }
    }
    return "\"\(safe.joined())\""
  }

  /// A line of words that readers hear; it has no escapes.
  static func words(_ text: String) -> String {
    String(
      text.map { letter -> Character in
        switch letter {
        case "#": "♯"
        case ";": ","
        case "{", "[": "("
        case "}", "]": ")"
        case "%": "％"
        case "&": "＆"
        case "<": "＜"
        case ">": "＞"
        default: letter.isNewline ? " " : letter
        }
      })
  }
}

/// Writes one figure as a flow chart.
private struct MermaidWriter {
  let figure: Figure
  let theme: Theme

  /// How an edge looks, in the words of `linkStyle`.
  private typealias Look = String

  func text() -> String {
    var lines: [String] = []
    lines += ["---"]
    if let title = figure.title { lines.append("title: \(Mermaid.title(title.plain))") }
    lines += [
      "config:", "  themeVariables:", "    edgeLabelBackground: \"\(theme[.paper])\"", "---",
      "flowchart \(figure.direction == .right ? "LR" : "TD")",
      "  accTitle: \(Mermaid.words(figure.heading))",
    ]
    if !figure.summary.isEmpty { lines.append("  accDescr: \(Mermaid.words(figure.summary))") }
    lines += nodes()
    var looks: [(look: Look, edges: [Int])] = []
    var count = 0
    for edge in figure.edges {
      for (line, look) in links(edge) {
        lines.append("  \(line)")
        if let place = looks.firstIndex(where: { $0.look == look }) {
          looks[place].edges.append(count)
        } else if !look.isEmpty {
          looks.append((look, [count]))
        }
        count += 1
      }
    }
    for (look, edges) in looks {
      lines.append("  linkStyle \(edges.map(String.init).joined(separator: ",")) \(look)")
    }
    for index in figure.callBoxes.indices {
      lines.append(
        "  style c\(index + 1) fill:\(theme[.paper]),stroke:\(theme[.muted]),color:\(theme[.ink])")
    }
    return (lines + classes()).joined(separator: "\n") + "\n"
  }

  // MARK: Nodes

  /// The nodes, those of an open call in a frame of their own.
  private func nodes() -> [String] {
    let calls = figure.callBoxes
    /// The innermost call around each node.
    var home: [Int: Int] = [:]
    for (index, call) in calls.enumerated() { for node in call.nodes { home[node] = index } }
    /// The calls inside of each, and those that are in none.
    var inside: [[Int]] = calls.map { _ in [] }
    var outermost: [Int] = []
    for (index, call) in calls.enumerated() {
      let parent = calls[..<index].lastIndex { outer in
        call.nodes.first.map(outer.nodes.contains) ?? false
      }
      if let parent { inside[parent].append(index) } else { outermost.append(index) }
    }
    var lines = figure.nodes.indices.filter { home[$0] == nil }.map { "  \(node($0))" }
    // No call is entered by a call of ours: they may be as deep as they like.
    var waiting: [(call: Int, depth: Int, isEnd: Bool)] = outermost.reversed().map {
      ($0, 1, false)
    }
    while let (call, depth, isEnd) = waiting.popLast() {
      let indent = String(repeating: "  ", count: depth)
      if isEnd {
        lines.append("\(indent)end")
        continue
      }
      lines.append(
        "\(indent)subgraph c\(call + 1)[\(Mermaid.quoted([calls[call].title.plain]))]")
      lines += calls[call].nodes.filter { home[$0] == call }.map { "\(indent)  \(node($0))" }
      waiting.append((call, depth, true))
      waiting += inside[call].reversed().map { ($0, depth + 1, false) }
    }
    return lines
  }

  private func node(_ index: Int) -> String {
    let node = figure.nodes[index]
    // A line each: beside each other they would read as one formula.
    let lines = node.rows.joined().flatMap { cell in
      [cell.content.line.plain] + (cell.aside.map { ["(\($0.plain))"] } ?? [])
    }.filter { !$0.isEmpty }
    let text = Mermaid.quoted(lines)
    let (open, close) =
      switch node.shape {
      case .circle: ("((", "))")
      case .box, .record, .row: ("(", ")")
      case .plain: ("[", "]")
      }
    return "n\(index + 1)\(open)\(text)\(close):::\(style(of: node))"
  }

  private func style(of node: Figure.Node) -> String {
    node.isFaded
      ? "faded" : node.isMarked ? "alert" : node.shape == .plain ? "plain" : node.role.rawValue
  }

  /// The looks of the nodes that there are.
  private func classes() -> [String] {
    let used = Set(figure.nodes.map(style))
    let line = ",stroke:\(theme[.line])"
    let (ink, alert) = (",color:\(theme[.ink])", ",stroke:\(theme[.alert]),stroke-width:3px")
    let faded = Tone.faded
    let all = [
      ("input", "fill:\(theme[.inputBox])\(line)\(ink)"),
      ("operation", "fill:\(theme[.box])\(line)\(ink)"),
      ("output", "fill:\(theme[.outputBox])\(line)\(ink)"),
      ("alert", "fill:\(theme[.box])\(alert)\(ink)"),
      ("plain", "fill:none,stroke:none\(ink)"),
      (
        "faded",
        "fill:\(theme.color(.box, faded)),stroke:\(theme.color(.line, faded))"
          + ",color:\(theme.color(.ink, faded))"
      ),
    ]
    return all.filter { used.contains($0.0) }.map { "  classDef \($0.0) \($0.1)" }
  }

  // MARK: Edges

  /// The lines of an edge, each with how it looks.
  private func links(_ edge: Figure.Edge) -> [(String, Look)] {
    let (source, target) = ("n\(edge.source + 1)", "n\(edge.target + 1)")
    func label(_ kinds: [Figure.Label.Kind]) -> String {
      let texts = edge.labels.filter { kinds.contains($0.kind) }.map(\.content.line.plain)
        .filter { !$0.isEmpty }
      return texts.isEmpty ? "" : "|\(Mermaid.quoted(texts))|"
    }
    var lines: [(String, Look)] = []
    let tone = edge.isFaded ? Tone.faded : .full
    let isPair = edge.isPair && figure.show != .forward
    let hasForward = figure.show != .backward || edge.line == .wire
    if edge.flow == .order {
      // It is not seen, but says which node stands first.
      lines.append(("\(source) ~~~ \(target)", ""))
    } else if hasForward {
      let paint: Paint =
        switch edge.flow {
        case .derivative: .backward
        case .saved: .muted
        case .value, .order: edge.line == .wire ? .line : .forward
        }
      let color = theme.color(paint, tone)
      // One line for both flows has the texts of both.
      let own = label(isPair ? [.value, .shape] : [.value, .shape, .partial, .derivative])
      let arrow = edge.flow == .saved ? "-.->" : "-->"
      lines.append(("\(source) \(arrow)\(own) \(target)", "stroke:\(color),color:\(color)"))
    }
    if isPair {
      let color = theme.color(.backward, edge.isBackwardFaded ? .faded : tone)
      // Written forward all the same, and without the head at that end: what went back would make
      // circles, and then Mermaid puts inputs anywhere.
      let isBack = figure.mode != .forward
      let arrow = "\(isBack ? "<" : "")-.->\(label([.partial, .derivative]))"
      lines.append(
        (
          "\(source) \(arrow) \(target)",
          "stroke:\(color),color:\(color)\(isBack ? ",marker-end:none" : "")"
        ))
    }
    return lines
  }
}
