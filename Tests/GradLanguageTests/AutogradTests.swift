import GradCore
import GradLanguage
import Testing

/// What programs differentiate, what leaves their graphs, and which inputs they mark.
@Suite struct AutogradTests {
  private func trace(_ text: String, of output: String? = nil) throws -> Trace {
    try Program(Source("test", text: text)).trace(of: output).trace
  }

  private func message(_ text: String) -> String? {
    do {
      _ = try Program(Source("test", text: text)).trace()
      return nil
    } catch {
      return error.diagnostics.map(\.message).joined(separator: "; ")
    }
  }

  // MARK: The output

  @Test(arguments: [
    ("J.backward()", "J"), ("J.backward(retain_graph=True)", "J"),
    ("J.backward(torch.tensor(1.0))", "J"), ("u.backward()\nJ.backward()", "out"),
    ("J.backward()\nx.grad.zero_()\ny.grad = None\nu.backward()", "u"),
    ("torch.autograd.backward(J)", "J"),
    ("torch.autograd.grad(J, x)", "J"), ("dx = torch.autograd.grad(J, x)[0]", "J"),
    ("dx, = torch.autograd.grad(J, x)", "J"), ("dx, dy = torch.autograd.grad(J, [x, y])", "J"),
    ("dx, dy = torch.autograd.grad(J, (x, y), retain_graph=True)", "J"),
    ("dx = tape.gradient(J, x)", "J"), ("dx, dy = t.gradient(J, [x, y])", "J"),
    ("print(t.gradient(J, x))", "J"), ("dx = tf.gradients(J, [x])[0]", "J"),
    ("from torch.autograd import grad\ndx = grad(J, x)", "J"), ("(x + y).backward()", "out"),
    // What differentiates nothing leaves the last statement.
    ("x.grad", "w"), ("J", "w"), ("print('J.backward()')", "w"), ("print(J)", "w"),
  ])
  func output(_ line: String, _ expected: String) throws {
    let trace = try trace("x = 3\ny = 2\nu = x*y\nJ = u + x\nz = 2*J\n\(line)\nw = 5*x")
    #expect(trace.nodes[trace.output].name == expected)
  }

  @Test func whatIsAskedForComesFirst() throws {
    let trace = try trace("x = 3\ny = x*x\ny.backward()\nz = y*y", of: "z")
    #expect(trace["x"]?.derivative == 108)
  }

  @Test func aVersionIsNamedAtItsTime() throws {
    let trace = try trace("x = 3\nc = x*x\nc.backward()\nc = 5*c")
    #expect(trace.nodes[trace.output].id == "c")
    #expect(trace["x"]?.derivative == 6)
    #expect(trace["c@2"]?.isUnused == true)
  }

  @Test(arguments: [
    ("print(jax.grad(f)(3.0))", "f", 6.0), ("jax.grad(f)(3.0)", "f", 6),
    ("dy = grad(f)(3.0)", "f", 6), ("y, dy = jax.value_and_grad(f)(3.0)", "y", 6),
    ("x = 3.0\ny = f(x)\ndy = jax.grad(f)(x)", "y", 6),
    ("x = 3.0\ndy = jax.grad(f)(x)\ny = f(x)", "y", 6),
    ("df = jax.grad(f)\nx = 3.0\nprint(df(x))", "f", 6),
    ("from jax import grad as g\nx = 4.0\ng(f)(x)", "f", 8), ("x = 3\nd = gradient(f, x)", "f", 6),
    ("x = 2\nd = grad(f, argnums=0)(x) + 1", "f", 4),
  ])
  func functions(_ lines: String, _ output: String, _ derivative: Double) throws {
    let trace = try trace("def f(x):\n  loss = x**2\n  return loss\n\(lines)\nz = 5*pi")
    #expect(trace.nodes[trace.output].id == output)
    #expect(trace["x"]?.derivative == derivative)
    #expect(trace["x"]?.kind == .input)
  }

  @Test func derivativesAreNumbersAfterwards() throws {
    let trace = try trace(
      """
      w = torch.tensor(0.5, requires_grad=True)
      x = 2
      J = (w*x - 3)**2
      J.backward()
      w.data -= 0.1*w.grad
      step = w.grad
      w.grad.zero_()
      K = (w*x - 3)**2
      K.backward()
      again = w.grad
      """)
    // dJ/dw = 2·(1 − 3)·2 = −8, so w is 1.3; dK/dw = 2·(2.6 − 3)·2 = −1.6.
    #expect(trace["step"]?.value == -8)
    #expect(trace["w@2"]?.value == 1.3)
    #expect(abs((trace["again"]?.value ?? 0) + 1.6) < 1e-12)
    #expect(trace.nodes[trace.output].id == "K")
    #expect(abs((trace["w@2"]?.derivative ?? 0) + 1.6) < 1e-12)
    #expect(trace["w@2"]?.isData == false)
    #expect(trace["x"]?.isData == true)
  }

  @Test func derivativesOfSeveralPassesAddUp() throws {
    let text = "x = 3\ny = x*x\ny.backward()\nz = 2*x\nz.backward()\nd = x.grad"
    #expect(try trace(text)["d"]?.value == 8)
    let cleared = "x = 3\ny = x*x\ny.backward()\nz = 2*x\nopt.zero_grad()\nz.backward()\nd = x.grad"
    #expect(try trace(cleared)["d"]?.value == 2)
  }

  @Test func oneDerivativeIsClearedAlone() throws {
    let text = "x = 3\ny = 2\nz = x*y\nz.backward()\nx.grad.zero_()\nd = x.grad\ne = y.grad"
    #expect(try trace(text)["d"]?.value == 0)
    #expect(try trace(text)["e"]?.value == 3)
    let again = try trace(text + "\nw = 5*x\nw.backward()\nd = x.grad\ne = y.grad")
    #expect(again["d@2"]?.value == 5)
    #expect(again["e@2"]?.value == 3)
  }

  @Test(arguments: [
    ("import numpy as np\n", 5.0), ("import torch\nimport numpy as np\n", 2.5), ("", 2.5),
  ])
  func numbersOfNumPyKeepTheirDerivative(_ head: String, _ expected: Double) throws {
    for value in ["float(x)", "x.item()"] {
      let source = Source("test.py", text: "\(head)x = 2.5\ny = \(value)*x\n")
      #expect(try Program(source).trace().trace["x"]?.derivative == expected, "\(head) \(value)")
    }
  }

  @Test func parametersThatDependOnNothingAreInputsOfTheirDerivative() throws {
    let text = """
      import jax
      import jax.numpy as jnp
      def init(n):
          return {'w': jnp.ones((1, n)) * 0.5, 'b': jnp.zeros(n)}
      params = init(2)
      def f(params): return jnp.sum((params['w'] + params['b'])**2)
      g = jax.grad(f)(params)
      new = params['b'] - g['b']
      """
    let trace = try Program(Source("test.py", text: text)).trace().trace
    #expect(trace["params['w']"]?.arrayDerivative?.entries == [1, 1])
    #expect(trace["params['b']"]?.arrayDerivative?.entries == [1, 1])
    #expect(trace["new"]?.array?.entries == [-1, -1])
  }

  @Test func derivativesStayWhatTheyAreWhenInputsMove() throws {
    let program = Program(
      Source(
        "test", text: "x = 3\ny = x*x\ny.backward()\nz = x*x.grad\nx.grad = None\nz.backward()"))
    let evaluator = try program.evaluator()
    #expect(try evaluator.value(at: [3]) == 18)
    #expect(try evaluator.value(at: [4]) == 24)
  }

  /// Programs that differentiate derivatives: the output, and the derivative of it by x.
  @Test(
    arguments: [
      (
        "x = 2.0\ny = x**3\nd = torch.autograd.grad(y, x, create_graph=True)[0]\n"
          + "z = d**2 + x\nz.backward()", "z", 289.0
      ),
      (
        "x = 2.0\ny = x**3\nd, = torch.autograd.grad(y, x, create_graph=True)\n"
          + "e, = torch.autograd.grad(d, x)", "d", 12
      ),
      ("x = 2.0\ny = x**3\nd = torch.autograd.grad(y, x, create_graph=True)[0]", "y", 12),
      (
        "x = tf.Variable(2.0)\nwith tf.GradientTape() as outer:\n  with tf.GradientTape() as inner:\n"
          + "    y = x**3\n  d = inner.gradient(y, x)\ne = outer.gradient(d, x)", "d", 12
      ),
      ("def f(x):\n  return x**3\nx = 2.0\ne = jax.grad(jax.grad(f))(x)", nil, 12),
      ("def f(x):\n  return x**4\ng = grad(f)\nh = grad(g)\nx = 2.0\ne = h(x)", nil, 48),
    ] as [(String, String?, Double)]) func derivativesOfDerivatives(
      _ text: String, _ output: String?, _ derivative: Double
    ) throws
  {
    let trace = try Program(Source("a.py", text: text)).trace().trace
    if let output { #expect(trace.nodes[trace.output].name == output) }
    #expect(trace.nodes.first { $0.name == "x" }?.derivative == derivative)
  }

  /// `torch.autograd.grad` gives a tuple, `tape.gradient` what it is given, and `grad_outputs` counts.
  @Test(
    arguments: [
      (
        "a = torch.tensor([1.0, 2.0])\nb = torch.tensor(3.0)\nJ = (a * a * b).sum()\n"
          + "g = torch.autograd.grad(J, [a, b])\nr = [p - q for p, q in zip([a, b], g)]\nz = r[1] + 0",
        -2.0
      ),
      (
        "a = tf.Variable([1.0, 2.0])\nb = tf.Variable(3.0)\nwith tf.GradientTape() as t:\n"
          + "  J = tf.reduce_sum(a * a * b)\ng = t.gradient(J, {'a': a, 'b': b})\nz = b - g['b']",
        -2
      ),
      (
        "a = torch.tensor([1.0, 2.0])\ny = a ** 2\n"
          + "g = torch.autograd.grad(y, a, grad_outputs=torch.tensor([1.0, 10.0]))[0]\nz = g[1] + 0",
        40
      ),
      (
        "a = torch.tensor([1.0, 2.0])\nJ = (a**2).sum()\nz = torch.autograd.grad(J, a)[0][1] + 0", 4
      ),
    ] as [(String, Double)]) func formsOfDerivatives(_ text: String, _ value: Double) throws
  {
    let trace = try Program(Source("a.py", text: text)).trace().trace
    #expect(trace.nodes.last { $0.name == "z" }?.value == value)
  }

  @Test(arguments: [
    ("x = 3\ny = x*x\nd = x.grad\ny.backward()", "'x' has no derivative yet"),
    ("x = 3\nd = x.grad", "a derivative cannot be used in the program"),
    ("def f(x): return x*x\nx = 3\ny = grad(f)", nil),
    ("def f(x): return x*x\ny = grad(f) + 1", "'grad' of a function is a function, not a number"),
    (
      "def f(x): return x*x\ng = grad(f)\ny = g*2",
      "'g' is the derivative of a function, not a number"
    ),
    (
      "x = 3\ny = x*x\na, b = torch.autograd.grad(y, [x])",
      "2 names on the left, 1 value on the right"
    ),
    ("x = 3\ny = q.backward()", "'q' is not defined"),
  ])
  func refusals(_ text: String, _ expected: String?) {
    #expect(message(text)?.contains(expected ?? "") ?? (expected == nil))
  }

  @Test(arguments: [
    ("x = 2\nloss = x*x\nd = 2*x", true), ("x = 2\nLoss = x*x\nd = 2*x", true),
    ("x = 2\nJ = x*x\nd = 2*x", true), ("x = 2\nJ = x*x\nd = 2*J", false),
    ("x = 2\nJ = x*x", false), ("x = 2\nJ = x*x\nJ.backward()\nd = 2*x", false),
    ("E = 2\nx = 3\ny = x*x", false), ("x = 2\nE = x*x\nu = E + 1\nd = 2*x", false),
    ("x = 2\nq = x*x\nd = 2*x", false),
  ])
  func aLossThatLeadsNowhere(_ text: String, _ isWarned: Bool) throws {
    let codes = try Program(Source("test", text: text)).trace().warnings.map(\.code)
    #expect(codes.contains("guessed-output") == isWarned)
    let named = try Program(Source("test", text: text)).trace(of: "x").warnings.map(\.code)
    #expect(!named.contains("guessed-output"))
  }

  // MARK: What leaves the graph

  @Test(arguments: [
    ("x.item()*x", 2.5), ("float(x)*x", 2.5), ("x.data*x", 2.5), ("x.numpy()*x", 2.5),
    ("x.detach().numpy()*x", 2.5), ("x.tolist()*x", 2.5), ("torch.tensor(x)*x", 2.5),
    ("nn.Parameter(x)*x", 2.5), ("tf.constant(x)*x", 2.5), ("int(x)*x", 2), ("x.float()*x", 5),
    ("np.array(x)*x", 5), ("x.clone()*x", 5), ("float(2)*x", 2), ("int('2')*x", 2),
    ("torch.tensor(2.0)*x", 2), ("float(-x)*x", -2.5), ("int(-x)*x", -2),
  ])
  func values(_ expression: String, _ derivative: Double) throws {
    #expect(try trace("x = 2.5\ny = \(expression)")["x"]?.derivative == derivative)
  }

  // MARK: Several outputs

  /// What is differentiated together is its sum, as PyTorch and TensorFlow add the derivatives up.
  @Test(arguments: [
    ("torch.autograd.backward([u, v])", "out", 16.0),
    ("torch.autograd.backward((u, v))", "out", 16),
    ("torch.autograd.backward([v])", "v", 12), ("torch.autograd.backward(tensors=[u])", "u", 4),
    ("torch.autograd.backward(u, torch.tensor(2.0))", "out", 8),
    (
      "torch.autograd.backward([u, v], grad_tensors=[torch.tensor(1.0), torch.tensor(0.5)])", "out",
      10
    ),
    ("torch.autograd.backward([u, v], [None, torch.tensor(2.0)])", "out", 28),
    ("g = torch.autograd.grad([u, v], x)[0]", "out", 16),
    ("u.backward(torch.tensor(3.0))", "out", 12),
  ])
  func severalOutputs(_ line: String, _ name: String, _ derivative: Double) throws {
    let trace = try trace("x = torch.tensor(2.0, requires_grad=True)\nu = x**2\nv = x**3\n\(line)")
    #expect(trace.nodes[trace.output].name == name)
    #expect(trace["x"]?.derivative == derivative)
  }

  @Test(arguments: [
    ("torch.autograd.backward(z, torch.tensor([1.0, 3.0]))", [2.0, 12]),
    ("torch.autograd.backward([z], grad_tensors=[torch.tensor([1.0, 0.5])])", [2, 2]),
    ("torch.autograd.backward([z, z[0]], [torch.ones(2), None])", [4, 4]),
    ("g = tape.gradient(z, x)", [2, 4]), ("g = tape.gradient([z, z[1]], x)", [2, 8]),
    ("g = tf.gradients(z, x)[0]", [2, 4]),
  ])
  func arraysAsOutputs(_ line: String, _ derivatives: [Double]) throws {
    let trace = try trace(
      "x = tf.constant([1.0, 2.0])\nwith tf.GradientTape() as tape:\n    z = x**2\n\(line)")
    #expect(trace["x"]?.arrayDerivative?.entries == derivatives)
  }

  @Test func asManyWeightsAsValues() {
    let line = "torch.autograd.backward([u, v], [torch.tensor(1.0)])"
    #expect(
      message("x = 2.0\nu = x**2\nv = x**3\n\(line)") == "2 values to differentiate, 1 weight")
    #expect(
      message("x = 2.0\nu = [x, x]\ng = torch.autograd.grad([[], u], x)")
        == "0 values to differentiate, 0 weights")
  }

  /// `create_graph=True` of `backward` makes nodes of the derivatives.
  @Test(arguments: [
    ("g = x.grad\nx.grad = None\ng.backward()", 12.0),
    ("z = x.grad * x\nx.grad = None\nz.backward()", 36),
    ("w = x**2\nw.backward(create_graph=True)\n(x.grad * 2).backward()", 28),
    ("w = x**2\nw.backward()\n(x.grad * x).backward()", 40),
  ])
  func derivativesOfDerivatives(_ lines: String, _ derivative: Double) throws {
    let trace = try trace(
      "x = torch.tensor(2.0, requires_grad=True)\ny = x**3\ny.backward(create_graph=True)\n\(lines)"
    )
    #expect(trace["x"]?.derivative == derivative)
  }

  /// What counts or rounds has no derivative; that something else is the output is said.
  @Test(arguments: ["y = x // 2", "y = x % 2", "y = round(x)", "y = len([x, x])"])
  func aNumberWithoutADerivativeIsNoOutput(_ line: String) throws {
    let (trace, warnings) = try Program(Source("test.py", text: "x = 2\nu = x*x\n\(line)")).trace()
    #expect(trace.nodes[trace.output].name == "u")
    #expect(warnings.map(\.code) == ["guessed-output"])
    let asked = try Program(Source("test.py", text: "x = 2\nu = x*x\n\(line)")).trace(of: "u")
    #expect(asked.warnings.isEmpty)
  }

  // MARK: Parameters

  @Test(arguments: [
    ("x = torch.tensor(3.0, requires_grad=True)", false), ("x = torch.tensor(3.0)", true),
    ("x = torch.tensor(3.0, requires_grad=False)", true),
    ("x = nn.Parameter(torch.tensor(3.0))", false),
    ("x = torch.nn.Parameter(torch.tensor(3.0), requires_grad=False)", true),
    ("x = tf.Variable(3.0)", false), ("x = tf.Variable(3.0, trainable=False)", true),
    ("x = tf.constant(3.0)", true), ("x = Variable(3.0)", true), ("x = 3.0", true),
    ("x = torch.tensor(3.0)\nx.requires_grad = True", false),
    ("x = torch.tensor(3.0, requires_grad=True)\nx.requires_grad = False", true),
    ("x = torch.tensor(3.0)\nx.requires_grad_()", false),
    ("x = torch.tensor(3.0)\nx.requires_grad_(False)", true),
    ("x = torch.tensor(3.0).requires_grad_()", false), ("x = tf.constant(3.0)\nt.watch(x)", false),
    ("x = 2*torch.tensor(1.5, requires_grad=True)", false),
    ("v = 3.0\nx = v\nx.requires_grad_()", false),
  ])
  func marks(_ lines: String, _ isData: Bool) throws {
    let trace = try trace(
      "w = torch.tensor(2.0, requires_grad=True)\n\(lines)\ny = w*x\ny.backward()")
    #expect(trace["x"]?.isData == isData)
    #expect(trace["w"]?.isData == false)
    #expect(trace["y"]?.isData == false)
    #expect(trace["x"]?.derivative == 2)
  }

  @Test func whatIsComputedFromDataIsData() throws {
    let trace = try trace(
      "w = torch.tensor(2.0, requires_grad=True)\nx = 3\nu = (x - 1)/2\ny = w*u + x")
    #expect(trace.nodes.filter(\.isData).map(\.id) == ["x", "k1", "t1", "k2", "u"])
    #expect(trace.detailed(.statements).nodes.filter(\.isData).map(\.id) == ["x", "u"])
    #expect(trace.parameters == [0])
    #expect(trace.marking(parameters: [1]).nodes.filter(\.isData).map(\.id) == ["w", "k1", "k2"])
  }

  @Test func withoutMarksNothingIsData() throws {
    #expect(try trace("w = 2\nx = 3\ny = w*x").nodes.allSatisfy { !$0.isData })
    // Nor where the output depends on no parameter.
    let unused = "w = torch.tensor(2.0, requires_grad=True)\nx = 3\ny = x*x"
    #expect(try trace(unused).nodes.allSatisfy { !$0.isData })
  }

  // MARK: Ties

  @Test(arguments: [
    ("max(x, 0)", 0.0), ("max(0, x)", 0), ("np.maximum(0, x)", 0), ("np.maximum(x, 0.0)", 0),
    ("np.minimum(x, 0)", 0), ("min(0, x)", 0), ("max(x, -1 + 1)", 0), ("max(0, x, 0)", 0),
    ("max(x, x)", 1), ("maximum(x, u)", 0.5), ("max(x, u)", 0.5), ("min(u, x)", 0.5),
    ("torch.maximum(x, torch.tensor(0.0))", 0.5), ("torch.maximum(x, 0)", 0.5),
    ("torch.minimum(0, x)", 0.5), ("torch.max(x, 0)", 0.5), ("x.maximum(0)", 0.5),
    ("jnp.maximum(0, x)", 0.5), ("clip(x, 0, 1)", 1), ("clip(x, -1, 0)", 1), ("relu(x)", 0),
    ("max(x + 1, 0)", 1), ("max(x - 1, 0)", 0), ("max(x, 0, u)", 0),
  ])
  func ties(_ expression: String, _ derivative: Double) throws {
    let trace = try trace("x = 0\nu = 0\ny = \(expression)")
    #expect(trace["x"]?.derivative == derivative)
  }

  /// PyTorch takes a whole number for an axis, and compares with a tensor of one number.
  @Test(arguments: [
    ("torch.max(x, torch.tensor(0.0)).sum()", [1.0, 0]), ("torch.max(x, b).sum()", [1, 0]),
    ("torch.min(x, other=b).sum()", [0, 1]), ("x.max(b).sum()", [1, 0]),
    ("torch.max(x, x.mean()).sum()", [1.5, 0.5]), ("torch.max(x, 0)[0]", [1, 0]),
    ("torch.max(x, dim=0).values", [1, 0]), ("x.max(0).values", [1, 0]),
  ])
  func axesAndNumbers(_ expression: String, _ derivatives: [Double]) throws {
    let trace = try trace("x = torch.tensor([3.0, -1.0])\nb = torch.tensor(0.0)\ny = \(expression)")
    #expect(trace["x"]?.arrayDerivative?.entries == derivatives)
  }
}
