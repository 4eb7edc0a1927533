import GradCore
import GradLanguage
import TestSupport
import Testing

/// The worked examples with known numbers, each `name value derivative` to the digits published.
@Suite struct GalleryTests {
  struct Entry: Sendable, CustomTestStringConvertible {
    var name: String
    var program: String
    var numbers: [(String, Double?, Double?)]
    var tolerance = 1e-9
    var testDescription: String { name }
  }

  static let entries: [Entry] = [
    Entry(
      name: "lecture", program: "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v",
      numbers: [
        ("a", 5, 3), ("b", 3, 6), ("c", 2, 9), ("u", 6, 3), ("v", 11, 3), ("J", 33, 1),
      ]),
    Entry(
      name: "lab-network", program: "w=3; a=2+3*w; J=a**2",
      numbers: [("w", 3, 66), ("a", 11, 22), ("J", 121, 1)]),
    Entry(
      name: "cs231n-compound", program: "x=-2; y=5; z=-4; q=x+y; f=q*z",
      numbers: [("x", -2, -4), ("y", 5, -4), ("z", -4, 3), ("q", 3, -4), ("f", -12, 1)]),
    Entry(
      name: "cs231n-neuron",
      program: "w0=2; x0=-1; w1=-3; x1=-2; w2=-3; f=1/(1+exp(-(w0*x0+w1*x1+w2)))",
      numbers: [
        ("w0", 2, -0.20), ("x0", -1, 0.39), ("w1", -3, -0.39), ("x1", -2, -0.59), ("w2", -3, 0.20),
        ("f", 0.73, 1), ("t4", 1, 0.20), ("t5", -1, -0.20), ("t6", 0.37, -0.53),
        ("t7", 1.37, -0.53),
      ], tolerance: 0.005),
    Entry(
      name: "cs231n-patterns", program: "x=3; y=-4; z=2; w=-1; f=2*(x*y+max(z,w))",
      numbers: [("x", 3, -8), ("y", -4, 6), ("z", 2, 2), ("w", -1, 0), ("f", -20, 1)]),
    Entry(
      name: "colah", program: "a=2; b=1; c=a+b; d=b+1; e=c*d",
      numbers: [("a", 2, 2), ("b", 1, 5), ("c", 3, 2), ("d", 2, 3), ("e", 6, 1)]),
    Entry(
      name: "baydin", program: "x1=2; x2=5; v1=log(x1); v2=x1*x2; v3=sin(x2); v4=v1+v2; v5=v4-v3",
      numbers: [
        ("v1", 0.6931, 1), ("v2", 10, 1), ("v3", -0.9589, -1), ("v4", 10.6931, 1),
        ("v5", 11.6521, 1), ("x1", 2, 5.5), ("x2", 5, 1.716337815),
      ], tolerance: 5e-5),
    Entry(
      name: "karpathy-product", program: "a=2; b=-3; c=10; f=-2; e=a*b; d=e+c; L=d*f",
      numbers: [
        ("a", 2, 6), ("b", -3, -4), ("c", 10, -2), ("f", -2, 4), ("e", -6, -2), ("d", 4, -2),
        ("L", -8, 1),
      ]),
    Entry(
      name: "karpathy-neuron",
      program: "x1=2; x2=0; w1=-3; w2=1; b=6.8813735870195432; n=x1*w1+x2*w2+b; o=tanh(n)",
      numbers: [
        ("x1", 2, -1.5), ("w1", -3, 1), ("x2", 0, 0.5), ("w2", 1, 0), ("b", nil, 0.5),
        ("n", 0.881373587, 0.5), ("o", 0.7071067812, 1),
      ]),
    Entry(
      name: "logistic",
      program: """
        w1=2; x1=-1; w2=-3; x2=-2; b=-3; y=1; z=w1*x1+w2*x2+b; a=sigmoid(z)
        L=-(y*log(a)+(1-y)*log(1-a))
        """,
      numbers: [
        ("z", 1, -0.2689414214), ("a", 0.7310585786, -1.367879441), ("L", 0.3132616875, 1),
        ("w1", 2, 0.2689414214), ("x1", -1, -0.5378828427), ("w2", -3, 0.5378828427),
        ("x2", -2, 0.8068242641), ("b", -3, -0.2689414214), ("y", 1, -1),
      ]),
    Entry(name: "self-product", program: "x=3; y=x*x", numbers: [("x", 3, 6)]),
    Entry(
      name: "detached", program: "x=2; u=stop_gradient(x*x); z=u*x",
      numbers: [("x", 2, 4), ("z", 8, 1)]),
    Entry(
      name: "hips-tanh", program: "x=1; y=exp(-2.0*x); t=(1.0-y)/(1.0+y)",
      numbers: [("x", 1, 0.41997434161402603)], tolerance: 1e-15),
    Entry(
      name: "cs231n-staged",
      program: """
        x=3; y=-4; sigy=1/(1+exp(-y)); num=x+sigy; sigx=1/(1+exp(-x)); xpy=x+y; xpysqr=xpy**2
        den=sigx+xpysqr; invden=1/den; f=num*invden
        """,
      numbers: [
        ("x", 3, 2.059569796), ("y", -4, 1.592232751), ("sigy", 0.01798620996, 0.5121444488),
        ("num", 3.01798621, 0.5121444488), ("sigx", 0.9525741268, -0.7915934473),
        ("xpy", -1, 1.583186895), ("den", 1.952574127, -0.7915934473),
        ("invden", 0.5121444488, 3.01798621), ("f", 1.545644884, 1),
      ]),
  ]

  @Test(arguments: entries) func numbers(_ entry: Entry) throws {
    let (trace, warnings) = try Program(Source(entry.name, text: entry.program)).trace()
    #expect(warnings.isEmpty)
    for (name, value, derivative) in entry.numbers {
      let node = try #require(trace[name], "\(name) of \(entry.name)")
      if let value { expectClose(node.value, value, tolerance: entry.tolerance, "\(name)") }
      if let derivative {
        expectClose(node.derivative, derivative, tolerance: entry.tolerance, "\(name)")
      }
    }
  }

  /// `name=value` and the values that follow.
  static let nudges: [(program: Int, setting: String, values: [(String, Double)])] = [
    (0, "v=11.001", [("J", 33.003)]), (0, "a=5.001", [("v", 11.001), ("J", 33.003)]),
    (0, "b=3.001", [("u", 6.002), ("v", 11.002), ("J", 33.006)]),
    (0, "c=2.001", [("u", 6.003), ("v", 11.003), ("J", 33.009)]),
    (1, "w=3.001", [("J", 121.066009)]),
  ]

  @Test func nudged() throws {
    for (index, setting, values) in Self.nudges where setting != "v=11.001" {
      let program = Program(Source("nudge", text: Self.entries[index].program))
      let settings = try InputValue.parse(Source("--set", text: setting))
      let trace = try program.trace(settings: settings).trace
      for (name, value) in values {
        expectClose(try #require(trace[name]).value, value, tolerance: 1e-12, "\(setting) \(name)")
      }
    }
  }

  @Test func nudgedIntermediates() throws {
    // A computed name cannot be set; the rest of the program, read alone, says what its nudge does.
    for (setting, J) in [("v=11.001", 33.003), ("v=5+6.001", 33.003)] {
      let trace = try Program(Source("rest", text: "J=3*v")).trace(
        settings: InputValue.parse(Source("--set", text: setting))
      ).trace
      expectClose(try #require(trace["J"]).value, J, tolerance: 1e-12, "\(setting)")
    }
  }

  @Test func details() throws {
    let square = try Program(Source("self-product", text: "x=3; y=x*x")).trace().trace
    #expect(square.edges.map(\.partial) == [3, 3])
    let gate = try Program(Source("sigma", text: "x=1; f=sigmoid(x)")).trace().trace
    expectClose(gate.edges[0].partial, 0.1966119332, tolerance: 1e-9, "sigmoid")
  }
}
