import TestSupport

/// A program of the language by chance: a few inputs, then statements that use what came before.
func randomProgram(seed: UInt64) -> String {
  var random = SeededRandom(seed: seed)
  var names: [String] = []
  var lines: [String] = []
  for index in 0..<Int.random(in: 2...5, using: &random) {
    names.append("x\(index + 1)")
    lines.append("x\(index + 1) = \(Double(Int.random(in: -30...30, using: &random)) / 10)")
  }
  for index in 0..<Int.random(in: 3...9, using: &random) {
    // Mostly recent names, so that programs are deep as well as wide.
    func name() -> String {
      Bool.random(using: &random)
        ? names[names.count - 1 - Int.random(in: 0..<min(3, names.count), using: &random)]
        : names[Int.random(in: 0..<names.count, using: &random)]
    }
    let term =
      switch Int.random(in: 0...7, using: &random) {
      case 0: "\(name()) + \(name()) * \(name())"
      case 1: "\(name()) * \(name())"
      case 2: "tanh(\(name()))"
      case 3: "sigmoid(\(name()) - \(name()))"
      case 4: "max(\(name()), \(name()))"
      case 5: "\(name()) ** 2 / 4"
      case 6: "\(name()) - \(name()) + 1"
      default: "sin(\(name())) * \(name())"
      }
    names.append("h\(index + 1)")
    lines.append("h\(index + 1) = \(term)")
  }
  // What nothing has used yet flows into the output, so that there are wide sums too.
  lines.append("y = " + names.suffix(4).joined(separator: " + "))
  return lines.joined(separator: "\n") + "\n"
}
