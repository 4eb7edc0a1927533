import GraphvizGrad
import TestSupport
import Testing

/// Exercises, variants and nudges of whole programs.
@Suite struct LessonTests {
  private let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

  @Test func blanksLeaveTheLayoutAsItIs() throws {
    let computation = try Computation(parsing: lecture)
    var options = PictureOptions()
    let solution = try computation.trace.drawing(options)
    options.figure.blanks.kinds = Set(Blanks.Kind.allCases)
    let sheet = try computation.trace.drawing(options)
    #expect(sheet.size == solution.size)
    let nodes = { (drawing: Drawing) in
      drawing.parts.filter { if case .node = $0.owner { true } else { false } }.map(\.box)
    }
    #expect(nodes(sheet) == nodes(solution))
    let texts = sheet.parts.flatMap(\.shapes).compactMap { shape in
      if case .text(let line) = shape { line.text.plain } else { nil }
    }
    #expect(!texts.contains { $0.contains("33") || $0.contains("×") || $0.contains("= 9") })
    #expect(texts.contains("db = ") && texts.contains("5"))
  }

  @Test func tangentsGoWithTheValues() throws {
    var options = PictureOptions()
    options.figure.mode = .forward
    options.figure.wrt = ["b"]
    let drawing = try Computation(parsing: lecture).trace.drawing(options)
    for part in drawing.parts {
      guard case .backward(let edge) = part.owner, let way = part.way else { continue }
      #expect(way.start.x < way.end.x, "edge \(edge)")
      #expect(drawing.figure.mode == .forward)
    }
  }

  @Test(arguments: 1...20) func variantsAreFresh(_ seed: Int) throws {
    let computation = try Computation(parsing: "x=2; y=-1; s=log(x) + y*x; f=1/s")
    let variant = try #require(try computation.varied(seed: seed))
    #expect(variant.trace == (try computation.varied(seed: seed))?.trace)
    #expect(variant.trace.nodes.map(\.opcode) == computation.trace.nodes.map(\.opcode))
    let inputs = variant.trace.nodes.filter { $0.kind == .input }.map(\.value)
    #expect(inputs != [2, -1] && inputs.allSatisfy { $0.rounded() == $0 && $0.magnitude < 10 })
    #expect(variant.trace.nodes.allSatisfy { $0.value.isFinite && $0.derivative.isFinite })
  }

  @Test(arguments: [
    "w=2; x=3; b=1; z=w*x+b; y=sigmoid(z); L=(y-1)**2", "w=2; x=3; y=tanh(w*x); L=(y-5)**2",
    "y=1; t=3; L=(y-t)**2", "x=2; y=-3; z=x*y**-2 + y**(4/2)",
  ])
  func aPowerOfANegativeNumberHasVariants(_ program: String) throws {
    let computation = try Computation(parsing: program)
    for seed in 1...10 { #expect(try computation.varied(seed: seed) != nil, "seed \(seed)") }
  }

  @Test func variantsOfADifferenceHaveBothSigns() throws {
    let computation = try Computation(parsing: "y=1; t=3; L=(y-t)**2")
    let differences = try (1...20).map { seed in
      let trace = try #require(try computation.varied(seed: seed)).trace
      return (trace["y"]?.value ?? 0) - (trace["t"]?.value ?? 0)
    }
    #expect(differences.contains { $0 < 0 } && differences.contains { $0 > 0 })
  }

  @Test(
    arguments: [
      ("w=2; x=0.3; t=1; y=sigmoid(w*x); L=(y-t)**2", ["t"]),
      ("w=2; t=0; y=1/(1+exp(-w)); L=-(t*log(y) + (1-t)*log(1-y))", ["t"]),
      (
        "z1=1; z2=2; t1=0; t2=1; s=exp(z1)+exp(z2); p1=exp(z1)/s; p2=exp(z2)/s; "
          + "L=-(t1*log(p1)+t2*log(p2))", ["t1", "t2"]
      ),
      ("p=0.2; x=3; y=4; E=p*x + (1-p)*y", ["p"]), ("w=1; x=0.5; y=w*x", []),
      ("x=1; y=2; z=x - y", []),
    ] as [(String, [String])])
  func targetsAndProbabilitiesStayFromZeroToOne(_ program: String, _ names: [String]) throws {
    let computation = try Computation(parsing: program)
    let shares = computation.trace.sharesOfOne.map { computation.trace.nodes[$0].id }
    #expect(shares.sorted() == names)
    for seed in 1...20 {
      guard let variant = try computation.varied(seed: seed)?.trace else { continue }
      let values = names.map { variant[$0]?.value ?? .nan }
      #expect(values.allSatisfy { (0...1).contains($0) }, "seed \(seed): \(values)")
      if names.count > 1 { #expect(values.reduce(0, +) == 1) }
    }
    #expect(try computation.varied(seed: 1) != nil)
  }

  @Test func aVariantKeepsItsBranchAndWhatIsSet() throws {
    let text = "x=2; y=4; z = x*y if x > y - 3 else x; w = relu(z)"
    let settings = [InputValue("y", 6)]
    let computation = try Computation(parsing: text, settings: settings)
    for seed in 1...10 {
      let variant = try #require(try computation.varied(seed: seed))
      #expect(variant.trace["y"]?.value == 6)
      #expect(variant.trace.nodes.map(\.opcode) == computation.trace.nodes.map(\.opcode))
      #expect(variant.trace["x"]?.derivative != 0)
    }
  }

  @Test func aProgramWithoutOtherNumbersHasNoVariant() throws {
    #expect(try Computation(parsing: "x=1; y=x; x=2; z=y*x").varied(seed: 1) == nil)
  }

  @Test(arguments: [
    ("x=1; y = x if x > 0 else 2*x", "x", -3.0, true),
    ("x=1; y = x if x > 0 else 2*x", "x", -0.5, false),
    ("x=1; w=x*x; y = where(w > 0.5, w, 2*x)", "w", -0.8, true),
    ("x=1; w=x*x; y = where(w > 0.5, w, 2*x)", "w", 0.1, false),
    ("x=1; w=x*x; y = w + x", "w", -5, false), ("x=1; y=x; z=y*2", "y", 1, false),
  ])
  func conditionsThatANudgeChanges(
    _ program: String, _ name: String, _ amount: Double, _ expected: Bool
  ) throws {
    let computation = try Computation(parsing: program)
    #expect(try computation.decidesOtherwise(after: Nudge(name, by: amount)) == expected)
  }

  @Test func nudgesAreReadFromText() throws {
    #expect(try Nudge(parsing: "b=1/1000") == Nudge("b", by: 0.001))
    #expect(try Nudge(parsing: "c@2=-0.5") == Nudge("c@2", by: -0.5))
    for text in ["b", "b=0", "b=1,c=2", "b=nan", "=1", "c@2=x"] {
      #expect(throws: FigureOption.Mistake.self) { try Nudge(parsing: text) }
    }
  }

  @Test func answersMayBeExpressions() throws {
    let file = try AnswerFile(
      json: Array(#"{"db": 6, "dc": "18/2", "u": "-1e-3"}"#.utf8), named: "a")
    #expect(file.answers.mapValues(\.number) == ["db": 6, "dc": 9, "u": -0.001])
    let arrays = try AnswerFile(
      json: Array(#"{"dW": [[1, "1/2"], [3, 4]], "dx[0, 1]": 2, "v": [1]}"#.utf8), named: "a")
    #expect(arrays.answers["dW"] == NumberArray([[1, 0.5], [3, 4]]))
    #expect(arrays.answers["dx[0, 1]"] == NumberArray(2) && arrays.answers["v"]?.shape == [1])
    let bad = [
      "", "[1]", #"{"db": {}}"#, #"{"db": "six"}"#, #"{"db": []}"#, #"{"db": [[1], []]}"#,
      #"{"db": [[1], 2]}"#, #"{"db": [[1, 2], [3]]}"#, #"{"db": [true]}"#, #"{"db": null}"#,
    ]
    for text in bad {
      #expect(throws: AnswerFile.Fault.self) { try AnswerFile(json: Array(text.utf8), named: "a") }
    }
  }

  @Test func aSheetHoldsItsPicture() throws {
    var request = FigureRequest(Source("lecture.grad", text: lecture))
    request.options = [OptionText("blank", "derivatives")]
    let (sheet, svg, _) = try request.figure().exercise(link: nil)
    #expect(svg.hasPrefix("<svg"))
    #expect(SheetFormat.markdown.write(sheet).contains("](data:image/svg+xml;base64,"))
    let latex = SheetFormat.latex.write(sheet)
    #expect(latex.contains("\\begin{tikzpicture}") && !latex.contains("\\documentclass[tikz"))
  }
}
