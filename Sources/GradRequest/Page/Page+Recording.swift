import GradBase
import GradCore
import GradDrawing
import GradFigure
import GradLanguage

extension Page {
  /// Everything that the page computes and writes with, as JSON that may stand in a script element.
  func recording() -> String {
    var json = JSONText()
    json.object(.lines) { json in
      json.field("output", trace.output)
      json.field("chosen") { json in
        if let chosen { json.number(chosen) } else { json.null() }
      }
      if isGiven { json.field("isGiven", true) }
      if trace.hasArrays {
        json.field("hasArrays", true)
        json.field("entryRoom", Self.entryRoom)
        json.field("entries", max(1, options.figure.entries))
      }
      if computed.backward != nil { writeBackward(to: &json) }
      if let descent { json.field("descent") { json in descent.write(computed, to: &json) } }
      json.field("isDown", drawing.figure.direction == .down)
      json.field("numbers") { json in json.object { json in writeNumbers(to: &json) } }
      json.field("words") { json in
        json.object(.lines) { json in
          json.field("position", words.position("{step}", "{last}"))
          json.field("valueOf", words.valueOf("{name}"))
          json.field("sliderOf", words.sliderOf("{name}"))
          json.field("nudge", words.nudge("{name}"))
          json.field("beside", words.beside("{quotient}", "{derivative}"))
          json.field("flipped", words.flipped("{condition}"))
          json.field("play", words.play)
          json.field("pause", words.pause)
          json.field("numbersLater", words.numbersLater("{step}"))
          json.field("matches", words.matches("{count}"))
          json.field("match", words.match("{number}", "{count}", "{name}"))
          json.field("nothingNamed", words.nothingNamed("{text}"))
          json.field("noNumber", words.noNumber("{name}", "{value}"))
          json.field("notANumber", words.notANumber("{text}", "{name}", "{value}"))
          json.field("tooLarge", words.tooLarge("{text}", "{name}", "{value}"))
          json.field("noNudge", words.noNudge)
          json.field("openBox", words.openBox("{box}"))
          json.field("closeBox", words.closeBox("{box}"))
          let figure = options.figure.language.figure
          json.field("boxValues", figure.foldValues("{box}", "{range}").plain)
          json.field("boxDerivatives", figure.foldDerivatives("{box}", "{range}").plain)
          json.field("unused", options.figure.language.figure.unused.plain)
          if computed.backward != nil { json.field("kinkCrossed", words.kinkCrossed) }
          if descent != nil { writeDescentWords(to: &json) }
        }
      }
      json.field("operations") { json in
        json.array(.lines) { json in
          for index in computed.nodes.indices { writeOperation(index, to: &json) }
        }
      }
      json.field("decisions") { json in
        json.array(.lines) { json in
          for decision in trace.decisions { json.object { json in write(decision, to: &json) } }
        }
      }
      json.field("inputs") { json in
        json.array(.lines) { json in
          for index in inputs { json.object { json in writeInput(index, to: &json) } }
        }
      }
      json.field("shown") { json in
        let innermost = folds.innermost
        json.array(.lines) { json in
          for index in template.nodes.indices {
            json.object { json in writeNode(index, innermost[index], to: &json) }
          }
        }
      }
      json.field("edges") { json in
        json.array(.lines) { json in
          for index in template.operands.indices {
            json.object { json in writeEdge(index, to: &json) }
          }
        }
      }
      json.field("parts") { json in write(drawing, inside: nil, to: &json) }
      json.field("folds") { json in
        json.array(.lines) { json in
          for index in folds.boxes.indices { json.object { json in writeFold(index, to: &json) } }
        }
      }
      json.field("steps") { json in
        json.array(.lines) { json in for sentence in template.sentences { json.text(sentence) } }
      }
    }
    // A `<` of a program could end the element.
    return json.text.split(separator: "<", omittingEmptySubsequences: false)
      .joined(separator: "\\u003c")
  }

  /// The node that is chosen at first, among those shown: the one in focus.
  private var chosen: Int? {
    let focus = options.figure.focus.flatMap { trace.index(of: $0) }
    return focus.flatMap { focus in template.nodes.firstIndex { $0.origin == focus } }
  }

  /// The inputs of the program itself; none where an operation has its numbers from elsewhere, and
  /// cannot be computed with others.
  private var inputs: [Int] {
    if isGiven { return [] }
    let areRead = trace.hasArrays ? readInputs : []
    return trace.nodes.indices.filter { index in
      let node = trace.nodes[index]
      return node.kind == .input && node.call == nil && !areRead.contains(index)
        && (node.array.map(reading.isWrittenOut) ?? true)
    }
  }

  /// Whether some operator is not in the table, so that the page can compute nothing anew.
  private var isGiven: Bool { trace.nodes.contains { $0.opcode == .foreign } }

  private func writeNumbers(to json: inout JSONText) {
    json.field("precision", options.figure.numbers.precision)
    json.field("decimals") { json in
      if let decimals = options.figure.numbers.decimals {
        json.number(decimals)
      } else {
        json.null()
      }
    }
  }

  /// An operation as `[opcode, [operands], value, [partials]]`, with the numbers that cannot be computed.
  private func writeOperation(_ index: Int, to json: inout JSONText) {
    let node = computed.nodes[index]
    json.array { json in
      json.number(Int(node.opcode.rawValue))
      json.array { json in for operand in computed.operands(of: index) { json.number(operand) } }
      if node.kind != .operation || node.opcode == .foreign { write(node, to: &json) }
      if node.arrayOperation != nil { computed.writeRecomputation(of: index, to: &json) }
      if node.opcode == .foreign {
        json.array { json in
          for edge in computed.edges(into: index) { json.number(edge.partial) }
        }
      }
    }
  }

  private func write(_ decision: Decision, to json: inout JSONText) {
    json.field("condition", decision.condition)
    json.field("isHeld", decision.holds)
    json.field("node") { json in
      if let node = decision.node { json.number(node) } else { json.null() }
    }
  }

  private func writeInput(_ index: Int, to json: inout JSONText) {
    let shown = template.nodes.firstIndex { $0.origin == index }
    json.field("node", index)
    json.field("shown") { json in if let shown { json.number(shown) } else { json.null() } }
    json.field("name", shown.map { template.nodes[$0].name } ?? trace.nodes[index].id)
    if trace.nodes[index].array != nil { return json.field("isArray", true) }
    json.field("value", trace.nodes[index].value)
  }

  /// A box that opens, and the drawing of what it holds.
  private func writeFold(_ index: Int, to json: inout JSONText) {
    let box = folds.boxes[index]
    json.field("title", reading.fullTitle(of: box.fold).plain)
    json.field("parent") { json in
      if let parent = box.parent { json.number(parent) } else { json.null() }
    }
    json.field("nodes") { json in
      json.array { json in for node in reading.shown(of: box.fold) { json.number(node) } }
    }
    json.field("parts") { json in write(insides[index], inside: index, to: &json) }
  }

  /// The parts of the drawing of what is inside a box, or of the whole figure for `nil`.
  private func write(_ drawing: Drawing, inside box: Int?, to json: inout JSONText) {
    let leaders = Dictionary(
      folds.children(of: box).map { (reading.leader(of: folds.boxes[$0].fold), $0) },
      uniquingKeysWith: { $1 })
    let writer = PartWriter(
      page: self, figure: drawing.figure, leaders: leaders, isWhole: box == nil)
    json.array(.lines) { json in
      for part in drawing.parts { json.object { json in writer.write(part, to: &json) } }
    }
  }

  private func writeNode(_ index: Int, _ fold: Int?, to json: inout JSONText) {
    let node = template.nodes[index]
    json.field("id", trace.nodes[node.origin].id)
    json.field("origin", node.origin)
    json.field("step", node.step)
    if let fold { json.field("fold", fold) }
    if node.isBackward { json.field("isBackward", true) }
    json.field("name", node.name)
    json.field("title", node.title)
    json.field("derivativeName", node.derivativeName)
    json.field("chainRule") { json in
      json.array { json in for formula in node.chainRule { json.text(formula) } }
    }
    json.field("paths") { json in
      if let paths = node.paths { json.text(paths) } else { json.null() }
    }
    json.field("blocking", node.blocking)
    json.field("isUnused", trace.nodes[node.origin].isUnused)
  }

  private func writeEdge(_ index: Int, to json: inout JSONText) {
    let edge = reading.trace.edges[index]
    json.field("from", edge.source)
    json.field("to", edge.target)
    json.field("operand") { json in
      if let operand = template.operands[index] { json.number(operand) } else { json.null() }
    }
    json.field("step", template.backwardSteps[index])
  }
}
