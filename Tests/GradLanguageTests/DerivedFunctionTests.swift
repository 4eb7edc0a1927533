import GradCore
import Testing

@testable import GradLanguage

/// Derivatives as functions, such as the `grad(f)` of `vmap(grad(f))`.
///
/// The numbers are those of JAX.
@Suite struct DerivedFunctionTests {
  private let head =
    "import jax\nimport jax.numpy as jnp\nfrom jax import grad, jacrev, jacfwd, vmap\n"

  private func trace(_ text: String) throws -> Trace {
    try Program(Source("r.py", text: head + text)).trace().trace
  }

  private func entries(_ name: String, _ trace: Trace) -> [Double]? {
    trace.nodes.last { $0.name == name }.map { $0.array?.entries ?? [$0.value] }
  }

  @Test func gradientsOfEachExampleAreDifferentiatedAgain() throws {
    let trace = try trace(
      """
      def loss(w, x, y):
          return (jnp.dot(x, w) - y)**2
      w = jnp.array([1.0, -1.0])
      X = jnp.array([[1.0, 2.0], [3.0, 4.0]])
      Y = jnp.array([0.5, -0.5])
      g = vmap(grad(loss), in_axes=(None, 0, 0))(w, X, Y)
      J = jnp.sum(g**2)
      """)
    #expect(entries("g", trace) == [-3, -6, -3, -4])
    #expect(trace.nodes.last { $0.name == "w" }?.arrayDerivative?.entries == [-360, -520])
  }

  @Test func matricesAreNumbers() throws {
    let trace = try trace(
      """
      def f(x):
          return x[0]**2 * x[1] + x[1]**3
      x = jnp.array([1.0, 2.0])
      H = jax.hessian(f)(x)
      G = jacfwd(jacrev(f))(x)
      R = jacrev(lambda v: v**2)(x)
      J = jnp.sum(H) + jnp.sum(G * R) + f(x)
      """)
    #expect(entries("H", trace) == [4, 2, 2, 12] && entries("G", trace) == [4, 2, 2, 12])
    #expect(entries("R", trace) == [2, 0, 0, 4])
    // Nothing goes back through them, but through f(x).
    #expect(trace.nodes.last { $0.name == "x" }?.arrayDerivative?.entries == [4, 13])
  }

  @Test func whatIsDifferentiatedIsTheOutput() throws {
    let trace = try trace(
      """
      def f(x):
          return jnp.sum(x**3)
      x = jnp.array([1.0, 2.0])
      y = f(x)
      H = jax.hessian(f)(x)
      print(H)
      """)
    #expect(trace.nodes[trace.output].name == "y" && trace.nodes[trace.output].value == 9)
    #expect(trace.calls.count == 1)
    #expect(trace.nodes.first { $0.name == "x" }?.arrayDerivative?.entries == [3, 12])
  }

  /// What is called again after it was differentiated is the same call, and its name that of the output.
  @Test(arguments: ["H = jax.hessian(f)(x)", "G = jacfwd(jax.grad(f))(x)", "J = jacrev(f)(x)"])
  func aLaterCallIsTheOneThatWasDifferentiated(_ line: String) throws {
    let trace = try trace(
      """
      def f(x):
          return jnp.sum(x**3)
      x = jnp.array([1.0, 2.0])
      \(line)
      loss = f(x)
      """)
    #expect(trace.nodes[trace.output].value == 9 && trace.calls.count == 1)
    #expect(trace.nodes.last { $0.name == "loss" }?.derivative == 1)
    #expect(trace.nodes.first { $0.name == "x" }?.arrayDerivative?.entries == [3, 12])
  }

  @Test(arguments: [
    ("H = grad(lambda x: x**2)\nG = vmap(grad(jax.hessian(f)))(x)", "up to second order"),
    ("g = vmap(grad(lambda v: v * x))(x)", "takes one number"),
    ("y, t = jax.jvp(f, (x,), (jnp.array([1.0]),))", "has no direction of"),
    ("y, back = jax.vjp(f, x)\ng = back(jnp.array([1.0, 2.0]))", "the result has the shape"),
    ("J = jacrev(x)(x)", "a function is differentiated"),
  ])
  func whatIsRefused(_ text: String, _ message: String) {
    let start = "x = jnp.array([1.0, 2.0])\ndef f(x):\n    return jnp.sum(x**2)\n"
    #expect {
      _ = try trace(start + text + "\nJ = f(x)\n")
    } throws: { error in
      (error as? ProgramError)?.diagnostics.contains { $0.message.contains(message) } ?? false
    }
  }
}
