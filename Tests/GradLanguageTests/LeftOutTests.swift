import GradCore
import GradLanguage
import Testing

/// What shows, checks or trains is left out, and what follows from it is no number of the program.
@Suite struct LeftOutTests {
  private func trace(_ text: String) throws -> Trace {
    try Program(Source("case", text: text)).trace().trace
  }

  @Test(
    arguments: [
      "print(y)", "assert y == 9", "type(y)", "x.grad", "x.grad, y", "y == 9", "y.item()",
      "y.shape",
      "plt.plot(x, y)", "sns.set()", "optimizer.step()", "%time y", "!ls", "\"text\"", "del x",
      "display(y)", "torch.allclose(y, x)", "y.backward()", "x.grad == 2*x", "f'{y}'", "y?",
      "x.label = 'x'", "x.grad = None", "model.eval()", "'%d' % y", "not y", "(y - 9).item()",
      "x.grad.item()", "x.requires_grad = True", "fig, ax = plt.subplots()", "device = 'cpu'",
      "optimizer = torch.optim.SGD([x], lr=0.1)", "x.grad - 6",
    ])
  func leavesTheOutput(_ line: String) throws {
    let trace = try trace("x = 3.0\ny = x*x\n\(line)\n")
    #expect(trace.nodes[trace.output].name == "y", "\(line)")
    #expect(trace.nodes.count == 2, "\(line)")
    #expect(trace["x"]?.derivative == 6)
  }

  @Test(arguments: ["y + 1", "f(x)", "y.exp()", "(y)*2", "|y|", "abs(y)"])
  func isTheOutput(_ line: String) throws {
    let trace = try trace("def f(a): return 2*a\nx = 3.0\ny = x*x\n\(line)\n")
    #expect(trace.nodes[trace.output].name == "out", "\(line)")
  }

  @Test func namesOfOnesOwnAreNotLeftOut() throws {
    let trace = try trace("def show(a): return 2*a\nplt = 3.0\nshow(plt.exp())")
    #expect(trace.nodes[trace.output].name == "out")
  }

  @Test func valuesMadeOfDerivativesAreComputed() throws {
    let trace = try trace(
      "w = 3.0\nL = w*w\nL.backward()\nw = w - 0.1*w.grad\nM = w + 1\nw = 5\nN = w + 1")
    #expect(trace["M"]?.value == 3.4)
    #expect(trace["N"]?.value == 6)
    #expect(trace.nodes.filter { $0.name == "w" }.map(\.value) == [3, 2.4, 5])
    #expect(trace.nodes[trace.output].name == "L")
  }

  @Test func afterAStepOfTrainingNothingIsKnown() throws {
    let trace = try trace(
      "w = 3.0\nL = w*w\nL.backward()\noptimizer.step()\nL = w*w\nL.backward()\nprint(L)")
    #expect(trace.nodes.map(\.id) == ["w", "L"])
    #expect(trace["L"]?.value == 9)
  }

  @Test(arguments: [">>> x = 3\ny = x*x", "x = 3\nOut[1]: 3\ny = x*x"])
  func statementsAmongOutputsAreNotDroppedSilently(_ text: String) throws {
    let (trace, warnings) = try Program(Source("case", text: text)).trace()
    #expect(trace.nodes.map(\.id) == ["x"])
    #expect(warnings.count == 1)
    #expect(warnings[0].message.hasPrefix("a line without a prompt"))
  }

  @Test func labelsAreShown() throws {
    let trace = try trace("a = 2\nb = a*a\nb.label = 'square'\na.label = 'b'\nc = b + 1")
    #expect(trace.nodes.compactMap(\.name) == ["a", "square", "c"])
  }

  @Test func filesThatAreNoText() {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    for (bytes, name) in [
      (png, "a PNG picture"), ([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], "a JPEG picture"),
      ([0x50, 0x4B, 3, 4, 0, 0], "a ZIP archive or an Office document"),
      ([0x1F, 0x8B, 8, 0], "a compressed file"), ([0x61, 0, 0xC0, 0], "a file that is no text"),
    ] {
      let diagnostics = Program(Source("file", bytes: bytes)).diagnostics()
      #expect(diagnostics.map(\.message) == ["\(name) is no program"])
    }
  }
}
