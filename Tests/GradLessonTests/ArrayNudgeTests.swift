import GradCore
import GradFigure
import GradLanguage
import Testing

@testable import GradLesson

/// Nudges of entries of arrays: what moves, and what that is beside the derivative.
@Suite struct ArrayNudgeTests {
  private let norm =
    "W=np.array([[0.1, 0.5], [-0.3, 0.8]]); x=np.array([0.2, 0.4]); q=W@x; f=np.sum(q**2)"

  private func effect(
    _ program: String, _ name: String, by amount: Double = 0.001,
    _ change: (inout FigureOptions) -> Void = { _ in }
  ) throws -> NudgeEffect {
    try #require(try NudgeEffect(trace(program), Nudge(name, by: amount), .with(change)))
  }

  @Test(arguments: [
    (
      "W[0,1]", ["W[0, 1]: 0.5 → 0.501", "q[0]: 0.22 → 0.2204", "f: 0.116 → 0.11617616"],
      "dW[0, 1] = 0.176"
    ),
    (
      "W[-1, -2]", ["W[1, 0]: −0.3 → −0.299", "q[1]: 0.26 → 0.2602", "f: 0.116 → 0.11610404"],
      "dW[1, 0] = 0.104"
    ),
    ("q[0]", ["q[0]: 0.22 → 0.221", "f: 0.116 → 0.116441"], "dq[0] = 0.44"),
  ])
  func theNormOfAVector(_ name: String, _ changes: [String], _ derivative: String) throws {
    let effect = try effect(norm, name)
    #expect(
      effect.changes.map { "\($0.name.plain): \($0.text.before.plain) → \($0.text.after.plain)" }
        == changes)
    #expect(effect.derivativeChain.map(\.plain).joined(separator: " = ") == derivative)
    #expect(abs(effect.quotient - effect.derivative) < 2e-3)
  }

  @Test func derivativesHaveTheirIndicesInEveryNotation() throws {
    let names = Notation.all.map { notation in
      try? effect(norm, "W[0,1]") { $0.notation = notation }.derivativeChain[0].plain
    }
    for name in ["dW[0, 1]", "df/dW[0, 1]", "∂f/∂W[0, 1]", "W.grad[0, 1]"] {
      #expect(names.contains(name), "\(names)")
    }
    #expect(try effect(norm, "W[0,1]").quotientChain[0].plain == "Δf/ΔW[0, 1]")
  }

  @Test func anArrayOfOneEntryNeedsNoIndices() throws {
    let program = "b=np.array([[2.0]]); x=np.array([1.0, 3.0]); y=np.sum(b*x)"
    for name in ["b", "b[0,0]"] {
      let effect = try effect(program, name)
      #expect(effect.derivativeChain.map(\.plain) == ["db", "4"])
      #expect(effect.quotient == 4)
    }
  }

  @Test func anOutputOfOneEntryCountsAsANumber() throws {
    let effect = try effect("x=np.array([1.0, 2.0]); y=x[0:1]*x[1:2]", "x[0]")
    #expect(effect.quotient == 2 && effect.derivative == 2)
    #expect(effect.changes.map(\.name.plain) == ["x[0]", "t₁[0]", "y[0]"])
  }

  @Test func ofALargeArrayTheLargestChangeIsTold() throws {
    let program =
      "w=np.array([1.0, 2.0]); X=np.arange(60).reshape(2, 30); z=w@X; J=np.mean(z)"
    let effect = try effect(program, "w[0]")
    let change = try #require(effect.changes.first { $0.id == "z" })
    #expect(change.all?.count == 29 && change.all?.shape == [30])
    #expect(change.place == [29])
    let table = NudgeFormat.table.write(effect)
    #expect(
      table.contains("z[29], the largest of 29 changes in 30 entries    147  →  147.029\n"),
      "\(table)")
    #expect(NudgeFormat.json.write(effect).contains("\"shape\": [30], \"changed\": 29,"))
    #expect(NudgeFormat.markdown.write(effect).contains("the largest of 29 changes"))
    let all = try self.effect(program, "w[0]") { $0.entries = 30 }
    #expect(all.changes.count { $0.id == "z" } == 29)
  }

  /// Every kind of operation: the values after the nudge are those of the program with the entry.
  @Test(arguments: [
    "y=np.sum(np.tanh(X)*X)", "y=np.mean(softmax(X, axis=1)[:, 0]**2)", "y=np.sum(X.T @ X)",
    "y=np.max(X) + np.prod(X) + np.std(X)", "y=np.sum(np.concatenate([X, 2*X], axis=0)[1:3])",
    "y=np.sum(np.cumsum(X, axis=1)**2)", "y=np.sum(X[[1, 0, 1]]*X[0])",
    "y=np.sum(np.einsum(\"ij,kj->ik\", X, X))", "y=np.sum(X.reshape(3, 2) * np.ones((3, 1)))",
    "y=F.cross_entropy(X, torch.tensor([1, 0]))", "Z=X*1; Z[0, 1]=X[1, 1]; y=np.sum(Z**3)",
    "y=np.sum(np.where(X > 0, X, 0.1*X)) + np.linalg.norm(X)",
    "y=np.sum(F.conv2d(X.reshape(1, 1, 2, 3), np.array([[[[1.0, -2.0]]]])))",
  ])
  func theValuesAfterwardsAreThoseOfTheEditedProgram(_ rest: String) throws {
    let program = Program(
      Source("t.grad", text: "X=np.array([[0.5, -1.5, 2.0], [1.25, 0.75, -0.25]]); \(rest)"))
    let before = try program.trace().trace
    let evaluator = try program.evaluator()
    for entry in 0..<6 {
      var values = evaluator.inputs.map(\.value)
      values[entry] += 0.01
      let expected = try evaluator.trace(at: values)
      let moved = before.values(moving: Trace.Place(node: 0, entry: entry), by: 0.01)
      for index in before.nodes.indices {
        let own =
          moved.arrays[index] ?? before.nodes[index].array ?? NumberArray(moved.numbers[index])
        #expect(own == expected.nodes[index].anyValue, "\(before.nodes[index].id)")
      }
    }
  }

  @Test(arguments: [
    ("W[2,0]", "'W[2,0]': index 2 is out of range for an axis of 2"),
    ("W[0,-3]", "'W[0,-3]': index -3 is out of range for an axis of 2"),
    ("W[0]", "'W' of (2, 2) has 2 axes, and 1 index was given"),
    ("x[0,0]", "'x' of (2,) has 1 axis, and 2 indices were given"),
    ("W", "'W' is an array of (2, 2), and a nudge moves one number"),
    ("f[0]", "'f' is a number, which has no entries"), ("W[a]", "'W[a]' is no entry"),
    ("W[]", "'W[]' is no entry"), ("W[0,]", "'W[0,]' is no entry"),
  ])
  func whatIsNoEntrySaysSo(_ name: String, _ message: String) throws {
    let trace = try trace(norm)
    #expect(NudgeEffect(trace, Nudge(name, by: 1)) == nil)
    do throws(ShapeFault) {
      _ = try trace.number(named: name, "a nudge moves")
      Issue.record("\(name) is a number")
    } catch {
      #expect(error.message == message)
      #expect(error.help != nil)
    }
  }

  @Test func theElementOfAListIsANode() throws {
    let trace = try trace("ws=[1.0, 2.0]; x=3; y=x*ws[1]")
    for node in trace.nodes { #expect(try trace.place(named: node.id)?.entry == nil) }
  }
}
