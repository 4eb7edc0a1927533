import Testing

/// Scripts that are run.
///
/// The Python here is a script of shell that does what the package's own would.
@Suite struct ScriptTests {
  /// Runs a command line with a `train.py`, by a Python that is a script of shell.
  private func run(
    _ python: String, _ arguments: [String], environment: [String: String] = [:],
    _ check: (Tool, Tool.Result) throws -> Void
  ) throws {
    try Tool.inFolder { tool in
      try tool.write("import torch\n", to: "train.py")
      try tool.write("#!/bin/sh\n\(python)\n", to: "python")
      _ = try tool.run("chmod +x python")
      try check(tool, try tool.run(arguments, environment: environment))
    }
  }

  private static let trace = """
    {"nodes": [{"id": "x", "value": 3}, {"id": "J", "operation": "square", "value": 9}],
     "edges": [{"from": "x", "to": "J"}]}
    """

  @Test(arguments: [
    ["render", "train.py", "--run", "--python", "./python", "-o", "-"],
    ["frames", "train.py", "--run", "--python=./python", "-T", "json"],
    ["eval", "--run", "--python", "./python", "train.py"],
    ["explain", "--run", "--python", "./python", "train.py"],
  ])
  func whatAScriptComputesIsDrawn(_ arguments: [String]) throws {
    try run("echo training >&2; cat <<'END'\n\(Self.trace)\nEND", arguments) { tool, result in
      #expect(result.status == 0, "\(result.messages)")
      #expect(result.output.contains("9"))
      #expect(result.messages.hasPrefix("training\n"))
    }
  }

  @Test func thePictureStandsBesideTheScript() throws {
    let python = "echo \"$@\" >words; cat <<'END'\n\(Self.trace)\nEND"
    let arguments = ["render", "train.py", "--run", "--script-argument", "--epochs=1"]
    try run(python, arguments, environment: ["PYTHON": "./python"]) { tool, result in
      #expect(result.status == 0, "\(result.messages)")
      #expect(tool.files == ["python", "train.py", "train.svg", "words"])
      #expect(tool.text("words") == "-m graphviz_grad trace -o - train.py --epochs=1\n")
      // What the same run gives again is up to date.
      let check = arguments + ["--check"]
      let again = try tool.run(check, environment: ["PYTHON": "./python"])
      #expect(again.status == 0)
    }
  }

  @Test func scriptsOfAFolderAreFound() throws {
    let python = "cat <<'END'\n\(Self.trace)\nEND"
    let path = "$PWD/python"
    try run(python, ["doctor"]) { tool, _ in
      _ = try tool.run("mkdir -p s/deep s/venv && mv train.py s && touch s/venv/pyvenv.cfg")
      for name in ["s/deep/net.py", "s/deep/__init__.py", "s/venv/other.py", "s/.hidden.py"] {
        try tool.write("import torch\n", to: name)
      }
      try tool.write("J = 2*3\n", to: "s/a.grad")
      let drawn = try tool.run(
        "$TOOL render s --run --python \(path) --out-dir d && cd d && find . -type f | sort")
      #expect(drawn.output == "./a.svg\n./deep/net.svg\n./train.svg\n", "\(drawn.messages)")
      let pattern = try tool.run(
        "$TOOL render 's/**/*.py' --run --python \(path) --out-dir p && find p -name '*.svg'")
      #expect(pattern.output.split(separator: "\n").count == 2, "\(pattern.messages)")
    }
  }

  @Test func aFolderWithoutScriptsRunsNothing() throws {
    try run("exit 1", ["doctor"]) { tool, _ in
      _ = try tool.run("mkdir s e && echo 'J = 2' >s/a.grad")
      let nothing = try tool.run(["render", "s", "--run", "--out-dir", "d"])
      #expect(nothing.status == 64)
      #expect(nothing.messages.contains("no FILE ends in .py"), "\(nothing.messages)")
      let empty = try tool.run(["render", "e", "--run", "--out-dir", "d"])
      #expect(empty.status == 1)
      #expect(empty.messages.contains("no .grad or .py file in 'e'"), "\(empty.messages)")
    }
  }

  @Test func nothingIsRunWithoutTheWord() throws {
    try run("touch ran", ["render", "train.py", "-o", "-"], environment: ["PYTHON": "./python"]) {
      tool, result in
      #expect(result.status == 1)
      #expect(tool.files == ["python", "train.py"])
    }
  }

  @Test(arguments: [
    (
      "echo 'Traceback' >&2; echo 'graphviz_grad: error: it failed: ZeroDivisionError' >&2; exit 1",
      1, "Traceback\ntrain.py: error: it failed: ZeroDivisionError [script]\n"
    ),
    ("exit 3", 1, "train.py: error: the script ended with exit code 3 [script]\n"),
    ("kill -9 $$", 1, "train.py: error: the script was ended by signal 9 (Killed) [script]\n"),
    ("echo '/bin/python: No module named graphviz_grad' >&2; exit 1", 70, "-m pip install"),
    ("exec sleep 60", 70, "error: the script did not end within 500 ms [timeout]"),
    ("echo nothing", 1, "error"),
  ])
  func aScriptThatGivesNothing(_ python: String, _ code: Int, _ message: String) throws {
    let arguments = ["render", "train.py", "--run", "--python=./python", "--timeout=500ms"]
    try run(python, arguments) { tool, result in
      #expect(result.status == Int32(code))
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(!tool.files.contains("train.svg"))
    }
  }

  /// A verb that limits nothing else limits scripts.
  @Test(arguments: ["eval", "explain", "table", "gradcheck", "jacobian", "exercise"])
  func everyVerbLimitsTheTimeOfAScript(_ verb: String) throws {
    let arguments = [verb, "train.py", "--run", "--python=./python", "--timeout=300ms"]
    try run("exec sleep 60", arguments) { _, result in
      #expect(result.status == 70)
      #expect(result.messages.contains("did not end within 300 ms"), "\(result.messages)")
    }
  }

  @Test func messagesForProgramsAreNothingElse() throws {
    let python = "echo words >&2; echo 'graphviz_grad: error: it failed' >&2; exit 1"
    let arguments = ["eval", "train.py", "--run", "--python=./python", "--diagnostics=json"]
    try run(python, arguments) { tool, result in
      #expect(result.messages.hasPrefix("["))
      #expect(result.messages.contains("\"message\": \"it failed\""))
    }
  }

  @Test(arguments: [
    (["render", "train.py", "--run", "--python", "./nowhere"], 70, "'./nowhere' cannot be run"),
    (["render", "other.py", "--run", "--python", "./python"], 74, "cannot read 'other.py'"),
    (["render", "t.grad", "--run"], 64, "no FILE ends in .py"),
    (["render", "-e", "x = 1", "--run"], 64, "no FILE ends in .py"),
    (["render", "t.ipynb", "--run"], 64, "jupyter nbconvert --to script"),
    (["render", "train.py", "--python", "p"], 64, "--python says nothing without --run"),
    (["watch", "train.py", "--run"], 64, "runs no scripts"),
    (["eval", "-e", "x = 1", "--timeout", "9s"], 64, "--timeout says nothing without --run"),
    (["explain", "train.py", "--run", "--timeout", "soon"], 64, "'soon' is no time"),
  ])
  func wrongCommandLines(_ arguments: [String], _ code: Int, _ message: String) throws {
    try run("exit 0", arguments) { tool, result in
      #expect(result.status == Int32(code), "\(result.messages)")
      #expect(result.messages.contains(message), "\(result.messages)")
    }
  }
}
