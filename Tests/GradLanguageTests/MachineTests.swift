import GradCore
import GradLanguage
import TestSupport
import Testing

/// What blocks, lists, functions as values and classes compute.
@Suite struct MachineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let output: String
    let value: Double
    let derivative: (name: String, value: Double)?

    init(
      _ text: String, _ output: String, _ value: Double, _ derivative: (String, Double)?
    ) {
      (self.text, self.output, self.value, self.derivative) = (text, output, value, derivative)
    }

    var testDescription: String { text }
  }

  static let cases = [
    // What is no number is not passed over.
    Case(
      """
      x = 2.0
      a = np.array([np.inf - np.inf, x])
      n = np.linalg.norm(a)
      y = x if np.isnan(n) else 0*x
      """, "y", 2, ("x", 1)),
    // A number is its own sum, mean and product, as of an array without axes.
    Case("x = 3.0\ny = x*x\nz = y.sum() + y.mean()", "z", 18, ("x", 12)),
    Case(
      """
      class A:
          def __init__(self, w):
              self.w = w
          def go(self, x):
              return self.w*x
      a = A(2.0)
      x = 4.0
      y = a.go(x)
      z = a.go(y)
      """, "z", 16, ("x", 4)),
    Case(
      """
      params = {'w': 0.5, 'b': -1.0}
      x = 3.0
      y = params['w']*x + params['b']
      for k, v in params.items():
          print(k, v)
      """, "y", 0.5, ("params['w']", 3)),
    Case(
      """
      x = 3.0
      for i in range(3):
          if i == 5:
              break
      else:
          x = x*2
      y = x
      """, "y", 6, ("x", 2)),
    Case(
      """
      x = 3.0
      for i in range(10):
          if i == 2:
              continue
          if i > 3:
              break
          x = x + i*0.5
      y = x
      """, "y", 5, ("x", 1)),
    Case(
      """
      def make(n):
          def inner(x):
              return x**n
          return inner
      sq = make(2)
      x = 3.0
      y = sq(x)
      """, "y", 9, ("x", 6)),
    Case(
      """
      xs = [[1.0, 2.0], [3.0, 4.0]]
      y = sum([sum([v*v for v in row if v > 1]) for row in xs])
      """, "y", 29, ("xs[0][1]", 4)),
    Case(
      """
      xs = [1.0, 2.0]
      ys = list(map(lambda v: v*v, xs))
      z = ys[0] + ys[1]
      """, "z", 5, ("xs[0]", 2)),
    Case(
      """
      xs = [3.0, 1.0, 2.0]
      s = sorted(xs)
      y = s[0]*s[2]
      """, "y", 3, ("xs[1]", 3)),
    Case(
      """
      def fib(n):
          return n if n < 2 else fib(n - 1) + fib(n - 2)
      y = fib(7)
      """, "y", 13, nil),
    Case(
      """
      def f(x):
          return x*2, x*3
      x = 1.5
      a, b = f(x)
      y = a*b
      """, "y", 13.5, ("x", 18)),
    Case(
      """
      x = 3.0
      if x > 5: y = 1*x
      elif x > 2: y = 2*x
      else: y = 3*x
      """, "y", 6, ("x", 2)),
    Case(
      """
      def f(x):
          total = 0.0
          for v in x:
              total += v
          return total
      xs = [1.0, 2.0]
      y = f(xs)
      """, "y", 3, ("xs[1]", 1)),
    Case(
      """
      k = 0
      def f(x):
          global k
          k = k + x
          return k
      x = 2.0
      a = f(x)
      y = f(x)*a
      """, "y", 8, ("x", 8)),
    Case(
      """
      x = 2.0
      y = x
      for i in range(6):
          if i % 2 == 0:
              y = y*x
          else:
              y = y + i//2
      """, "y", 20, ("x", 33)),
    Case(
      """
      def f(x, w=None):
          if w is None:
              w = 2.0
          return w*x
      x = 3.0
      y = f(x)
      """, "y", 6, ("x", 2)),
    Case(
      """
      class A:
          def __init__(self, w):
              self.w = w
          def f(self, x): return self.w*x
      class B(A):
          def __init__(self, w, b):
              super().__init__(w)
              self.b = b
          def f(self, x): return super().f(x) + self.b
      m = B(2.0, 1.0)
      x = 3.0
      y = m.f(x)
      """, "y", 7, ("x", 2)),
    Case(
      """
      def f(a, b, c): return a*b + c
      args = [2.0, 3.0, 4.0]
      y = f(*args)
      """, "y", 10, ("args[1]", 2)),
    Case(
      """
      x = [1.0, 2.0, 3.0, 4.0]
      y = sum(x[1:3]) + sum(x[::2])*x[-1]
      """, "y", 21, ("x[3]", 4)),
    Case(
      """
      x = [0.0]*3
      a = 2.0
      x[1] = a*a
      x[1] += 3*a
      y = x[1] + x[0]
      """, "y", 10, ("a", 7)),
    Case(
      """
      import jax
      def f(w):
          s = 0.0
          for i in range(3):
              s = s + w**i
          return s
      print(jax.grad(f)(2.0))
      """, "f", 7, ("w", 5)),
    Case(
      """
      f = lambda x, k=2: x**k if x > 0 else -x
      x = 3.0
      y = f(x)*f(-x, 3)
      """, "y", 27, ("x", 27)),
    Case(
      """
      mode = 'relu'
      x = 2.0
      if mode == 'relu':
          y = relu(x)
      else:
          y = tanh(x)
      """, "y", 2, ("x", 1)),
    Case(
      """
      ws = [0.1, 0.2]
      s = 0.0
      for i, w in enumerate(ws):
          s += w*(i + 1)
      """, "s", 0.5, ("ws[1]", 2)),
    Case(
      """
      a, b = 1.0, 2.0
      pairs = [(a, 2), (b, 3)]
      t = 0
      for p, n in pairs: t = t + p*n
      """, "t", 8, ("b", 3)),
    Case(
      """
      a, b = 1.0, 2.0
      xs=[a,b]
      xs[0], xs[1] = xs[1], xs[0]
      y = xs[0]*xs[1] - xs[0]
      """, "y", 0, ("a", 2)),
    Case(
      """
      class C:
          k = 3.0
          def f(self, x):
              return self.k*x
      c = C()
      x=2.0
      y = c.f(x)
      """, "y", 6, ("x", 3)),
    Case(
      """
      w = {k: v for k, v in zip(['a','b'], [1.0, 2.0])}
      x = 2.0
      y = w['a']*x + w['b']
      """, "y", 4, ("x", 1)),
    Case(
      """
      def f(n, x):
          if n == 0:
              return 1
          return x*f(n - 1, x)
      x = 2.0
      y = f(3, x)
      """, "y", 8, ("x", 12)),
  ]

  @Test(arguments: cases) func numbers(_ given: Case) throws {
    let trace = try Program(Source("test", text: given.text)).trace().trace
    #expect(trace.nodes[trace.output].name == given.output)
    expectClose(trace.nodes[trace.output].value, given.value, "value")
    guard let (name, derivative) = given.derivative else { return }
    let own = try #require(
      trace[name]?.derivative ?? trace.numbers(at: name)?.derivative, "\(name)")
    expectClose(own, derivative, "derivative by \(name)")
  }

  /// A method is a call of the trace; `__init__`, which gives no number, is none.
  @Test func methodsAreCalls() throws {
    let trace = try Program(
      Source(
        "test",
        text: """
          class Net:
              def __init__(self, w):
                  self.w = w
                  self.b = 0.5
              def forward(self, x):
                  h = self.w*x
                  return h + self.b
          net = Net(2.0)
          x = 3.0
          y = net.forward(x)
          z = net.forward(y)
          """)
    ).trace().trace
    #expect(trace.calls.map(\.id) == ["net#1.forward", "net#2.forward"])
    #expect(trace["net.b"]?.kind == .input)
    #expect(trace["net.b"]?.derivative == 3)
    #expect(trace["net#1.forward.h"]?.value == 6)
  }

  @Test func branchesAreDecisions() throws {
    let text = "x = 3.0\nif x > 2:\n    y = x*x\nelse:\n    y = -x\nwhile y < 20:\n    y = y*2"
    let program = Program(Source("test", text: text))
    let trace = try program.trace().trace
    #expect(trace.decisions.map(\.condition) == ["x > 2", "y < 20", "y < 20", "y < 20"])
    #expect(trace.decisions.map(\.holds) == [true, true, true, false])
    #expect(try program.evaluator().value(at: [5]) == 25)
  }

  @Test func theFirstPassOfALoopThatTrains() throws {
    let text = """
      w = torch.tensor(1.0, requires_grad=True)
      for epoch in range(1000):
          loss = (w*2 - 3)**2
          loss.backward()
          with torch.no_grad():
              w -= 0.1*w.grad
          w.grad.zero_()
      """
    let (trace, warnings) = try Program(Source("test", text: text)).trace()
    #expect(trace.nodes[trace.output].name == "loss")
    #expect(trace["w"]?.derivative == -4)
    #expect(warnings.map(\.code) == ["first-pass"])
    #expect(warnings[0].message == "the first of 1,000 passes is recorded")
  }

  /// However the step is spelled, the pass that is drawn is the first one.
  @Test(
    arguments: [
      "layers[0].weight.data -= 0.1*layers[0].weight.grad",
      "layers[0].weight.data = layers[0].weight.data - 0.1*layers[0].weight.grad",
      "for l in layers: l.weight.data += -0.1*l.weight.grad",
      "for l in layers:\n        l.weight.data.sub_(0.1*l.weight.grad)",
      "for l in layers:\n        with torch.no_grad():\n            l.weight -= 0.1*l.weight.grad",
    ])
  func theFirstPassWherePartsAreTrained(_ step: String) throws {
    let text = """
      class Layer:
          def __init__(self, w): self.weight = w
      layers = [Layer(torch.tensor([1.0, 2.0], requires_grad=True))]
      for epoch in range(1000):
          loss = (layers[0].weight*3).sum()
          loss.backward()
          \(step)
      """
    let (trace, warnings) = try Program(Source("test", text: text)).trace()
    #expect(warnings.map(\.code) == ["first-pass"])
    #expect(trace["layers[0].weight"]?.array?.entries == [1, 2])
    #expect(trace["layers[0].weight"]?.arrayDerivative?.entries == [3, 3])
  }

  @Test func valuesWithoutDerivatives() throws {
    let text = "x = 3.0\nwith torch.no_grad():\n    c = x*x\ny = c*x"
    #expect(try Program(Source("test", text: text)).trace().trace["x"]?.derivative == 9)
  }
}
