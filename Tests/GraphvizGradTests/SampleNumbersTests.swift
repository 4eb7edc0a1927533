import Foundation
import GraphvizGrad
import Testing

/// A worked example with the numbers that its publication prints.
struct Sample: Sendable, CustomTestStringConvertible {
  var name: String
  /// `name = value / derivative`, separated by commas; either number may be missing.
  var numbers: String
  var testDescription: String { name }

  init(_ name: String, _ numbers: String) {
    self.name = name
    self.numbers = numbers
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

  /// The program.
  func text() throws -> String {
    try String(contentsOf: Self.folder.appending(path: "\(name).grad"), encoding: .utf8)
  }

  static let all: [Sample] = [
    Sample("lecture", "a 5/3, b 3/6, c 2/9, u 6/3, v 11/3, J 33/1"),
    Sample("lab-network", "w 3/66, a 11/22, J 121/1"),
    Sample("cs231n-compound", "x -2/-4, y 5/-4, z -4/3, q 3/-4, f -12/1"),
    Sample(
      "cs231n-neuron",
      "w0 2/-0.20, x0 -1/0.39, w1 -3/-0.39, x1 -2/-0.59, w2 -3/0.20, t4 1.00/0.20, "
        + "t5 -1.00/-0.20, t6 0.37/-0.53, t7 1.37/-0.53, f 0.73/1.00"),
    Sample("cs231n-patterns", "x 3/-8, y -4/6, z 2/2, w -1/0, f -20/1"),
    Sample("colah", "a 2/2, b 1/5, c 3/2, d 2/3, e 6/1"),
    Sample(
      "baydin",
      "v1 0.6931/1, v2 10/1, v3 -0.9589/-1, v4 10.6931/1, v5 11.6521/1, x1 2/5.5, "
        + "x2 5/1.716337815"),
    Sample("karpathy-product", "a 2/6, b -3/-4, c 10/-2, f -2/4, e -6/-2, d 4/-2, L -8/1"),
    Sample(
      "karpathy-neuron",
      "x1 2/-1.5, w1 -3/1, x2 0/0.5, w2 1/0, b /0.5, n 0.881373587/0.5, o 0.7071067812/1"),
    Sample(
      "logistic",
      "z 1/-0.2689414214, a 0.7310585786/-1.367879441, L 0.3132616875/1, w1 2/0.2689414214, "
        + "x1 -1/-0.5378828427, w2 -3/0.5378828427, x2 -2/0.8068242641, b -3/-0.2689414214, y 1/-1"),
    Sample("self-product", "x 3/6, y 9/1"),
    Sample("detached", "x 2/4, z 8/1"),
    Sample("hips-tanh", "x 1/0.41997434161402603"),
    Sample(
      "cs231n-staged",
      "x 3/2.059569796, y -4/1.592232751, sigy 0.01798620996/0.5121444488, "
        + "num 3.01798621/0.5121444488, sigx 0.9525741268/-0.7915934473, xpy -1/1.583186895, "
        + "den 1.952574127/-0.7915934473, invden 0.5121444488/3.01798621, f 1.545644884/1"),
  ]
}

@Suite struct SampleNumbersTests {
  @Test(arguments: Sample.all)
  func numbersAreThoseOfThePublication(_ sample: Sample) throws {
    let trace = try Computation(parsing: sample.text(), named: sample.name).trace
    for entry in sample.numbers.split(separator: ",") {
      let words = entry.split(separator: " ")
      let node = try #require(trace[String(words[0])])
      let numbers = words[1].split(separator: "/", omittingEmptySubsequences: false)
      expect(node.value, isPrinted: numbers[0], "value of \(words[0])")
      expect(node.derivative, isPrinted: numbers[1], "derivative of \(words[0])")
    }
  }

  /// Whole numbers to a relative 1e-9, others to their last digit.
  private func expect(_ number: Double, isPrinted text: Substring, _ what: String) {
    guard let printed = Double(text) else { return }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    let half = decimals == 0 ? 0 : 0.5 * pow(10, -Double(decimals))
    let slack = max(1e-9 * abs(printed), decimals > 12 ? 0 : half * 1.000001)
    #expect(abs(number - printed) <= slack, "\(what)")
  }

  @Test func theNeuronReadsAsPublished() throws {
    let text = try #require(Sample.all.first { $0.name == "cs231n-neuron" }).text()
    let svg = try Computation(parsing: text).picture().text
    for number in [
      "1.00", "−1.00", "0.37", "1.37", "0.73", "0.20", "−0.20", "−0.53", "0.39", "−0.59",
    ] {
      #expect(svg.contains(number))
    }
  }

  @Test func sigmoidAsOneGate() throws {
    let trace = try Computation(parsing: "x = 1; f = sigmoid(x)").trace
    #expect(abs(trace.edges[0].partial - 0.1966119332) < 1e-10)
  }

  @Test func aValueUsedTwiceHasTwoEdges() throws {
    let trace = try Computation(parsing: "x = 3; y = x * x").trace
    #expect(trace.edges.map(\.partial) == [3, 3])
  }

  @Test(arguments: [
    ("v = 11.001", "", 33.003, [:]),
    ("u = 6.001", "", 33.003, [:]),
    ("", "a=5.001", 33.003, ["v": 11.001]),
    ("", "b=3.001", 33.006, ["u": 6.002, "v": 11.002]),
    ("", "c=2.001", 33.009, ["u": 6.003, "v": 11.003]),
  ])
  func nudgesOfTheLecture(
    _ line: String, _ setting: String, _ result: Double, _ others: [String: Double]
  ) throws {
    var text = try #require(Sample.all.first).text()
    if !line.isEmpty {
      let name = line.prefix(1)
      text = text.split(separator: "\n").map { $0.hasPrefix("\(name) =") ? line : String($0) }
        .joined(separator: "\n")
    }
    let settings = setting.isEmpty ? [] : try InputValue.parse(Source("--set", text: setting))
    let trace = try Computation(parsing: text, settings: settings).trace
    let numbers = NumberText(precision: 12)
    #expect(numbers(trace["J"]?.value ?? 0) == numbers(result))
    for (name, value) in others {
      #expect(numbers(trace[name]?.value ?? 0) == numbers(value))
    }
  }

  @Test func theNudgeOfTheLab() throws {
    let settings = try InputValue.parse(Source("--set", text: "w=3.001"))
    let trace = try Computation(parsing: Sample.all[1].text(), settings: settings).trace
    #expect(NumberText(precision: 12)(trace["J"]?.value ?? 0) == "121.066009")
  }
}
