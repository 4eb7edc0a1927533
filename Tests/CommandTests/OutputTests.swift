import Foundation
import Testing

/// What a command may not write over, and that it writes everything or nothing.
@Suite struct OutputTests {
  /// A folder with one of each kind of input.
  private func fill(_ tool: Tool) throws {
    try tool.write("x = 3\ny = x*x\n", to: "q.grad")
    try tool.write(#"{"y": 9}"#, to: "answers.json")
    try tool.write(##"{"colors": {"forward": "#004488"}}"##, to: "theme.json")
    _ = try tool.run("ln -s q.grad link.grad; ln q.grad hard.grad; mkdir sub")
  }

  @Test(arguments: [
    ["render", "q.grad", "-T", "svg", "-o", "q.grad"],
    ["render", "q.grad", "-T", "svg", "-o", "link.grad"],
    ["render", "q.grad", "-T", "svg", "-o", "hard.grad"],
    ["render", "q.grad", "-T", "svg", "-o", "sub/../q.grad"],
    ["render", "q.grad", "-o", "o.svg", "--alt-output", "q.grad"],
    ["render", "q.grad", "-o", "o.svg", "--dark-output", "q.grad"],
    ["render", "q.grad", "-o", "o.svg", "--deps", "q.grad"],
    ["render", "q.grad", "-o", "o.svg", "--deps", "sub/../link.grad"],
    ["render", "q.grad", "--theme", "theme.json", "-T", "json", "-o", "theme.json"],
    ["render", "q.grad", "--theme", "theme.json", "-o", "o.svg", "--alt-output", "theme.json"],
    ["render", "q.grad", "--theme", "theme.json", "-o", "o.svg", "--deps", "theme.json"],
    ["frames", "q.grad", "-T", "json", "-o", "q.grad"],
    ["frames", "q.grad", "--theme", "theme.json", "-o", "theme.json"],
    ["eval", "q.grad", "-o", "q.grad"], ["gradcheck", "q.grad", "-o", "q.grad"],
    ["gradcheck", "q.grad", "-o", "hard.grad"], ["explain", "q.grad", "-o", "q.grad"],
    ["table", "q.grad", "-o", "link.grad"], ["nudge", "q.grad", "--by", "x=0.1", "-o", "q.grad"],
    ["exercise", "q.grad", "-o", "q.grad"],
    ["exercise", "q.grad", "--theme", "theme.json", "-o", "theme.json"],
    ["grade", "q.grad", "answers.json", "-o", "answers.json"],
    ["grade", "q.grad", "answers.json", "-o", "q.grad"],
    ["render", "q.grad", "-o", "o.svg", "--alt-output", "o.svg"],
    ["render", "q.grad", "-o", "o.svg", "--dark-output", "sub/../o.svg"],
    ["render", "q.grad", "-o", "o.svg", "--deps", "./o.svg"],
    ["render", "q.grad", "-o", "-", "--alt-output", "-"],
  ])
  func isRefused(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try fill(tool)
      let files = ["q.grad", "answers.json", "theme.json"]
      let before = files.map { tool.text($0) }
      let result = try tool.run(arguments)
      #expect(result.status == 64 && result.output.isEmpty, "\(result)")
      #expect(
        result.messages.contains("itself, not written over")
          || result.messages.contains("two results cannot both be written"))
      #expect(files.map { tool.text($0) } == before)
      #expect(tool.files == (files + ["hard.grad", "link.grad", "sub"]).sorted())
    }
  }

  @Test func aProgramOnStandardInputStaysToo() throws {
    try Tool.inFolder { tool in
      try fill(tool)
      let result = try tool.run("\"$TOOL\" render - -T svg -o q.grad < q.grad")
      #expect(result.status == 64 && result.messages.contains("'<stdin>' is the program itself"))
      #expect(tool.text("q.grad") == "x = 3\ny = x*x\n")
    }
  }

  /// Files of numbers are inputs too, whether a program or `--set` names them.
  @Test(arguments: [
    ["eval", "load.py", "-o", "n.csv"], ["eval", "x.grad", "--set", "x=@n.csv", "-o", "n.csv"],
    ["table", "load.py", "-o", "n.csv", "-T", "md"], ["explain", "load.py", "-o", "link.md"],
    ["gradcheck", "load.py", "-o", "link.txt"], ["jacobian", "load.py", "-o", "link.svg"],
    ["frames", "load.py", "-o", "link.gif"], ["exercise", "load.py", "-o", "link.md"],
    ["render", "load.py", "-o", "n.csv", "-T", "svg"], ["render", "load.py", "--deps", "n.csv"],
    ["render", "load.py", "-o", "a.svg", "--alt-output", "n.csv"],
    ["render", "x.grad", "--set", "x=@n.csv", "--deps", "./n.csv"],
  ])
  func numbersAreInputs(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write("5\n6\n", to: "n.csv")
      try tool.write("x = np.loadtxt('n.csv')\ny = x.sum()\n", to: "load.py")
      try tool.write("x = [1, 2]\ny = sum(x)\n", to: "x.grad")
      for ending in ["md", "txt", "svg", "gif"] {
        _ = try tool.run("ln -s n.csv link.\(ending)")
      }
      let before = tool.files
      let result = try tool.run(arguments)
      #expect(result.status == 64, "\(result)")
      #expect(
        result.messages.contains("'n.csv' is the file of numbers itself, not written over"),
        "\(result.messages)")
      #expect(tool.text("n.csv") == "5\n6\n" && tool.files == before)
    }
  }

  /// A file of numbers that is not there is told as any file is.
  @Test(arguments: ["nothing.csv", ".", "/dev/zero"])
  func numbersThatCannotBeRead(_ path: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["eval", "-e", "y = 2*x", "--set", "x=@\(path)"])
      #expect(result.status == 74, "\(result)")
      #expect(result.messages.contains("error: --set x: cannot read '\(path)': "))
      #expect(result.messages.contains("[file]\n") && !result.messages.contains("␊"))
    }
  }

  /// Names that the command line does not say: of whose files, what command, and what it would replace.
  @Test(arguments: [
    ("q.svg", ["render", "q.grad"]),
    ("q.svg", ["render", "q.grad", "-j", "2"]),
    ("q.svg", ["render", "q.grad", "--force"]),
    ("q.pdf", ["render", "q.grad", "-T", "svg", "-T", "pdf"]),
    ("o~dark.svg", ["render", "q.grad", "-o", "o.svg", "--dark"]),
    ("out/q.png", ["render", "q.grad", "-T", "png", "--out-dir", "out"]),
    ("f-2.svg", ["frames", "q.grad", "-o", "f-{n}.svg"]),
    ("q-3.svg", ["frames", "q.grad"]),
    ("q-frames.pptx", ["frames", "q.grad", "-T", "pptx"]),
    ("q-frames.gif", ["frames", "q.grad", "-T", "gif", "--animate", "100ms"]),
    ("q-frames.html", ["frames", "q.grad", "-T", "reveal"]),
    ("q-frames.md", ["frames", "q.grad", "-T", "slidev"]),
    ("q-frames.svg", ["frames", "q.grad", "--animate", "100ms"]),
    ("q-1.eps", ["frames", "q.grad", "-T", "eps"]),
    ("q-1.png", ["frames", "q.grad", "-T", "png"]),
    ("sheet.svg", ["exercise", "q.grad", "-o", "sheet.md"]),
    ("out/index.html", ["gallery", "q.grad", "-o", "out"]),
  ])
  func aForeignFileStays(_ file: String, _ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try fill(tool)
      // A page that quotes one of our pictures is not ours for that.
      #expect(try tool.run(["render", "q.grad", "-o", "ours.svg"]).status == 0)
      let foreign = "<p>My thesis</p>\n" + tool.text("ours.svg")
      _ = try tool.run("mkdir -p out")
      try tool.write(foreign, to: file)
      let all = try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path)
      let result = try tool.run(arguments)
      #expect(result.status == 1, "\(result)")
      #expect(result.messages.contains("would replace '\(file)'"), "\(result.messages)")
      #expect(result.messages.contains("[foreign-file]"))
      #expect(tool.text(file) == foreign)
      #expect(
        Set(try FileManager.default.subpathsOfDirectory(atPath: tool.folder.path)) == Set(all))
      // One of its own is replaced, whatever else happened to it.
      try FileManager.default.removeItem(at: tool.folder.appending(path: file))
      #expect(try tool.run(arguments).status == 0)
      #expect(
        try tool.run(arguments + (arguments[0] == "gallery" ? [] : ["--set", "x=4"])).status == 0)
    }
  }

  @Test func aResultThatEndsEarlyLeavesTheOldFile() throws {
    try Tool.inFolder { tool in
      let long = (1...2000).map { "x\($0) = x\($0 - 1) * 0.5" }.joined(separator: "\n")
      try tool.write("x0 = 3\n\(long)\n", to: "long.grad")
      try tool.write("z = 2\nJ = z * 4\n", to: "other.grad")
      try tool.write("mine\n", to: "v.json")
      let before = tool.files
      let eval = "eval --format json -o v.json"
      // The first program is written when the second turns out to have no such input.
      let wrong = try tool.run("\"$TOOL\" \(eval) --wrt x0 long.grad other.grad")
      #expect(wrong.status == 1 || wrong.status == 64, "\(wrong)")
      let full = try tool.run("trap '' XFSZ; ulimit -f 200; \"$TOOL\" \(eval) long.grad")
      #expect(full.status == 74 && full.messages.contains("cannot write 'v.json'"), "\(full)")
      #expect(tool.text("v.json") == "mine\n")
      #expect(tool.files == before)

      #expect(try tool.run("\"$TOOL\" \(eval) long.grad other.grad").status == 0)
      let whole = try tool.run("\"$TOOL\" eval --format json long.grad other.grad")
      #expect(whole.output.utf8.count > 200_000 && tool.text("v.json") == whole.output)
      let pipe = try tool.run(
        "\"$TOOL\" eval --format json -o /dev/stdout long.grad other.grad | cat")
      #expect(pipe.output == whole.output)
    }
  }

  @Test func aFileThatTheCommandLineNamesIsReplaced() throws {
    try Tool.inFolder { tool in
      try fill(tool)
      for name in ["a.svg", "b.svg", "c.txt", "d.d", "e.pdf"] {
        try tool.write("as before", to: name)
      }
      let render = try tool.run([
        "render", "q.grad", "-o", "a.svg", "--dark-output", "b.svg", "--alt-output", "c.txt",
        "--deps",
        "d.d",
      ])
      #expect(render.status == 0, "\(render.messages)")
      #expect(try tool.run(["frames", "q.grad", "-o", "e.pdf"]).status == 0)
      for name in ["a.svg", "b.svg", "c.txt", "d.d", "e.pdf"] {
        #expect(tool.text(name) != "as before")
      }
    }
  }

  private func block(_ text: String, _ identifier: String, folder: String) -> String {
    """
    {"pandoc-api-version":[1,23],"meta":{"graphviz-grad":{"t":"MetaMap","c":{"folder":{"t":\
    "MetaInlines","c":[{"t":"Str","c":"\(folder)"}]}}}},"blocks":[{"t":"CodeBlock","c":[["\(identifier)"\
    ,["grad"],[]],"\(text)"]}]}
    """
  }

  @Test func aDocumentReplacesNoForeignFileAndStaysInItsFolder() throws {
    try Tool.inFolder { tool in
      _ = try tool.run("mkdir figures work; ln -s ../figures work/out")
      try tool.write("MY THESIS", to: "figures/thesis.pdf")
      let program = "x = 3\\ny = x*x"
      let filter = ["filter", "pandoc", "latex"]
      let foreign = try tool.run(filter, input: block(program, "thesis", folder: "figures"))
      #expect(foreign.status == 1 && foreign.output.isEmpty)
      #expect(foreign.messages.contains("[foreign-file]"), "\(foreign.messages)")
      for folder in ["../work", "\(tool.folder.path)/figures", "out", "figures/../../x"] {
        let line = "cd work && \"$TOOL\" filter pandoc latex"
        let result = try tool.run(line, input: block(program, "fig", folder: folder))
        #expect(result.status == (folder == "../work" ? 0 : 1), "\(folder): \(result)")
        if folder != "../work" { #expect(result.messages.contains("[outside]")) }
      }
      let given = try tool.run(
        "cd work && \"$TOOL\" filter pandoc latex --folder ../figures",
        input: block(program, "fig", folder: "elsewhere"))
      #expect(given.status == 0 && given.output.contains("../figures/fig.pdf"), "\(given.messages)")
      #expect(tool.text("figures/thesis.pdf") == "MY THESIS")
      // A name may be longer than one of a file.
      let long = String(repeating: "i", count: 300)
      let other = try tool.run(filter, input: block(program, long, folder: "figures"))
      #expect(other.status == 0, "\(other.messages)")
    }
  }

  @Test(arguments: [
    (["frames", "q.grad", "-o", "f-{n}.svg", "--style", "circuit"], "f-3.svg"),
    (["render", "q.grad", "-T", "svg", "-T", "pdf", "--style", "circuit"], "q.pdf"),
    (["render", "q.grad", "--style", "circuit", "--dark"], "q~dark.svg"),
    (["render", "q.grad", "--style", "circuit", "--alt-output", "words"], "words"),
    (["render", "q.grad", "--style", "circuit", "--deps", "q.d"], "q.d"),
    (["render", "q.grad", "--style", "circuit", "--deps", "missing/q.d"], ""),
    (["render", "q.grad", "--style", "circuit", "--alt-output", "/dev/full"], ""),
    (["render", "q.grad", "r.grad", "--style", "circuit", "--deps", "q.d"], "q.d"),
    (["render", "q.grad", "r.grad", "--style", "circuit"], "r.svg"),
    (["exercise", "q.grad", "-o", "sheet.md", "--style", "circuit"], "sheet.md"),
    (["exercise", "q.grad", "-o", "sheet.md", "--style", "circuit"], "sheet.svg"),
  ])
  func onFailureNothingChanges(_ arguments: [String], _ folder: String) throws {
    try Tool.inFolder { tool in
      try fill(tool)
      try tool.write("x = 4\ny = x*x\n", to: "r.grad")
      for line in [
        ["render", "q.grad", "-T", "svg", "-T", "pdf", "--dark"], ["render", "r.grad"],
        ["frames", "q.grad", "-o", "f-{n}.svg"], ["exercise", "q.grad", "-o", "sheet.md"],
      ] { #expect(try tool.run(line).status == 0) }
      if !folder.isEmpty { _ = try tool.run("rm -f \"$1\"; mkdir \"$1\"", [folder]) }
      func state() -> [String: Data?] {
        Dictionary(uniqueKeysWithValues: tool.files.map { ($0, tool.read($0)) })
      }
      let before = state()
      let result = try tool.run(arguments)
      #expect(result.status == 74, "\(result)")
      #expect(state() == before)
    }
  }

  /// A name of 83 Chinese letters has 249 bytes, and its temporary name none too many.
  @Test(arguments: [String(repeating: "權", count: 83), String(repeating: "é", count: 125)])
  func namesMayBeAsLongAsTheSystemTakes(_ name: String) throws {
    try Tool.inFolder { tool in
      let result = try tool.run(["render", "-e", "J=1", "-o", "\(name).svg"])
      #expect(result.status == 0, "\(result.messages)")
      #expect(tool.text("\(name).svg").hasPrefix("<svg"))
    }
  }

  @Test func imagesOfAPageMoveToAnotherFolder() throws {
    try Tool.inFolder { tool in
      let block = "```grad\nx = 3; y = x*x\n```\n"
      try tool.write(block, to: "p.md")
      for folder in ["figures", "my images", "figures", "../\(tool.folder.lastPathComponent)/up"] {
        #expect(try tool.run(["markdown", "p.md", "--folder", folder]).status == 0)
        let images = tool.text("p.md").split(separator: "\n").filter { $0.hasPrefix("![") }
        #expect(images.count == 1, "\(images)")
      }
      // An image of somebody else's stays, and so does one of another place.
      for other in ["![a](other/b.svg)", "![a](https://example.org/p-1.svg)"] {
        _ = try tool.run("mkdir -p other; echo '<svg/>' > other/b.svg")
        try tool.write("\(block)\n\(other)\n", to: "p.md")
        #expect(try tool.run(["markdown", "p.md"]).status == 0)
        #expect(tool.text("p.md").contains(other))
      }
    }
  }

  @Test func aPageByTwoPathsIsRefused() throws {
    try Tool.inFolder { tool in
      try tool.write("```grad\nx = 3; y = x*x\n```\n", to: "p.md")
      let result = try tool.run(["markdown", "p.md", "./p.md"])
      #expect(result.status == 64 && result.messages.contains("was given twice"))
    }
  }

  /// The stand-in for `dot` writes beside, too: another name of the old file keeps it.
  @Test func thePicturesOfPlainGraphsAreReplacedAsAWhole() throws {
    try Tool.inFolder { tool in
      let line = """
        ln -s "$TOOL" dot
        echo 'digraph { a -> b }' > g.gv
        echo 'as before' > old.svg; chmod 640 old.svg; ln old.svg kept.svg
        ./dot -Tsvg g.gv -o old.svg && ./dot -Tpng -o joined.png -Tsvg -oother.svg g.gv
        stat -c %a old.svg > status; cat kept.svg >> status
        """
      let result = try tool.run(line)
      #expect(tool.text("status") == "640\nas before\n", "\(result)")
      #expect(
        tool.files == ["dot", "g.gv", "joined.png", "kept.svg", "old.svg", "other.svg", "status"])
      #expect(tool.text("old.svg").contains("</svg>"))
      #expect(tool.text("other.svg").contains("</svg>"))
      // Graphviz says what cannot be written.
      let bad = try tool.run("./dot -Tsvg g.gv -o missing/x.svg")
      #expect(bad.status == 1 && bad.messages.contains("missing/x.svg"), "\(bad)")
    }
  }

  @Test func oneProgramByTwoPathsIsDrawnOnce() throws {
    try Tool.inFolder { tool in
      try fill(tool)
      try tool.write("x = 1\ny = x*x\n", to: "sub/a.grad")
      let result = try tool.run(["render", "sub/a.grad", "sub/../sub/a.grad", "./sub//a.grad"])
      #expect(result.status == 0 && result.messages.hasPrefix("1 figure: 1 drawn"), "\(result)")
    }
  }
}
