import GradBase
import GradCore

/// How a program ends that is more than formulas.
extension Recorder {
  /// Ends the recording with a message.
  func failure(
    _ code: Code, _ message: String, _ token: Int32, label: String = "", help: String? = nil
  ) -> ProgramError {
    failure(Mistake(code: code, message: message, token: token, label: label, help: help))
  }

  /// Puts the labels of the program in order once it has run.
  mutating func finishDynamic() {
    for weight in weightNodes {
      if let node = weight.node, names[node] == nil { names[node] = "layer.weight" }
    }
    for input in inputs where names[input] == nil {
      let token = program.tokens[Int(tokens[Int(input)])]
      if token.kind == .name { names[input] = program.names[token.payload] }
    }
    guard !dissolved.isEmpty else { return }
    // Calls that return no number are part of the call around them.
    var kept = [Int32](repeating: -1, count: calls.count)
    var calls: [Labels.Call] = []
    for (number, call) in self.calls.enumerated() {
      let parent = call.parent.map { kept[$0] } ?? -1
      if dissolved.contains(Int32(number)) {
        kept[number] = parent
      } else {
        kept[number] = Int32(calls.count)
        calls.append(call)
        calls[calls.count - 1].parent = parent < 0 ? nil : Int(parent)
      }
    }
    self.calls = calls
    for node in callOfNode.indices where callOfNode[node] >= 0 {
      callOfNode[node] = kept[Int(callOfNode[node])]
    }
    for (node, scope) in scopes where scope >= 0 { scopes[node] = Int(kept[scope]) }
  }

  private func line(of token: Int32) -> Int {
    program.source.line(of: program.range(of: token).lowerBound)
  }

  /// Checks that the last statement gives one number, where it is the output.
  func checkOutput() throws(ProgramError) {
    if autograd.output != nil || unnamedOutput != nil { return }
    if case .object(let object)? = lastValue?.value, let token = lastValue?.token,
      heap[Int(object)] is ListObject || heap[Int(object)] is DictionaryObject,
      lastTarget.map({ line(of: tokens[Int($0)]) != line(of: token) }) ?? true
    {
      throw failure(
        .unknownOutput, "the output is \(heap[Int(object)].description), not one number", token,
        help: program.decimalCommaHelp
          ?? "end with one number, such as a sum, or name one with --of")
    }
    if lastTarget == nil {
      throw failure(
        .emptyProgram, "the program computes nothing", 0,
        help: "write an assignment, such as y = 2 * 3")
    }
  }
}
