import Foundation
import GradCore
import GradLanguage
import TestSupport
import Testing

/// Programs with arrays, with numbers that others published or PyTorch computed.
@Suite struct ArrayProgramTests {
  private struct Published: Decodable {
    var id: String
    var program: String
    var inputs: [String: Nested]
    var output: String
    var expected: [String: [String: Nested]]
  }

  /// A number, or lists of them.
  enum Nested: Decodable {
    case number(Double)
    case list([Nested])
    case missing

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .missing
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else {
        self = .list(try value.decode([Nested].self))
      }
    }

    var text: String {
      switch self {
      case .number(let number): "\(number)"
      case .missing: "None"
      case .list(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
      }
    }
    var numbers: [Double] {
      switch self {
      case .number(let number): [number]
      case .missing: []
      case .list(let items): items.flatMap(\.numbers)
      }
    }
  }

  /// What is computed of numbers that the program writes is an input, as `1/3` is.
  @Test(arguments: [
    "np.array([[1.,2.],[3.,4.]])/10", "np.arange(4).reshape(2,2)/10", "2*np.array([1.,2.]).T",
    "np.array([1.,2.]).reshape(2,1)", "np.ones((2,2))/2 @ np.array([1.,2.])",
  ])
  func anArrayOfNumbersAloneIsAnInput(_ value: String) throws {
    let text = "A = \(value); b = 3; y = np.sum(A*b)"
    let trace = try Program(Source("test.grad", text: text)).trace().trace
    #expect(trace.nodes.filter { $0.kind == .input }.map(\.id) == ["A", "b"])
    #expect(trace.nodes.allSatisfy { $0.kind != .constant })
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Arrays")

  static func numbers(_ node: Trace.Node) -> (value: [Double], derivative: [Double]?) {
    guard let array = node.array else { return ([node.value], [node.derivative]) }
    return (array.entries, node.arrayDerivative?.entries)
  }

  private static let published: [Published] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "tensors.json")),
      let cases = try? JSONDecoder().decode([Published].self, from: data)
    else { return [] }
    return cases
  }()

  @Test(arguments: published.indices) func publishedNumbers(_ index: Int) throws {
    let example = Self.published[index]
    let inputs = example.inputs.sorted { $0.key < $1.key }
      .map { "\($0.key) = \($0.value.text)" }.joined(separator: "\n")
    let program = Program(Source("\(example.id).grad", text: "\(inputs)\n\(example.program)\n"))
    let trace = try program.trace(of: example.output).trace
    for (name, numbers) in example.expected {
      let node = try #require(trace[name], "\(example.id): \(name)")
      let own = Self.numbers(node)
      for (what, expected) in numbers {
        if case .missing = expected { continue }
        let actual = what == "value" ? own.value : own.derivative ?? []
        #expect(actual.count == expected.numbers.count, "\(example.id): \(name) \(what)")
        for (a, b) in zip(actual, expected.numbers) {
          #expect(
            abs(a - b) <= 1e-11 + 1e-10 * abs(b), "\(example.id): \(name) \(what) \(a) \(b)")
        }
      }
    }
  }

  @Test func thereAreExamples() { #expect(Self.published.count == 7) }

  private struct Notebook: Decodable {
    var output: String
    var expected: [String: [String: Nested]]
  }

  private static let notebooks: [String: Notebook] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "expected.json")) else {
      return [:]
    }
    return (try? JSONDecoder().decode([String: Notebook].self, from: data)) ?? [:]
  }()

  /// Whole programs that Python runs as they stand; the numbers are those of PyTorch.
  @Test(arguments: notebooks.keys.sorted()) func notebooksAsTheyStand(_ name: String) throws {
    let notebook = try #require(Self.notebooks[name])
    let text = try String(
      contentsOf: Self.folder.appending(path: "\(name).py"), encoding: .utf8)
    let trace = try Program(Source("\(name).py", text: text)).trace().trace
    #expect(trace.nodes[trace.output].name == notebook.output)
    for (name, numbers) in notebook.expected { try check(numbers, name, trace) }
  }

  private func check(_ numbers: [String: Nested], _ name: String, _ trace: Trace) throws {
    let end = trace.end ?? trace.nodes.count
    let node = try #require(
      trace.nodes[..<end].last { $0.name == name && $0.scope == nil } ?? trace[name], "\(name)")
    let own = Self.numbers(node)
    for (what, expected) in numbers {
      if case .missing = expected { continue }
      let actual = what == "value" ? own.value : own.derivative ?? []
      #expect(actual.count == expected.numbers.count, "\(name) \(what)")
      for (a, b) in zip(actual, expected.numbers) {
        #expect(abs(a - b) <= 1e-11 + 1e-10 * abs(b), "\(name) \(what) \(a) \(b)")
      }
    }
  }

  private static let small =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".grad") }.sorted() ?? []

  /// Small programs, each with `[value, derivative]` of its names.
  @Test(arguments: small) func smallPrograms(_ file: String) throws {
    let path = Self.folder.appending(path: file)
    let text = try String(contentsOf: path, encoding: .utf8)
    let data = try Data(contentsOf: path.deletingPathExtension().appendingPathExtension("json"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let trace = try Program(Source(file, text: text)).trace().trace
    #expect(trace.nodes[trace.output].name == object["output"] as? String)
    var count = 0
    for (name, numbers) in object where numbers is [Any] {
      let json = try JSONSerialization.data(withJSONObject: numbers)
      let pair = try JSONDecoder().decode([Nested].self, from: json)
      try check(["value": pair[0], "derivative": pair[1]], name, trace)
      count += 1
    }
    #expect(count > 0)
  }

  /// Whoever else sees an array would have to see that it changes.
  @Test(arguments: [
    "x = np.array([1.0, 2.0])\ny = x\nx[0] = 5.0\nJ = np.sum(y)",
    "x = np.array([1.0, 2.0])\ny = x[:1]\nx[0] = 5.0\nJ = np.sum(y)",
    "def f(x):\n    x[0] = 5.0\n    return np.sum(x)\nx = np.array([1.0, 2.0])\nJ = f(x) + np.sum(x)",
    "def f(v):\n    v[0] = 5.0\n    return np.sum(v)\nx = np.array([1.0, 2.0])\nJ = f(x) + np.sum(x)",
    "x = np.array([1.0, 2.0])\nxs = [x]\nx[0] = 5.0\nJ = np.sum(xs[0])",
  ])
  func sharedEntriesAreNotChanged(_ text: String) {
    #expect(throws: ProgramError.self) { try Program(Source("a.py", text: text)).trace() }
  }

  /// A list that was only made for a moment shares nothing.
  @Test func entriesAreChangedWhereNobodyElseSees() throws {
    let text = """
      x = np.array([1.0, 2.0])
      y = np.stack([x, x])
      x[0] = 5.0
      J = np.sum(x**2) + np.sum(y)
      """
    let trace = try Program(Source("a.py", text: text)).trace().trace
    #expect(trace["J"]?.value == 35)
    #expect(trace.nodes[0].arrayDerivative == NumberArray([2, 6]))
  }
}

/// Which nodes' numbers a program goes on with as plain ones.
@Suite struct ReadNodesTests {
  @Test(arguments: [
    ("x=np.array([1, 2]); y=np.sum(x**2)", []), ("x=np.array([1, 2]); y=np.sum(relu(x - 1))", []),
    ("x=np.array([1, 2]); w=np.array([3, 4]); y=np.sum(w*(x > 1))", ["x"]),
    ("x=np.array([1, 2]); w=np.array([3, 4]); y=np.sum(np.where(x > 1, w, -w))", ["x"]),
    ("x=np.array([1, 2]); w=np.array([3, 4]); y=w[np.argmax(x)]*2", ["x"]),
    ("X=np.array([[1, 2]]); y=np.sum(softmax(X, axis=1)[0, 1:])*X.shape[1]", []),
    ("E=np.array([[1, 2], [3, 4]]); y=np.sum(E[[0, 1, 0]])", []),
  ])
  func masksAndIndicesAreRead(_ text: String, _ expected: [String]) throws {
    let trace = try Program(Source("t.grad", text: text)).trace().trace
    #expect(trace.reads.map { trace.nodes[$0].id }.sorted() == expected)
  }
}
