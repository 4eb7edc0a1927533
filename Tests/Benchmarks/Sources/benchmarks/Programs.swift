/// Programs by chance, the same ones at every run.
struct Programs {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private mutating func number(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }

  /// A program of `nodes` nodes, whose operands are mostly recent; a sum of what is left is its output.
  mutating func program(nodes: Int) -> String {
    let inputs = max(2, min(10, nodes / 10))
    var names = (0..<inputs).map { "x\($0)" }
    var lines = names.map { "\($0) = \(Double(1 + number(below: 9)) / 4)" }
    var unused = names
    func operand(_ programs: inout Programs) -> String {
      if !unused.isEmpty, programs.number(below: 3) == 0 {
        return unused.remove(at: programs.number(below: unused.count))
      }
      let reach = programs.number(below: 5) == 0 ? names.count : min(8, names.count)
      let name = names[names.count - 1 - programs.number(below: reach)]
      unused.removeAll { $0 == name }
      return name
    }
    while names.count < nodes {
      let name = "y\(names.count)"
      let first = operand(&self)
      let expression =
        number(below: 3) == 0
        ? "\(["tanh", "sin", "cos", "sigmoid"][number(below: 4)])(\(first))"
        : "\(first) \(["+", "-", "*"][number(below: 3)]) \(operand(&self))"
      lines.append("\(name) = \(expression)")
      names.append(name)
      unused.append(name)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A chain of `nodes` nodes.
  static func chain(nodes: Int) -> String {
    let forms = ["tanh(□)", "□ + 0.1", "sin(□)", "1.01 * □"]
    let lines = (1..<nodes).map { number in
      let form = forms[number % forms.count]
      return "y\(number) = " + form.replacing("□", with: "y\(number - 1)")
    }
    return (["y0 = 0.5"] + lines).joined(separator: "\n") + "\n"
  }

  /// A regression of `points` points: each prediction shares two parameters.
  static func fan(points: Int) -> String {
    let lines = (0..<points).map { "p\($0) = w*\(Double($0) / 10) + b" }
    let terms = (0..<points).map { "(p\($0) - \($0 % 7))**2" }
    return (["w = 0.5", "b = 0.1"] + lines + ["L = " + terms.joined(separator: " + ")])
      .joined(separator: "\n") + "\n"
  }

  /// Layers of neurons, each of which takes all of the layer before it.
  mutating func network(_ widths: [Int]) -> String {
    var lines = (0..<widths[0]).map { "n0_\($0) = \(Double(number(below: 19) - 9) / 10)" }
    for (layer, width) in widths.enumerated().dropFirst() {
      for neuron in 0..<width {
        let terms = (0..<widths[layer - 1]).map { other in
          "\(Double(1 + number(below: 9)) / 10)*n\(layer - 1)_\(other)"
        }
        lines.append("n\(layer)_\(neuron) = tanh(\(terms.joined(separator: " + ")))")
      }
    }
    let outputs = (0..<(widths.last ?? 0)).map { "n\(widths.count - 1)_\($0)" }
    return (lines + ["L = " + outputs.joined(separator: " + ")]).joined(separator: "\n") + "\n"
  }
}
