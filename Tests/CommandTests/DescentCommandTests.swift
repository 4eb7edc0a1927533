import Foundation
import Testing

/// The verb `frames --descend`: what it writes, and what it says where it writes nothing.
@Suite struct DescentCommandTests {
  private static let quartic = "x = 2\ny = x**4 - 2*x**2\n"

  private func frames(
    _ arguments: [String], program: String = quartic,
    _ check: (Tool, Tool.Result) throws -> Void
  ) throws {
    try Tool.inFolder { tool in
      try tool.write(program, to: "p.py")
      try check(tool, try tool.run(["frames", "p.py"] + arguments))
    }
  }

  @Test(arguments: [
    (["-o", "f-{n}.svg"], (0...4).map { "f-\($0).svg" }), (["-o", "all.pdf"], ["all.pdf"]),
    (["-o", "all.pptx", "--scale", "0.5"], ["all.pptx"]),
    (["-o", "all.gif", "--scale", "0.5"], ["all.gif"]),
    (["-T", "reveal", "-o", "r.html"], ["r.html"]),
    (["-T", "slidev", "-o", "s.md"], ["s.md"]), (["-T", "html", "-o", "p.html"], ["p.html"]),
    (["-o", "a.svg", "--animate", "1s"], ["a.svg"]), (["-o", "d.csv"], ["d.csv"]),
    (["-o", "d.json"], ["d.json"]),
    (["-o", "f-{n}.png", "--frames", "1,3"], ["f-1.png", "f-3.png"]),
  ])
  func everySlideSystemTakesIt(_ arguments: [String], _ files: [String]) throws {
    try frames(["--descend", "--rate", "0.01", "--steps", "7"] + arguments) { tool, result in
      #expect(result.status == 0 && result.messages == "", "\(result.messages)")
      #expect(tool.files == (files + ["p.py"]).sorted())
    }
  }

  @Test func tablesHoldEveryStep() throws {
    try frames(["--descend", "--rate", "0.01", "--steps", "3", "-T", "csv"]) { _, result in
      let lines = result.output.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",").map(String.init)
      }
      #expect(lines.count == 5 && lines[0] == ["step", "y", "x", "dy/dx"])
      #expect(lines[1] == ["0", "8", "2", "24"] && lines[2][2] == "1.76")
    }
    try frames(["--descend", "--rate", "0.01", "--steps", "3", "-T", "json"]) { _, result in
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(json["schema"] as? String == "graphviz-grad/descent/1")
      #expect((json["steps"] as? [[String: Any]])?.count == 4)
      #expect(
        (json["frames"] as? [[String: Any]])?.compactMap { $0["step"] as? Int } == [0, 1, 2, 3])
    }
  }

  @Test func aDescentThatDivergesEndsWithAWarning() throws {
    try frames(
      ["--descend", "--rate", "1", "--steps", "50", "-o", "f-{n}.svg"]
    ) { tool, result in
      #expect(result.status == 0 && result.messages.contains("[descent-diverges]"))
      #expect(result.messages.contains("a smaller rate than 1 goes further"))
      let last = try #require(tool.files.filter { $0.hasSuffix(".svg") }.last)
      let svg = String(decoding: tool.read(last) ?? Data(), as: UTF8.self)
      #expect(svg.contains("It stops here: in step"))
    }
  }

  @Test(arguments: [
    (["--rate", "0"], 64, "a rate of 0 moves nothing", "a positive number"),
    (["--rate", "-1"], 64, "a rate of -1 goes up instead of down", "a positive number"),
    (["--steps", "-2"], 64, "'-2' is no number of steps", "from 1 to 10,000"),
    (["--rate=-0.1"], 64, "a rate of -0.1 goes up instead of down", "a positive number"),
    (["--rate", "nan"], 64, "'nan' is no number", "a positive number"),
    (["--rate", "inf"], 64, "'inf' is not finite", "a positive number"),
    (["--rate", "fast"], 64, "'fast' is no number", "a positive number"),
    (["--steps", "0"], 64, "'0' is no number of steps", "from 1 to 10,000"),
    (["--steps", "10001"], 64, "'10001' is no number of steps", "from 1 to 10,000"),
    (["--steps", "ten"], 64, "'ten' is no number of steps", "from 1 to 10,000"),
    (["--show-steps", "0,5,200"], 1, "there is no step 200 of 100", "--steps 200"),
    (["--show-steps", "1-3"], 64, "'1-3' is no list of steps", "0,1,10,100"),
    (["--optimizer", "adm"], 64, "unknown optimizer 'adm'", "did you mean 'adam'?"),
    (["--pass", "forward"], 64, "--pass says nothing of --descend", "both passes"),
    (["--ghost"], 64, "--ghost says nothing of --descend", "leave it out"),
    (["--wrt", "y"], 1, "--wrt: 'y' is computed, and no input", "it comes from x"),
    (["--wrt", "z"], 1, "unknown node 'z'", "known: x, y"),
    (["--frames", "9"], 1, "there is no frame 9", "they are 0 to 7"),
    (["--mode", "forward"], 1, "--mode cannot be drawn with --descend", "leave it out"),
    (["--blank", "dx"], 1, "--blank cannot be drawn with --descend", "leave it out"),
    (["--nudge", "x=0.1"], 1, "--nudge cannot be drawn with --descend", "leave it out"),
  ])
  func whatIsWrongIsSaid(
    _ arguments: [String], _ code: Int32, _ message: String, _ help: String
  ) throws {
    try frames(["--descend", "-o", "f-{n}.svg"] + arguments) { tool, result in
      #expect(result.status == code && result.output == "")
      #expect(
        result.messages.contains(message) && result.messages.contains(help), "\(result.messages)")
      #expect(tool.files == ["p.py"])
    }
  }

  @Test(arguments: [
    ["--steps", "5"], ["--rate", "0.1"], ["--optimizer", "sgd"], ["--show-steps", "1"],
  ])
  func optionsOfDescentAreForDescent(_ arguments: [String]) throws {
    try frames(["-o", "f-{n}.svg"] + arguments) { tool, result in
      #expect(result.status == 64 && tool.files == ["p.py"])
      #expect(result.messages.contains("\(arguments[0]) says nothing without --descend"))
    }
  }

  @Test func nothingToDescendIsSaid() throws {
    try frames(["--descend", "-o", "f-{n}.svg"], program: "J = 3\n") { _, result in
      #expect(result.status == 1 && result.messages.contains("[nothing-to-descend]"))
    }
  }

  @Test func aTraceHasNoOtherRuns() throws {
    try Tool.inFolder { tool in
      try tool.write(Self.quartic, to: "p.py")
      let trace = try tool.run(["eval", "p.py", "--format", "json"])
      try tool.write(trace.output, to: "t.json")
      let result = try tool.run(["frames", "t.json", "--descend", "-o", "f-{n}.svg"])
      #expect(result.status == 1 && result.messages.contains("needs the program"))
    }
  }
}
