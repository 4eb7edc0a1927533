import GradCore
import GradLanguage
import TestSupport
import Testing

/// What JAX and functools write instead of loops and functions with names; the numbers are JAX's.
@Suite struct FunctionalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let value: Double
    let gradient: [Double]
    var testDescription: String { text }

    /// A program whose last line gives y, which is differentiated by x.
    init(_ text: String, _ value: Double, _ gradient: [Double]) {
      self.text = "import jax\nimport jax.numpy as jnp\nfrom jax import lax\n" + text
      (self.value, self.gradient) = (value, gradient)
    }
  }

  static let cases = [
    Case(
      """
      def f(v):
          return jnp.sin(v)*v
      x = jnp.array([0.5, 1.0, 2.0])
      y = jnp.sum(jax.vmap(f)(x)**2)
      """, 4.072822871767277, [0.4402165932679043, 2.325444263372824, 0.28007726049551085]),
    Case(
      """
      def h(w, row):
          return jnp.dot(w, row)**2
      x = jnp.array([1.0, 2.0])
      X = jnp.array([[0.1, 0.2], [0.3, 0.4]])
      y = jnp.mean(jax.vmap(h, in_axes=(None, 0))(x, X))
      """, 0.73, [0.38, 0.54]),
    Case(
      """
      def step(h, v):
          h = jnp.tanh(0.5*h + v)
          return h, h*2
      x = 0.1
      h, hs = lax.scan(step, x, jnp.array([0.5, 1.0, 2.0]))
      y = h + jnp.sum(hs)
      """, 5.651072064877484, [0.8569483035308673]),
    Case(
      "x = 1.1\ny = jax.lax.fori_loop(0, 3, lambda i, v: v*v + i, x)", 8.07178881,
      [26.2377368]),
    Case(
      "x = jnp.array([0.5, 1.0, 2.0])\ny = jnp.sum(jax.nn.gelu(x))", 3.1415036945211954,
      [0.8673699035346423, 1.0829640838457828, 1.0860992566236183]),
    Case(
      "def f(v):\n    return v**2 + 1\nx = 3.0\ny = jax.jit(f)(x)", 10, [6]),
    Case("f = lambda v: v**3\nfast = jax.jit(f)\nx = 2.0\ny = fast(x)", 8, [12]),
    Case(
      """
      from functools import partial
      x = 3.0
      half = partial(lambda k, v, power=1: k*v**power, 0.5, power=2)
      y = half(x)
      """, 4.5, [3]),
    Case(
      """
      tree = {"w": 2.0, "b": [1.0, 3.0]}
      x = 0.5
      scaled = jax.tree_util.tree_map(lambda p, q: p*q*x, tree, tree)
      y = scaled["w"] + scaled["b"][1]
      """, 6.5, [13]),
    Case(
      """
      x = jnp.array([1.0, 2.0, 3.0])
      y = jnp.sum(x.at[0].set(5.0)**2 + x.at[1:].multiply(3.0).at[0].add(1.0))
      """, 55, [1, 7, 9]),
    Case(
      """
      x = 1.5
      y = lax.cond(x > 1.0, lambda t: t**3, lambda t: -t, x) + lax.cond(x > 5, jnp.sin, jnp.cos, x)
      """, 3.445737201667703, [5.752505013395946]),
    Case(
      """
      from typing import NamedTuple
      class P(NamedTuple):
          w: float
          b: dict
      x = 1.5
      p = P(x, {'k': x**2})
      q = jax.tree_util.tree_map(lambda a, b: a*b, p, p)
      y = q.w + q.b['k'] + sum(jax.tree_util.tree_leaves(q))
      """, 14.625, [33]),
    Case(
      """
      def f(v):
          return jnp.sum(v**2), v*2
      x = jnp.array([1.0, 2.0])
      (y, more), dx = jax.value_and_grad(f, has_aux=True)(x)
      """, 5, [2, 4]),
  ]

  @Test(arguments: cases) func numbers(_ given: Case) throws {
    let trace = try Program(Source("test", text: given.text)).trace().trace
    #expect(trace.nodes[trace.output].name == "y")
    expectClose(trace.nodes[trace.output].value, given.value, "value")
    let x = try #require(trace["x"])
    let gradient = x.arrayDerivative?.entries ?? [x.derivative]
    #expect(gradient.count == given.gradient.count)
    for (own, wanted) in zip(gradient, given.gradient) { expectClose(own, wanted, "derivative") }
  }

  /// The derivative of a function without a name is that of one with a name.
  @Test func derivativesOfFunctionsWithoutNames() throws {
    let text = """
      import jax
      x = 2.0
      df = jax.grad(lambda v: v**3)(x)
      ddf = jax.grad(lambda v: v**2)(x)
      """
    let trace = try Program(Source("test", text: text)).trace().trace
    #expect(trace["df"]?.value == 12)
    #expect(trace["ddf"]?.value == 4)
  }

  /// Derivatives by a named tuple are a named tuple; what a function returns besides is beside them.
  @Test func derivativesByNamedTuples() throws {
    let text = """
      import jax
      from typing import NamedTuple
      class Params(NamedTuple):
          w: float
          b: float
      def loss(p, x):
          return (p.w*x + p.b)**2, p.w*x
      params = Params(2.0, -1.0)
      grads, product = jax.grad(loss, has_aux=True)(params, 3.0)
      dw, db = grads.w, grads.b
      step = jax.tree_util.tree_map(lambda p, g: p - 0.1*g, params, grads)
      last = step.w
      more = product
      """
    let trace = try Program(Source("test", text: text)).trace().trace
    #expect(trace["dw"]?.value == 30)
    #expect(trace["db"]?.value == 10)
    #expect(trace["last"]?.value == -1)
    #expect(trace["more"]?.value == 6)
  }

  /// Arguments by names that a function does not read are refused, rather than passed over.
  @Test(arguments: [
    ("xs = [2.0, 1.0]\nxs.sort(down=True)\ny = xs[0]*2", "'sort' has no argument 'down'"),
    ("y = sum([1.0, 2.0], initial=3)*2", "'sum' has no argument 'initial'"),
    ("xs = [1.0]\nxs.append(value=2)\ny = xs[0]*2", "'append' has no argument 'value'"),
    ("x = 1.0\nit = iter([])\ny = next(it)*x", "the iterator has no item left"),
    ("x = 1.0\ny = next([x])*x", "'next' takes an iterator, not a list"),
    ("s = set([1, 2])\ny = s[0]*2", "a set has no order"),
    (
      "import jax\ndef f(v):\n    return v, v\nx = 2.0\ny = jax.grad(f)(x)",
      "what is differentiated is one number, not a tuple"
    ),
    (
      "import jax.numpy as jnp\nx = jnp.ones(3)\ny = jnp.sum(x.at[jnp.array([0, 0])].add(1.0))",
      "a place that is named twice is changed once here, and twice in JAX"
    ),
    (
      "import jax.numpy as jnp\nx = jnp.ones(3)\ny = jnp.sum(x.at[0].apply(1.0))",
      "no method is called 'apply' there"
    ),
    (
      "from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(1.0)\ny = p.a*2",
      "'P' is not given its field 'b'"
    ),
    (
      "import jax\nimport jax.numpy as jnp\nf = lambda a, b: a*b\n"
        + "y = jnp.sum(jax.vmap(f)(jnp.ones(2), jnp.ones(3)))",
      "'vmap' goes along axes of 2 and of 3 entries"
    ),
    (
      "import jax\nimport jax.numpy as jnp\nf = lambda h, v: h*v\n"
        + "h, hs = jax.lax.scan(f, 1.0, jnp.ones(2))\ny = h*2",
      "a number has no items"
    ),
    (
      "def f(x):\n    return x\ndef g(x):\n    yield from f(x)\ny = g(2.0)",
      "a number has no items"
    ),
  ])
  func mistakes(_ text: String, _ message: String) throws {
    do {
      _ = try Program(Source("test", text: text)).trace()
      Issue.record("\(text) is read")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }
}
