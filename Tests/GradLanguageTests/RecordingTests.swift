import GradBase
import GradCore
import GradLanguage
import Testing

/// What a program leaves on a tape: kinds, names, versions, spellings, places.
@Suite struct RecordingTests {
  private func trace(_ text: String, _ settings: [InputValue] = [], of output: String? = nil) throws
    -> Trace
  {
    try Program(Source("test", text: text)).trace(settings: settings, of: output).trace
  }

  /// `id kind expression value` of every node.
  private func nodes(_ trace: Trace) -> [String] {
    trace.nodes.map { "\($0.id) \($0.kind) \($0.expression) \(shortestText($0.value))" }
  }

  @Test func closedRightHandSidesAreInputs() throws {
    let trace = try trace(
      "a = -4.0; b=1/3; c = 2*pi; d = sqrt(2); e = float('inf'); f = torch.tensor(3.0); y = a")
    #expect(
      nodes(trace) == [
        "a input -4.0 -4", "b input 1 / 3 0.3333333333333333", "c input 2 * pi 6.283185307179586",
        "d input sqrt(2) 1.4142135623730951", "e input inf inf", "f input 3.0 3",
        "y operation a -4",
      ])
    #expect(trace["y"]?.operation == "identity")
    #expect(trace.edges.map(\.partial) == [1])
  }

  @Test func spellings() throws {
    let trace = try trace(
      """
      a = -(1+2)*3; b = 2**-1; c = (2**3)**2; d = max(1,2) if 1<2 and not 3>4 else min( 1 ,2 )
      e = clip(5, max=3); f = (1 if (1 < 2) or (3 < 4 and True) else 2); g = -2**2; h = 0 if not (0<1<2 and 1<2) else 1
      y = where(a<b<c, a, b)
      """)
    #expect(
      trace.nodes.prefix(8).map(\.expression) == [
        "-(1 + 2) * 3", "2 ** -1", "(2 ** 3) ** 2",
        "max(1, 2) if 1 < 2 and not 3 > 4 else min(1, 2)", "clip(5, max=3)",
        "1 if 1 < 2 or 3 < 4 and True else 2", "-2 ** 2", "0 if not (0 < 1 < 2 and 1 < 2) else 1",
      ])
    #expect(trace["y"]?.condition == "a < b < c")
  }

  @Test func negativeLiteralsAreConstants() throws {
    let trace = try trace("x = 1; y = exp(-2.0*x) - -3")
    #expect(trace["k1"]?.value == -2)
    #expect(trace["k1"]?.expression == "-2.0")
    #expect(trace["k2"]?.expression == "-3")
    #expect(!trace.nodes.contains { $0.operation == "negate" })
  }

  @Test func closedPartsAreRecordedOverConstants() throws {
    #expect(
      nodes(try trace("x = 1; y = x * (2*pi)")) == [
        "x input 1 1", "k1 constant 2 2", "k2 constant pi 3.141592653589793",
        "t1 operation 2 * pi 6.283185307179586", "y operation x * t1 6.283185307179586",
      ])
  }

  @Test func versions() throws {
    let trace = try trace("c = 1\nc = c + 1\nc += c\nJ = c")
    #expect(trace.nodes.map(\.id) == ["c", "k1", "c@2", "c@3", "J"])
    #expect(trace["J"]?.value == 4)
    #expect(trace["c"]?.derivative == 2)
    for (name, value) in [("c", 4.0), ("c@2", 2.0), ("c@3", 4.0)] {
      let program = Program(Source("versions", text: "c = 1\nc = c + 1\nc += c"))
      let trace = try program.trace(of: name).trace
      #expect(trace.nodes[trace.output].value == value)
    }
  }

  @Test func tuplesReadBeforeTheyAssign() throws {
    let trace = try trace("a, b = 1, 2\na, b = b, a\ny = a - b")
    #expect(trace["y"]?.value == 1)
    #expect(trace.nodes.map(\.id) == ["a", "b", "a@2", "b@2", "y"])
  }

  @Test func chainedAssignment() throws {
    let trace = try trace("a = b = 2\nc = d = a * b\ny = c + d")
    #expect(trace["y"]?.value == 8)
    #expect(trace["a"]?.derivative == 4)
    #expect(trace["d"]?.operation == "identity")
  }

  @Test func theLastLineIsTheOutput() throws {
    let named = try trace("a = 2\n3 * a")
    #expect(named.nodes[named.output].id == "out")
    #expect(named.nodes[named.output].value == 6)
    let bare = try trace("a = 2\nJ = 3 * a\nJ")
    #expect(bare.nodes[bare.output].id == "J")
    let printed = try trace("a = 2\nJ = 3 * a\nJ.backward()\nprint(a.grad)\ndef f(x): return x")
    #expect(printed.nodes[printed.output].id == "J")
    let single = try trace("2 * 3")
    #expect(single.nodes.map(\.id) == ["out"])
    let inner = try trace("a = 2; b = a*a; c = b*b", of: "b")
    #expect(inner.nodes[inner.output].id == "b")
    #expect(inner["c"]?.isUnused == true)
  }

  @Test func placesAreThoseOfTheNames() throws {
    let trace = try trace("θ = 5\n  \n# c\nu = 2 * exp(θ) ; w = u")
    let places = trace.nodes.map { node in
      "\(node.id) \(node.place?.line ?? 0):\(node.place?.column ?? 0)"
    }
    #expect(places == ["θ 1:1", "k1 4:5", "t1 4:9", "u 4:1", "w 4:18"])
  }

  @Test func onlyTheBranchTakenIsRecorded() throws {
    let text = "x = 2\ny = x*x if 0 < x < 3 else exp(x)"
    #expect(try trace(text).nodes.map(\.operation) == ["input", "multiply"])
    #expect(
      try trace(text, [InputValue("x", 4)]).nodes.map(\.operation) == ["input", "exp"])
    let both = try trace("x = 2\ny = where(x > 3, x*x, 5*x)")
    #expect(both["y"]?.operation == "where")
    #expect(both["x"]?.derivative == 5)
    #expect(both.edges.filter { $0.target == both.output }.map(\.partial) == [0, 1])
  }

  @Test func conditionsLeaveNoNodes() throws {
    let text = """
      def f(x): return x*x
      a = 2
      y = a if f(a) > 3 and (not f(a) > 5 or nothing(a)) else -a
      """
    let program = text.replacing("nothing", with: "f")
    let trace = try trace(program)
    #expect(trace.nodes.map(\.id) == ["a", "y"])
    #expect(trace.calls.isEmpty)
  }

  @Test func notebooks() throws {
    let trace = try trace(
      """
      import torch
      import torch.nn.functional as F
      import numpy as xp
      from math import exp as e_to_the, pi
      from torch.nn import functional
      x = torch.tensor(3.0, requires_grad=True)
      y = F.leaky_relu(x, negative_slope=0.1).exp() + e_to_the(x) + xp.log(x) + x.item()
      z = y * pi + x.clip(max=2) + functional.relu(x.detach()) + (x + 1).pow(2)
      z.backward()
      """)
    let x = 3.0
    let expected = (2 * 20.085536923187668 + 1.0986122886681098 + x) * .pi + 2 + 3 + 16
    #expect(abs((trace["z"]?.value ?? 0) - expected) < 1e-12)
  }

  @Test func prefixesAreNamesOnceAssigned() throws {
    let trace = try trace("np = 2\ny = np.exp()\ne = 3\nz = y*e")
    #expect(trace["y"]?.operation == "exp")
    #expect(trace["z"]?.expression == "y * e")
    #expect(trace["np"]?.kind == .input)
  }

  @Test func canonicallyEquivalentNamesAreOne() throws {
    #expect(try trace("e\u{301} = 2\ny = \u{E9} * 3")["y"]?.value == 6)
  }

  @Test func lineEndsAndMarks() throws {
    for text in [
      "a = 2\r\ny = a*3\r\n", "\u{FEFF}a = 2\ny = a*3", "a = 2\ry = a*3", "\ta = 2;\ty\t=\ta*3",
    ] {
      #expect(try trace(text)["y"]?.value == 6, "\(text.debugDescription)")
    }
    let place = try trace("a = 2\r\n\r\ny = a*3")["y"]?.place
    #expect(place?.line == 3)
  }
}
