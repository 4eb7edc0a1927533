import GradCore
import GradLanguage
import Testing

/// Several outputs, one after the other: PyTorch adds their derivatives up until they are cleared.
@Suite struct AddedUpTests {
  private func trace(_ text: String) throws -> (trace: Trace, warnings: [Diagnostic]) {
    try Program(Source("test.py", text: text)).trace()
  }

  static let start = """
    x = torch.tensor(2.0, requires_grad=True)
    y = torch.tensor(3.0, requires_grad=True)
    u = x**2*y
    v = 3*x
    w = 5*y

    """

  /// The lines, what the output is called, and the derivatives by x and y that PyTorch has at the end.
  @Test(
    arguments: [
      ("u.backward()\nv.backward()", "out", 15.0, 4.0),
      ("v.backward()\nu.backward()", "out", 15, 4),
      ("u.backward(retain_graph=True)\nu.backward()", "out", 24, 8),
      ("v.backward()\nw.backward()\nu.backward()", "out", 15, 9),
      ("v.backward()\nu.backward()\nw.backward()", "out", 15, 9),
      ("u.backward()\nx.grad.zero_()\ny.grad.zero_()\nv.backward()", "v", 3, 0),
      ("v.backward()\nx.grad = None\nu.backward()", "u", 12, 4),
      ("u.backward()\nopt.zero_grad()\nv.backward()\nu.backward()", "out", 15, 4),
      ("u.backward()\nv.backward()\nopt.step()\nopt.zero_grad()", "out", 15, 4),
      ("u.backward()\nv.backward()\nopt.zero_grad()\nprint(x.grad)", "out", 15, 4),
      ("u.backward()\nv.backward()\nx.grad.zero_()\ny.grad.zero_()", "out", 15, 4),
      ("u.backward()\nx.grad = None\ny.grad = None\nv.backward()\nx.grad = None", "v", 3, 0),
      ("u.backward(torch.tensor(2.0))\nv.backward()", "out", 27, 8),
      ("for i in range(3):\n    loss = v*i\n    loss.backward()", "out", 9, 0),
      ("def f(k):\n    l = k*x\n    l.backward()\nf(2.0)\nf(4.0)", "out", 6, 0),
    ] as [(String, String, Double, Double)])
  func sums(_ lines: String, _ name: String, _ dx: Double, _ dy: Double) throws {
    let (trace, warnings) = try trace(Self.start + lines)
    #expect(trace.nodes[trace.output].name == name)
    #expect(trace["x"]?.derivative == dx)
    #expect(trace["y"]?.derivative == dy)
    #expect(warnings.map(\.code) == ["guessed-output"])
  }

  /// Where the derivatives by one parameter alone were cleared, no sum has all that PyTorch has.
  @Test func whatIsClearedInPart() throws {
    let (trace, warnings) = try trace(
      Self.start + "u.backward()\nx.grad.zero_()\nw.backward()\nv.backward()\nu.backward()")
    #expect(trace.nodes[trace.output].name == "u")
    #expect(warnings.first?.message == "of 4 outputs that are differentiated, 'u' is the output")
  }

  /// Outputs without a parameter in common are figures of their own.
  @Test func outputsWithNothingInCommon() throws {
    let (trace, warnings) = try trace(Self.start + "v.backward()\nw.backward()")
    #expect(trace.nodes[trace.output].name == "w")
    #expect(trace["y"]?.derivative == 5)
    #expect(warnings.first?.help?.hasPrefix("--of v draws another") == true)
    let asked = try Program(Source("test.py", text: Self.start + "v.backward()\nw.backward()"))
      .trace(of: "v")
    #expect(asked.warnings.isEmpty && asked.trace["x"]?.derivative == 3)
  }

  @Test func arraysAddUp() throws {
    let (trace, _) = try trace(
      "x = torch.tensor([1.0, 2.0], requires_grad=True)\n(x**2).sum().backward()\n"
        + "x.prod().backward()")
    #expect(trace["x"]?.arrayDerivative?.entries == [4, 5])
  }
}
