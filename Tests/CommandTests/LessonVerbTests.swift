import Foundation
import TestSupport
import Testing

/// The verbs for lessons: what they print, what they refuse.
@Suite struct LessonVerbTests {
  private let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

  @Test func nudge() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(
        ["nudge", "-e", lecture, "--by", "b=0.001", "--by", "v=1/1000"])
      #expect(result.status == 0 && result.messages == "")
      #expect(result.output.contains("J  33  →  33.006\n\nΔJ/Δb = 0.006 / 0.001 = 6\ndb = 6\n"))
      #expect(result.output.contains("J  33  →  33.003\n\nΔJ/Δv = 0.003 / 0.001 = 3\ndv = 3\n"))
    }
  }

  @Test func aNudgeThatChangesAConditionIsWarnedAbout() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(
        ["nudge", "-e", "x=1; y = x if x > 0 else 2*x", "--by", "x=-3"])
      #expect(result.status == 0)
      #expect(result.messages.contains("warning: moving 'x' by -3 changes a condition"))
    }
  }

  @Test func aNudgeMovesAnEntry() throws {
    try Tool.inFolder { tool in
      let program = "W=np.array([[1,2],[3,4]]); x=np.array([1,2]); J=np.sum((W@x)**2)"
      let result = try tool.run(["nudge", "-e", program, "--by", "W[-1, 0] = 1/1000"])
      #expect(result.status == 0 && result.messages == "")
      #expect(result.output.contains("W[1, 0]    3  →  3.001\n"), "\(result.output)")
      #expect(result.output.hasSuffix("= 22.001\ndW[1, 0] = 22\n"), "\(result.output)")
      let mask = "x=np.array([1, 2]); y=np.sum(x*(x > 1))"
      let warned = try tool.run(["nudge", "-e", mask, "--by", "x[0]=0.5"])
      #expect(warned.messages.contains("warning: moving 'x[0]' by 0.5 changes a condition"))
      let choice = "x=np.array([1, 2]); y=np.sum(np.where(x > 1, x, -x))"
      let other = try tool.run(["nudge", "-e", choice, "--by", "x[0]=0.5"])
      #expect(other.messages.contains("changes a condition"))
      let figure = try tool.run(["render", "-e", program, "--nudge", "W[1,0]=0.001", "-o", "-"])
      #expect(figure.output.withWholeTexts.contains(">3 → 3.001<"), "\(figure.messages)")
    }
  }

  @Test func explainChoosesItsFormatByThePath() throws {
    try Tool.inFolder { tool in
      #expect(try tool.run(["explain", "-e", lecture, "-o", "a.tex"]).status == 0)
      #expect(tool.text("a.tex").hasPrefix("\\documentclass"))
      #expect(try tool.run(["explain", "-e", lecture, "-o", "a.md"]).status == 0)
      #expect(tool.text("a.md").hasPrefix("# The derivatives of $J$"))
      let text = try tool.run(["explain", "-e", lecture, "--wrt", "b"]).output
      #expect(text.contains("  dJ/db = dJ/du · ∂u/∂b = 3 · c = 3 · 2 = 6\n"))
      let own = try tool.run(["explain", "-e", "#: --notation dvar\n\(lecture)"]).output
      #expect(own.contains("  db = du · ∂u/∂b = 3 · c = 3 · 2 = 6\n"))
    }
  }

  /// The sheet is for students, the key for who corrects it.
  @Test func aSheetAndItsKeyAreFilesOfTheirOwn() throws {
    try Tool.inFolder { tool in
      let exercise = ["exercise", "-e", lecture, "--vary", "--seed", "7"]
      #expect(try tool.run(exercise + ["-o", "all.md"]).status == 0)
      #expect(try tool.run(exercise + ["--answers", "none", "-o", "sheet.md"]).status == 0)
      #expect(try tool.run(exercise + ["--answers", "only", "-o", "key.md"]).status == 0)
      let (all, sheet, key) = (tool.text("all.md"), tool.text("sheet.md"), tool.text("key.md"))
      #expect(!sheet.contains("Answers") && sheet.contains(#"\_\_"#) && sheet.contains("sheet.svg"))
      #expect(key.contains("Answers") && !key.contains(#"\_\_"#) && !key.contains(".svg"))
      #expect(key.contains("Variant 7."))
      // Together they are the whole.
      let answers = try #require(key.range(of: "## Answers"))
      #expect(all.hasSuffix(key[answers.lowerBound...]))
      #expect(tool.files == ["all.md", "all.svg", "key.md", "sheet.md", "sheet.svg"])
      let newton = try tool.run(
        [
          "exercise", "-e", "x=2; y=x**4-2*x**2", "--newton", "2", "--answers", "only", "-T",
          "latex",
        ])
      #expect(newton.status == 0 && !newton.output.contains("tikzpicture"))
      let wrong = try tool.run(["exercise", "-e", lecture, "--answers", "nowhere"])
      #expect(wrong.status == 64 && wrong.messages.contains("known: behind, none, only"))
    }
  }

  @Test func table() throws {
    try Tool.inFolder { tool in
      let arguments = ["table", "-e", "x=3; y=x*x", "-T", "csv"]
      let adjoints = try tool.run(arguments)
      #expect(adjoints.output == "name,expression,value,adjoint\r\nx,3,3,6\r\ny,x * x,9,1\r\n")
      let tangents = try tool.run(arguments + ["--mode", "forward"])
      #expect(tangents.output == "name,expression,value,tangent\r\nx,3,3,1\r\ny,x * x,9,6\r\n")
    }
  }

  @Test func exercisesAndTheirMarks() throws {
    try Tool.inFolder { tool in
      try tool.write(lecture, to: "l.grad")
      let variant = ["--vary", "--seed", "7"]
      #expect(try tool.run(["exercise", "l.grad", "-o", "sheet.md"] + variant).status == 0)
      #expect(tool.files == ["l.grad", "sheet.md", "sheet.svg"])
      #expect(tool.text("sheet.md").contains("(sheet.svg)"))
      #expect(!tool.text("sheet.svg").contains("data-derivative"))
      // The key of the sheet passes, that of another does not.
      let key = tool.text("sheet.md").components(separatedBy: "## Answers")[1]
      #expect(key.contains("d}b = "))
      let csv = try tool.run(["eval", "l.grad", "--format", "csv"] + variant).output
      let answers = csv.split(separator: "\r\n").dropFirst().map { line in
        let cells = line.split(separator: ",")
        return "\"d\(cells[0])\": \(cells[3])"
      }
      try tool.write("{\(answers.joined(separator: ", "))}", to: "answers.json")
      let all = ["--blank", "derivatives"]
      let right = try tool.run(["grade", "l.grad", "answers.json"] + variant + all)
      #expect(right.status == 0 && right.output.hasSuffix("6 of 6 right.\n"))
      let wrong = try tool.run(["grade", "l.grad", "answers.json"] + all)
      #expect(wrong.status == 1 && wrong.output.contains("wrong"))
    }
  }

  @Test func exercisesOfArraysAndTheirMarks() throws {
    try Tool.inFolder { tool in
      let program = "W=np.array([[1,2],[3,4]]); x=np.array([1,2]); q=W@x; J=np.sum(q**2)"
      let blank = ["--blank", "dW,q[0], dx"]
      let sheet = try tool.run(["exercise", "-e", program, "-o", "s.md"] + blank)
      #expect(sheet.status == 0 && sheet.messages == "", "\(sheet.messages)")
      #expect(tool.text("s.md").contains("1. $q[0]$ = \\_"))
      let drawn = tool.text("s.svg").withWholeTexts
      #expect(!drawn.contains(">20<") && drawn.contains("dW = "))
      for format in ["latex", "markdown"] {
        let result = try tool.run(["exercise", "-e", program, "-T", format] + blank)
        #expect(result.status == 0, "\(result.messages)")
      }
      try tool.write(#"{"dW": [[10, 20], [22, 44]], "q[0]": 5, "dx": [76, 108]}"#, to: "a.json")
      let right = try tool.run(["grade", "-e", program, "a.json"] + blank)
      #expect(right.status == 0 && right.output.hasSuffix("7 of 7 right.\n"), "\(right)")
      try tool.write(#"{"dW": [[10, 20], [22, 45]], "q": [5, 11]}"#, to: "b.json")
      let wrong = try tool.run(["grade", "-e", program, "b.json"] + blank)
      #expect(wrong.status == 1 && wrong.output.contains("dW[1, 1]      45     44       1  wrong"))
      #expect(wrong.output.contains("dx[0]") && wrong.output.contains("missing"))
      try tool.write(#"{"dW": [[10, 20], [22]]}"#, to: "c.json")
      let ragged = try tool.run(["grade", "-e", program, "c.json"])
      #expect(ragged.status == 1 && ragged.messages.contains("of different lengths [bad-answers]"))
    }
  }

  @Test(arguments: [
    (["--nudge", "b=0.001"], ">33 → 33.006<"),
    (["--mode", "forward", "--wrt", "b"], ">dJ/db = 6<"),
    (["--blank", "db,u"], ">db = <"),
  ])
  func renderDraws(_ arguments: [String], _ text: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["render", "-e", lecture, "-T", "svg", "-o", "-"] + arguments)
      #expect(result.output.withWholeTexts.contains(text))
      let head = "#: \(arguments.joined(separator: " "))\n\(lecture)"
      // The program is another, and so is its stamp.
      let stamp = /graphviz-grad-3-[0-9a-f.-]*/
      let other = try tool.run(["render", "-e", head, "-o", "-"]).output
      #expect(other.replacing(stamp, with: "") == result.output.replacing(stamp, with: ""))
    }
  }

  @Test(arguments: [
    (["nudge", "-e", "x=1; y=x", "--by", "q=1"], Int32(1), "unknown-node"),
    (["nudge", "-e", "x=1; y=x", "--by", "x"], 64, "bad-option"),
    (["nudge", "-e", "x=1; y=x", "--by", "x=1", "-T", "svg"], 64, "unknown-format"),
    (["nudge", "-e", "x=np.array([1,2]); y=sum(x)", "--by", "x[2]=1"], 1, "bad-option"),
    (["nudge", "-e", "x=np.array([1,2]); y=sum(x)", "--by", "x=1"], 1, "bad-option"),
    (["nudge", "-e", "x=np.array([1,2]); y=sum(x)", "--by", "q[0]=1"], 1, "unknown-node"),
    (["nudge", "-e", "x=np.array([1,2]); y=sum(x)", "--by", "x[0]=0"], 64, "bad-option"),
    (
      ["render", "-e", "x=np.array([1,2]); y=sum(x)", "--nudge", "x[0,0]=1", "-o", "-"], 1,
      "bad-option"
    ),
    (["explain", "-e", "x=1; y=x", "--wrt", "q"], 1, "unknown-node"),
    (["table", "-e", "x=1; w=2; y=x*w", "--mode", "forward"], 1, "bad-option"),
    (["table", "-e", "x=1; w=2; y=x*w", "--mode", "forward", "--wrt", "x,w"], 1, "bad-option"),
    (["table", "-e", "x=1; y=x*x", "--wrt", "y"], 1, "computed-node"),
    (["explain", "-e", "x=1; y=x*x; z=y", "--wrt", "x,y"], 1, "computed-node"),
    (["eval", "-e", "x=1; y=x*x", "--wrt", "q"], 1, "unknown-node"),
    (["gradcheck", "-e", "x=1; y=x*x", "--wrt", "y"], 1, "computed-node"),
    (["eval", "-e", "#: --wrt y\nx=1; y=x*x"], 1, "computed-node"),
    (["nudge", "-e", "x=1; y=x*x", "--by", "x=1", "--wrt", "q"], 1, "unknown-node"),
    (["table", "-e", "x=1; y=x", "--mode", "sideways"], 64, "bad-option"),
    (["exercise", "-e", "x=1; y=x", "--blank", "dq"], 1, "unknown-blank"),
    (["exercise", "-e", "x=np.array([1,2]); y=sum(x)", "--blank", "dx[2]"], 1, "bad-option"),
    (["exercise", "-e", "x=np.array([1,2]); y=sum(x)", "--blank", "x[0]"], 1, "bad-option"),
    (["exercise", "-e", "x=np.array([1,2]); y=sum(x)", "--blank", "dy[0]"], 1, "bad-option"),
    (["exercise", "-e", "x=np.array([1,2]); y=sum(x)", "--blank", "dq[0]"], 1, "unknown-blank"),
    (["exercise", "-e", "x=np.ones(30); y=sum(x)", "--blank", "dx"], 1, "bad-option"),
    (["exercise", "-e", "x=np.ones(30); y=sum(x)", "--blank", "partials"], 1, "bad-option"),
    (["exercise", "-e", "x=1; y=x", "-T", "pdf"], 64, "unknown-format"),
    (["exercise", "-e", "x=1; y=x", "--seed", "3"], 64, "bad-option"),
    (["exercise", "-e", "x=1; y=x; x=2; z=y*x", "--vary"], 1, "no-variant"),
    (["grade", "-e", "x=1; y=x"], 64, "usage"),
    (["grade", "-e", "x=1; y=x", "missing.json"], 74, "file"),
    (["render", "-e", "x=1; y=x", "--wrt", "q", "-o", "-"], 1, "unknown-node"),
    (["render", "-e", "x=1; y=x", "--wrt", "y", "-o", "-"], 1, "computed-node"),
    (["render", "-e", "x=1; y=x", "--wrt", ",", "-o", "-"], 64, "bad-option"),
    (["render", "-e", "x=1; y=x", "--blank", "dx", "-T", "json", "-o", "-"], 1, "bad-option"),
    (["render", "-e", "x=1; y=x", "--nudge", "x=0", "-o", "-"], 64, "bad-option"),
  ])
  func refusals(_ arguments: [String], _ status: Int32, _ code: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(arguments)
      #expect(result.status == status)
      #expect(result.messages.contains("[\(code)]"), "\(result.messages)")
      #expect(result.output == "" && tool.files.isEmpty)
    }
  }

  @Test func answersThatAreNoneAreRefused() throws {
    try Tool.inFolder { tool in
      try tool.write("[1, 2]", to: "answers.json")
      let result = try tool.run(["grade", "-e", lecture, "answers.json"])
      #expect(result.status == 1 && result.messages.contains("[bad-answers]"))
    }
  }
}
