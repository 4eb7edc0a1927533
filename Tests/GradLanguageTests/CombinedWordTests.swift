import GradCore
import GradLanguage
import Testing

/// Functions of arrays that are made of others: values and derivatives as PyTorch has them.
@Suite struct CombinedWordTests {
  static let start = """
    x = torch.tensor([1.0, 2.0, 3.5])
    A = torch.tensor([[1.0, 2.5], [3.0, -4.5]])
    c = torch.tensor([0.5, -1.0, 2.0])

    """

  @Test(
    arguments: [
      ("(torch.cumprod(x, 0)*c).sum()", 12.5, [12.5, 6, 4]),
      ("(x.cumprod(dim=-1)*c).sum()", 12.5, [12.5, 6, 4]),
      ("torch.frac(x*1.5).sum()", 0.75, [1.5, 1.5, 1.5]),
      ("(torch.lerp(x, c, 0.25)*c).sum()", 5.4375, [0.375, -0.75, 1.5]),
      ("torch.rsqrt(x[:1]*4).sum()", 0.5, [-0.25, 0, 0]),
      ("(x[0]/4).rsqrt()", 2, [-1, 0, 0]),
      ("x[1].rsqrt()*x[1].reciprocal()", 0.35355339059327373, nil),
      ("torch.fmax(x, c).sum()", 6.5, [1, 1, 1]), ("torch.fmin(x, c).sum()", 1.5, [0, 0, 0]),
      ("torch.max(x, torch.tensor(2)).sum()", 7.5, [0, 0.5, 1]),
      ("torch.min(x, torch.tensor(0)).sum()", 0, [0, 0, 0]),
      ("x.max(torch.tensor(1)).sum()", 6.5, [0.5, 1, 1]), ("torch.max(x, 0)[0]", 3.5, [0, 0, 1]),
      ("torch.reciprocal(x)[1]", 0.5, [0, -0.25, 0]),
      ("torch.addcmul(x, x, c, value=2).sum()", 17.5, [2, -1, 5]),
      ("torch.addcdiv(x, c, c).sum()", 9.5, [1, 1, 1]),
    ] as [(String, Double, [Double]?)])
  func isPyTorchs(_ expression: String, _ value: Double, _ derivatives: [Double]?) throws {
    let trace = try Program(Source("test.py", text: "\(Self.start)y = \(expression)")).trace().trace
    #expect(abs((trace["y"]?.value ?? .nan) - value) < 1e-14)
    if let derivatives { #expect(trace["x"]?.arrayDerivative?.entries == derivatives) }
  }

  @Test(arguments: [
    ("torch.diagonal(A).sum()", [1.0, 0, 0, 1]), ("A.diagonal(1).sum()", [0, 1, 0, 0]),
    ("np.diagonal(A, offset=-1).sum()", [0, 0, 1, 0]),
    ("(torch.cumprod(A, 1)).sum()", [3.5, 1, -3.5, 3]),
    ("(torch.cumprod(A, dim=0)).sum()", [4, -3.5, 1, 2.5]),
    ("np.cumprod(A)[3]", [-33.75, -13.5, -11.25, 7.5]),
  ])
  func ofMatrices(_ expression: String, _ derivatives: [Double]) throws {
    let trace = try Program(Source("test.py", text: "\(Self.start)y = \(expression)")).trace().trace
    #expect(trace["A"]?.arrayDerivative?.entries == derivatives)
  }

  /// `torch.func.grad_and_value` gives the derivative first.
  @Test(arguments: [
    ("g, v = torch.func.grad_and_value(f)(w)\nz = v - g", -4.0),
    ("from torch.func import grad_and_value\ng, v = grad_and_value(f)(w)\nz = v - g", -4),
    ("h = torch.func.grad_and_value(f)\ng, v = h(w)\nz = v - g", -4),
    ("z = torch.func.grad_and_value(f)(w)[0]", 8),
    ("r = torch.func.grad_and_value(f)(w)\nz = r[1] - r[0]", -4),
    ("v, g = jax.value_and_grad(f)(w)\nz = v - g", -4),
  ])
  func valuesBehindDerivatives(_ lines: String, _ value: Double) throws {
    let text = "def f(w):\n    return 2*w**2 - 4\nw = torch.tensor(2.0)\n\(lines)"
    let trace = try Program(Source("test.py", text: text)).trace().trace
    #expect(trace["z"]?.value == value)
    #expect(trace["w"]?.derivative == 8)
  }
}
