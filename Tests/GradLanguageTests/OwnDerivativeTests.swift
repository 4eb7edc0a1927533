import GradCore
import Testing

@testable import GradLanguage

/// Functions with derivatives of their own.
///
/// The numbers are those of PyTorch, JAX and TensorFlow.
@Suite struct OwnDerivativeTests {
  private func derivative(_ name: String, _ text: String) throws -> [Double] {
    let trace = try Program(Source("r.py", text: text)).trace().trace
    let node = try #require(trace.nodes.first { $0.name == name })
    return node.arrayDerivative?.entries ?? [node.derivative]
  }

  private func isSame(_ own: [Double], _ theirs: [Double]) -> Bool {
    own.count == theirs.count && zip(own, theirs).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) }
  }

  /// A class of PyTorch whose way back is `back`, and the sum of what it gives, weighted.
  private func program(_ forward: String, _ back: String) -> String {
    """
    import torch
    class F(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return \(forward)
        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return \(back)
    x = torch.tensor([0.5, -1.5, 2.0], requires_grad=True)
    J = (F.apply(x) * torch.tensor([1.0, 2.0, 3.0])).sum()
    J.backward()
    """
  }

  @Test func sameAsTheFormula() throws {
    let own = try derivative("x", program("x**2", "g * 2 * x"))
    #expect(isSame(own, [1, -6, 12]))
  }

  @Test func factorsOfWhatComesBack() throws {
    #expect(isSame(try derivative("x", program("x", "-0.5 * g")), [-0.5, -1, -1.5]))
    let step = program("(x > 0).float()", "g * (x.abs() <= 1).float()")
    #expect(isSame(try derivative("x", step), [1, 0, 0]))
  }

  @Test(arguments: ["g.clamp(-1, 1)", "g * g", "g.flip(0)", "g.sum() + 0 * g"])
  func refusesMore(_ back: String) {
    let program = Program(Source("r.py", text: program("x", back)))
    #expect(throws: ProgramError.self) { try program.trace() }
  }

  @Test func ofJAXAndTensorFlow() throws {
    let head = "import jax\nimport jax.numpy as jnp\n"
    let pair = """
      @jax.custom_vjp
      def f(x, y):
          return jnp.sin(x) * y
      def forward(x, y):
          return f(x, y), (jnp.cos(x), jnp.sin(x), y)
      def backward(kept, g):
          c, s, y = kept
          return c * g * y, s * g
      f.defvjp(forward, backward)
      x = 0.0
      d = jax.grad(f)(x, 2.0)
      """
    #expect(isSame(try derivative("x", head + pair), [2]))
    let tangents = """
      @jax.custom_jvp
      def f(x):
          return x ** 3
      @f.defjvp
      def f_jvp(primals, tangents):
          x, = primals
          dx, = tangents
          return f(x), FACTOR * x ** 2 * dx
      x = 2.0
      d = jax.grad(f)(x)
      """
    #expect(
      isSame(try derivative("x", head + tangents.replacing("FACTOR", with: "3")), [12]))
    let wrong = Program(
      Source("r.py", text: head + tangents.replacing("FACTOR", with: "2")))
    #expect(throws: ProgramError.self) { try wrong.trace() }
    let returned = """
      import tensorflow as tf
      @tf.custom_gradient
      def f(x):
          def back(upstream):
              return upstream * 7
          return x * x, back
      x = tf.Variable(3.0)
      with tf.GradientTape() as tape:
          y = f(x)
      d = tape.gradient(y, x)
      """
    #expect(isSame(try derivative("x", returned), [7]))
  }
}
