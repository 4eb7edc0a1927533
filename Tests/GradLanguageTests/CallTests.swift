import GradCore
import GradLanguage
import Testing

/// Functions of the program, expanded at each call.
@Suite struct CallTests {
  private func trace(_ text: String) throws -> Trace {
    try Program(Source("test", text: text)).trace().trace
  }

  private func nodes(_ trace: Trace) -> [String] {
    trace.nodes.map { node in
      "\(node.id) = \(node.expression)\(node.call.map { " in \(trace.calls[$0].id)" } ?? "")"
    }
  }

  @Test func aCallNamesWhatItReturns() throws {
    let trace = try trace("def f(x, y): return x*y + 1\na = 2\nJ = f(a, 3)\nK = f(J, J)")
    #expect(
      nodes(trace) == [
        "a = 2", "k1 = 3", "t1 = a * 3 in f#1", "k2 = 1 in f#1", "J = t1 + 1 in f#1",
        "t2 = J * J in f#2", "k3 = 1 in f#2", "K = t2 + 1 in f#2",
      ])
    #expect(trace.calls.map(\.result) == [4, 7])
    #expect(trace.calls.map(\.arguments) == [[0, 1], [4, 4]])
    #expect(trace.detailed(.statements).nodes.map(\.id) == ["a", "J", "K"])
  }

  @Test func whatIsReturnedUnchangedIsCopied() throws {
    let trace = try trace(
      """
      k = 4
      def identity(x): return x
      def named(x):
        y = x*x
        return y
      def reader(): return k
      def number(): return 7
      a = identity(k)
      b = named(a)
      c = reader()
      d = number()
      e = identity(a*b)
      z = identity(a) + named(2)
      """)
    #expect(
      nodes(trace) == [
        "k = 4", "a = k", "named#1.y = a * a in named#1", "b = y", "c = k", "k1 = 7 in number#1",
        "d = 7", "t1 = a * b", "e = t1", "k2 = 2", "named#2.y = 2 * 2 in named#2", "z = a + y",
      ])
    #expect(trace["z"]?.value == 8)
  }

  @Test func callsNest() throws {
    let trace = try trace(
      """
      def g(x): return x*x
      def f(x):
        y = g(x + 1)
        y += 1
        return g(y) - y
      J = f(2)
      """)
    #expect(trace.calls.map(\.id) == ["f#1", "g#1", "g#2"])
    #expect(trace.calls.map(\.parent) == [nil, 0, 0])
    #expect(
      nodes(trace) == [
        "k1 = 2", "k2 = 1 in f#1", "t1 = 2 + 1 in f#1", "f#1.y = t1 * t1 in g#1", "k3 = 1 in f#1",
        "f#1.y@2 = y + 1 in f#1", "t2 = y * y in g#2", "J = t2 - y in f#1",
      ])
    #expect(trace["J"]?.value == 90)
    #expect(trace["J"]?.derivative == 1)
  }

  @Test func defaultsAndKeywords() throws {
    let trace = try trace(
      "def f(x, y=1/4, z=-2): return x*y + z\na = 8\nJ = f(a) + f(a, z=3) + f(z=1, y=2, x=a)")
    #expect(trace["J"]?.value == 22)
    #expect(trace["a"]?.derivative == 2.5)
    #expect(trace.nodes.contains { $0.expression == "1 / 4" && $0.kind == .constant })
  }

  @Test func functionsReadGlobals() throws {
    let trace = try trace("k = 3\ndef f(x): return k*x\na = f(2)\nk = 5\nb = f(2)\nJ = a + b")
    #expect(trace["J"]?.value == 16)
  }

  @Test func functionsShadowBuiltIns() throws {
    let trace = try trace("def sigmoid(x): return 1 / (1 + exp(-x))\nx = 0\ny = sigmoid(x)")
    #expect(trace["y"]?.value == 0.5)
    #expect(trace.calls.map(\.id) == ["sigmoid#1"])
    #expect(try self.trace("def f(x): return x\ndef f(x): return 2*x\ny = f(3)")["y"]?.value == 6)
  }

  @Test func inputsOfAFunctionAreItsOwn() throws {
    let trace = try trace("def f(x):\n  k = 2\n  return k*x\ny = f(3)")
    #expect(trace.nodes.map(\.id) == ["k1", "f#1.k", "y"])
    #expect(trace.nodes[1].kind == .input)
  }
}
