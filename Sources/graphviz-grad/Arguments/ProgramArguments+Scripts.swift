import GraphvizGrad

/// Scripts of Python, which `--run` runs.
extension ProgramArguments {
  /// How the names of files end that a folder stands for.
  var endings: [String] { run ? [".grad", ".py"] : [".grad"] }

  /// What a file is: a script to run, or a file that is read.
  func input(_ path: String) -> Input {
    guard run, Self.isScript(path) else { return .file(path) }
    return .script(PythonScript(path: path, python: python, arguments: scriptArguments))
  }

  /// Everything that is wrong with the options for scripts.
  func scriptMistakes() -> [Diagnostic] {
    if run {
      let mayRun = files.contains { Self.isScript($0) || FileSearch.standsForSeveral($0) }
      return mayRun ? [] : [Self.nothingToRun(among: files)]
    }
    let idle = [
      ("--python", python != nil), ("--script-argument", !scriptArguments.isEmpty),
    ]
    return idle.filter(\.1).map {
      Messages.error("bad-option", "\($0.0) says nothing without --run", help: "--run")
    }
  }

  /// The mistake that no file is a script.
  static func nothingToRun(among files: [String]) -> Diagnostic {
    Messages.error(
      "usage", "--run runs scripts of Python, and no FILE ends in .py",
      help: files.contains { $0.hasSuffix(".ipynb") }
        ? "save the notebook as a script: jupyter nbconvert --to script"
        : "name the scripts or their folder, as in 'scripts/*.py', or leave it out")
  }

  static func isScript(_ path: String) -> Bool { path.hasSuffix(".py") }
}
