import GraphvizGrad
import TestSupport
import Testing

/// Training loops whose rate changes, whose parameters have rates of their own, and which go over batches.
@Suite struct TrainingTests {
  private static let begin = """
    import torch
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    b = torch.tensor(0.5, requires_grad=True)
    X = torch.tensor([[0.3, 0.5], [-0.4, 0.2], [0.3, 0.7], [1.0, -0.5]])
    Y = torch.tensor([1.0, 0.0, 0.5, 2.0])

    """
  private static let step = """
        loss = ((X @ w + b - Y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()

    """
  private static let byHand = """
        loss = ((X @ w + b - Y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad = None
        b.grad = None

    """
  private static let sgd = "opt = torch.optim.SGD([w, b], lr=0.2)\n"

  private func descent(_ text: String) throws -> (descent: Descent, warnings: [Diagnostic]) {
    try FigureRequest(Source("program.py", text: Self.begin + text)).figure().descent(
      DescentRequest())
  }

  /// The rates of PyTorch's own runs.
  @Test(
    arguments: [
      ("lr = 0.2\nfor t in range(3):\n\(byHand)    lr *= 0.5\n", [0.2, 0.1, 0.05]),
      ("lr = 0.2\nfor t in range(3):\n    lr *= 0.5\n\(byHand)", [0.1, 0.05, 0.025]),
      ("for t in range(3):\n    lr = 0.2 / (1 + t)\n\(byHand)", [0.2, 0.1, 0.2 / 3]),
      (
        "lr = 0.2\nfor t in range(4):\n\(byHand)    if t % 2 == 1:\n        lr *= 0.5\n",
        [0.2, 0.2, 0.1, 0.1]
      ),
      (
        "\(sgd)s = torch.optim.lr_scheduler.StepLR(opt, 2, gamma=0.5)\nfor t in range(5):\n\(step)    s.step()\n",
        [0.2, 0.2, 0.1, 0.1, 0.05]
      ),
      (
        "\(sgd)for t in range(3):\n\(step)    for g in opt.param_groups:\n        g['lr'] *= 0.5\n",
        [0.2, 0.1, 0.05]
      ),
    ] as [(String, [Double])])
  func ratesChange(_ text: String, _ rates: [Double]) throws {
    let (descent, warnings) = try descent(text)
    #expect(warnings.isEmpty, "\(warnings)")
    #expect(descent.rates.count == rates.count)
    for (own, rate) in zip(descent.rates, rates) {
      for number in own { expectClose(number, rate, tolerance: 1e-14) }
    }
    #expect(descent.csv.contains("rate of w,rate of b"))
  }

  @Test func parametersHaveRatesOfTheirOwn() throws {
    let groups = "opt = torch.optim.SGD([{'params': [w], 'lr': 0.05}, {'params': [b]}], lr=0.1)\n"
    #expect(
      try descent("\(groups)for t in range(2):\n\(Self.step)").descent.rates == [
        [0.05, 0.1], [0.05, 0.1],
      ])
  }

  @Test func batchesAreStepsOfTheirOwn() throws {
    let text = """
      \(Self.sgd)for epoch in range(3):
          for i in range(0, 4, 2):
              loss = ((X[i:i+2] @ w + b - Y[i:i+2]) ** 2).mean()
              opt.zero_grad()
              loss.backward()
              opt.step()
      """
    let (descent, warnings) = try descent(text)
    #expect(descent.steps.count == 7 && warnings.isEmpty, "\(warnings)")
    #expect(descent.change == nil)
    // From PyTorch's own run of one epoch.
    #expect(descent.steps[1].loss != descent.steps[0].loss)
    var request = DescentRequest()
    request.count = 7
    let figure = try FigureRequest(Source("program.py", text: Self.begin + text)).figure()
    let error = #expect(throws: FigureError.self) { try figure.descent(request) }
    #expect(error?.description.contains("each with numbers of its own") == true)
  }

  @Test(
    arguments: [
      (
        "\(sgd)s = torch.optim.lr_scheduler.LambdaLR(opt, f)\nfor t in range(5):\n\(step)    s.step()\n",
        "LambdaLR"
      ),
      (
        "lr = 0.2\nfor t in range(3):\n    lr *= 0.5\n\(byHand)    lr *= 0.5\n",
        "both before and after"
      ),
      (
        "\(sgd)for t in range(3):\n\(step)    for g in opt.param_groups:\n        g['lr'] = 0.1 / (1 + t)\n",
        "neither a name nor a product"
      ),
    ])
  func whatIsNotFollowedIsRefusedByName(_ text: String, _ words: String) throws {
    let error = #expect(throws: FigureError.self) { try descent(text) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }
}
