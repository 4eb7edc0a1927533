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
}
