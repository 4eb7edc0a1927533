import GradCore
import GradLanguage
import Testing

/// What stands behind a step of training outside of loops: it is not known.
@Suite struct TrainingStepTests {
  /// What follows a step that is left out is not known; where it is differentiated, that is said.
  @Test(arguments: [
    "with torch.no_grad():\n    w -= 0.1 * w.grad\nw.grad.zero_()",
    "with torch.no_grad():\n    w.sub_(0.1 * w.grad)\nw.grad.zero_()", "w.grad.mul_(3)",
    "opt = torch.optim.SGD([w], lr=0.1)\nopt.step()\nopt.zero_grad()",
    "torch.nn.utils.clip_grad_norm_([w], 1.0)\nw.data -= 0.1 * w.grad",
    "nn.utils.clip_grad_value_([w], 1.0)\nw.data -= 0.1 * w.grad",
  ])
  func nothingIsToldBehindAStep(_ lines: String) throws {
    let start = "w = torch.tensor(2.0, requires_grad=True)\nloss = (w*3 - 1)**2\nloss.backward()\n"
    let again = try Program(
      Source("test.py", text: "\(start)\(lines)\nloss = (w*3 - 1)**2\nloss.backward()\nv = w*w")
    ).trace()
    #expect(again.warnings.map(\.code) == ["first-pass"])
    #expect(again.trace.nodes[again.trace.output].id == "loss")
    #expect(again.trace["w"]?.derivative == 30)
    #expect(again.trace["loss@2"] == nil && again.trace["v"] == nil)
    let once = try Program(Source("test.py", text: "\(start)\(lines)\nv = w*w")).trace()
    #expect(once.warnings.isEmpty && once.trace["v"] == nil)
  }

  @Test(arguments: [
    "opt.zero_grad()\n    loss.backward()\n    opt.step()",
    "loss.backward()\n    with torch.no_grad():\n        w.sub_(0.1 * w.grad)\n    w.grad.zero_()",
  ])
  func nothingIsToldBehindAFunctionThatSteps(_ body: String) throws {
    let text = """
      w = torch.tensor(2.0, requires_grad=True)
      opt = torch.optim.SGD([w], lr=0.1)
      def step():
          loss = (w*3 - 1)**2
          \(body)
          return loss
      first = step()
      v = w*w
      second = step()
      """
    let (trace, warnings) = try Program(Source("test.py", text: text)).trace()
    #expect(warnings.map(\.code) == ["first-pass"])
    #expect(trace["first"]?.value == 25 && trace["w"]?.derivative == 30)
    #expect(trace["v"] == nil && trace["second"] == nil)
  }

  /// What a function goes on with behind a step has the weights before it: nothing shows it.
  @Test(arguments: [
    ("def both():\n    a = train()\n    b = train()\n    return a + b\ns = both()", true),
    ("def both():\n    return train() + train()\ns = both()", true),
    ("def both():\n    for i in range(2):\n        a = train()\n    return a\ns = both()", false),
    ("def after():\n    train()\n    return (w*3 - 1)**2\ns = after()", false),
    (
      "def after():\n    train()\n    l = (w*3 - 1)**2\n    l.backward()\n    return l\ns = after()",
      true
    ),
  ])
  func nothingIsToldBehindAStepInAFunction(_ lines: String, _ isWarned: Bool) throws {
    let text = """
      w = torch.tensor(2.0, requires_grad=True)
      opt = torch.optim.SGD([w], lr=0.1)
      def train():
          opt.zero_grad()
          loss = (w*3 - 1)**2
          loss.backward()
          opt.step()
          return loss

      """
    let program = Program(Source("test.py", text: text + lines))
    let (trace, warnings) = try program.trace()
    #expect(trace.nodes[trace.output].value == 25 && trace["w"]?.derivative == 30)
    #expect(warnings.contains { $0.code == "first-pass" } == isWarned || !isWarned)
    #expect(trace["s"] == nil || trace["s"]?.value == 25)
    if !lines.contains("return a\n") {
      let error = #expect(throws: ProgramError.self) { try program.trace(of: "s") }
      #expect(
        error?.diagnostics.first?.message == "'s' follows a step of training, and is not recorded")
    }
  }
}
