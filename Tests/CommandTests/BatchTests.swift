import Foundation
import GraphvizGrad
import Testing

/// Many figures in one call: where they go, what is drawn again, and what one bad figure costs.
@Suite struct BatchTests {
  private let lecture = "a = 5\nb = 3\nJ = 2 * (a + b)\n"

  /// A folder with programs in a tree.
  private func tree(_ tool: Tool, _ names: [String] = ["a.grad", "deep/b.grad", "deep/er/c.grad"])
    throws
  {
    for name in names {
      let path = tool.folder.appending(path: "docs/\(name)")
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("# \(name)\n\(lecture)".utf8).write(to: path)
    }
  }

  @Test func aFolderKeepsItsTree() throws {
    try Tool.inFolder { tool in
      try tree(tool, ["a.grad", "deep/b.grad", "deep/er/c.grad", ".hidden/d.grad", "notes.txt"])
      let result = try tool.run(["render", "docs", "--out-dir", "out", "-T", "svg", "-T", "pdf"])
      #expect(result.status == 0 && result.output.isEmpty)
      #expect(result.messages.hasPrefix("3 figures: 3 drawn, in "))
      for name in ["a", "deep/b", "deep/er/c"] {
        #expect(tool.text("out/\(name).svg").contains("</svg>"))
        #expect(tool.read("out/\(name).pdf")?.starts(with: Data("%PDF".utf8)) == true)
      }
      #expect(tool.read("out/.hidden/d.svg") == nil)
    }
  }

  @Test(arguments: [
    (["docs/**/*.grad"], ["a.svg", "deep/b.svg", "deep/er/c.svg"]),
    (["docs/*/*.grad"], ["deep/b.svg"]),
    (["docs/deep/b.grad", "docs/deep/er/c.grad"], ["b.svg", "er/c.svg"]),
    (["docs/a.grad"], ["a.svg"]),
    (["docs/deep", "./docs/deep/b.grad"], ["b.svg", "er/c.svg"]),
  ])
  func filesAndPatternsKeepTheirsToo(_ arguments: [String], _ expected: [String]) throws {
    try Tool.inFolder { tool in
      try tree(tool)
      let result = try tool.run(["render", "--out-dir", "out"] + arguments)
      #expect(result.status == 0, "\(result.messages)")
      let found = try FileManager.default.subpathsOfDirectory(
        atPath: tool.folder.appending(path: "out").path)
      #expect(found.filter { $0.hasSuffix(".svg") }.sorted() == expected)
    }
  }

  /// Every process gets the values of the command line, also one that is empty or begins with a dash.
  @Test(arguments: ["", "-x", "--title", "=", "a\nb"])
  func workersGetAnyValue(_ title: String) throws {
    try Tool.inFolder { tool in
      try tree(tool)
      for jobs in ["1", "2"] {
        let result = try tool.run(
          ["render", "docs", "--out-dir", "out\(jobs)", "--jobs", jobs]
            + (title.isEmpty ? ["--title", ""] : ["--title=\(title)"]))
        #expect(result.status == 0, "\(result.messages)")
      }
      for name in ["a", "deep/b"] {
        #expect(tool.text("out1/\(name).svg") == tool.text("out2/\(name).svg"))
      }
    }
  }

  @Test func whatIsUpToDateIsLeftAlone() throws {
    try Tool.inFolder { tool in
      try tree(tool)
      _ = try tool.run(["render", "docs", "--out-dir", "out"])
      let first = try #require(tool.read("out/a.svg"))
      try tool.write("# b\nx = 3\ny = x * x\n", to: "docs/deep/b.grad")
      let second = try tool.run(["render", "docs", "--out-dir", "out"])
      #expect(second.messages.hasPrefix("3 figures: 1 drawn, 2 up to date, in "))
      #expect(tool.text("out/deep/b.svg").contains("y"))
      #expect(tool.read("out/a.svg") == first)
      let other = try tool.run(["render", "docs", "--out-dir", "out", "--style", "circuit"])
      #expect(other.messages.hasPrefix("3 figures: 3 drawn, in "))
      let forced = try tool.run(
        ["render", "docs", "--out-dir", "out", "--style", "circuit", "--force"])
      #expect(forced.messages.hasPrefix("3 figures: 3 drawn, in "))
    }
  }

  @Test func checkListsWhatIsNotUpToDate() throws {
    try Tool.inFolder { tool in
      try tree(tool)
      let arguments = ["render", "docs", "--out-dir", "out", "-T", "svg", "-T", "png", "--dark"]
      #expect(try tool.run(arguments).status == 0)
      #expect(try tool.run(arguments + ["--check"]).status == 0)
      // A changed program, a picture changed by hand, and one that is gone.
      try tool.write("x = 3\ny = x * x\n", to: "docs/a.grad")
      try tool.write(
        tool.text("out/deep/b.svg").replacing(">16<", with: ">17<"), to: "out/deep/b.svg")
      try FileManager.default.removeItem(at: tool.folder.appending(path: "out/deep/er/c~dark.png"))
      let result = try tool.run(arguments + ["--check"])
      #expect(result.status == 1)
      #expect(
        result.output.split(separator: "\n") == [
          "out/a.svg", "out/a~dark.svg", "out/a.png", "out/a~dark.png", "out/deep/b.svg",
          "out/deep/er/c~dark.png",
        ])
      #expect(result.messages.contains("docs/a.grad:1:1: error: 'out/a.svg' is out of date"))
      #expect(result.messages.contains("'out/deep/b.svg' is changed by hand"))
      #expect(result.messages.contains("'out/deep/er/c~dark.png' is missing [missing]"))
      #expect(tool.read("out/deep/er/c~dark.png") == nil)
    }
  }

  /// LuaTeX and XeTeX read no PDF that goes on after its end.
  @Test func thePDFEndsWhereItEnds() throws {
    try Tool.inFolder { tool in
      try tool.write("x = 3\ny = x*x\n", to: "p.grad")
      #expect(try tool.run(["render", "p.grad", "-o", "p.pdf"]).status == 0)
      let bytes = tool.read("p.pdf") ?? Data()
      #expect(bytes.suffix(6).elementsEqual(Data("%%EOF\n".utf8)))
      #expect(try tool.run(["render", "p.grad", "-o", "p.pdf", "--check"]).status == 0)
      // One that an earlier version drew is known as ours.
      let text = String(decoding: bytes, as: Unicode.ASCII.self)
      let stamp = try #require(text.firstMatch(of: /%graphviz-grad-3-[^\n]*\n/)).output
      var earlier = bytes
      let place = try #require(bytes.firstRange(of: Data(stamp.utf8)))
      earlier.removeSubrange(place)
      #expect(try tool.run("mkdir out").status == 0)
      try tool.write(Array(earlier + Data(stamp.utf8)), to: "out/p.pdf")
      #expect(try tool.run(["render", "p.grad", "-T", "pdf", "--out-dir", "out"]).status == 0)
    }
  }

  @Test(arguments: OutputFormat.all.filter(\.kind.isStamped).map(\.name))
  func everyFormatCarriesItsStamp(_ format: String) throws {
    try Tool.inFolder { tool in
      try tool.write(lecture, to: "l.grad")
      #expect(try tool.run(["render", "l.grad", "-T", format]).status == 0)
      #expect(try tool.run(["render", "l.grad", "-T", format, "--check"]).status == 0)
      let again = ["render", "l.grad", "-T", format, "--check", "--set", "a=6"]
      #expect(try tool.run(again).status == 1)
      // A byte that somebody changed is found as well.
      let name = try #require(tool.files.first { $0 != "l.grad" })
      var bytes = try #require(tool.read(name))
      bytes[bytes.count / 3] ^= 1
      try bytes.write(to: tool.folder.appending(path: name))
      #expect(try tool.run(["render", "l.grad", "-T", format, "--check"]).status == 1)
    }
  }

  @Test func aThemeFileIsPartOfThePicture() throws {
    try Tool.inFolder { tool in
      try tool.write("#: --theme school.json\n" + lecture, to: "l.grad")
      try tool.write(##"{"colors": {"forward": "#004488"}}"##, to: "school.json")
      let trusting = ["render", "l.grad", "--trust-heads"]
      #expect(try tool.run(trusting).status == 0)
      #expect(tool.text("l.svg").contains("#004488"))
      #expect(try tool.run(trusting + ["--check"]).status == 0)
      try tool.write(##"{"colors": {"forward": "#884400"}}"##, to: "school.json")
      #expect(try tool.run(trusting + ["--check"]).status == 1)
      #expect(try tool.run(trusting + ["-j", "2"]).status == 0)
    }
  }

  @Test func nothingIsDrawnIfAProgramIsWrong() throws {
    try Tool.inFolder { tool in
      try tree(tool)
      try tool.write("x = 3\ny = x *\n", to: "docs/a.grad")
      try tool.write("y = q\n", to: "docs/deep/b.grad")
      let strict = try tool.run(["render", "docs", "--out-dir", "out"])
      #expect(strict.status == 1)
      #expect(strict.messages.contains("docs/a.grad:2:7: error: "))
      #expect(strict.messages.contains("docs/deep/b.grad:1:5: error: 'q' is not defined"))
      #expect(tool.files == ["docs"])
      let lenient = try tool.run(["render", "docs", "--out-dir", "out", "--keep-going"])
      #expect(lenient.status == 1 && tool.text("out/deep/er/c.svg").contains("</svg>"))
      #expect(lenient.messages.contains("3 figures: 1 drawn, 2 failed, in "))
      let json = try tool.run(
        ["render", "docs", "--out-dir", "out", "--keep-going", "--diagnostics", "json"])
      let parsed = try JSONSerialization.jsonObject(with: Data(json.messages.utf8))
      #expect((parsed as? [Any])?.count == 2)
    }
  }

  @Test func aFigureThatTakesTooLongCostsOne() throws {
    try Tool.inFolder { tool in
      try tree(tool)
      let long = "x0 = 1\n" + (1...9_000).map { "x\($0) = x\($0 - 1) * 2 + x0\n" }.joined()
      try tool.write(long, to: "docs/a.grad")
      let result = try tool.run(
        ["render", "docs", "--out-dir", "out", "--timeout", "1500ms", "--keep-going", "-j", "2"])
      #expect(result.status == 70)
      #expect(result.messages.contains("docs/a.grad: error: the figure took longer than 1.5 s"))
      #expect(result.messages.contains("3 figures: 2 drawn, 1 failed, in "))
      let found = try FileManager.default.subpathsOfDirectory(
        atPath: tool.folder.appending(path: "out").path)
      #expect(
        found.filter { !$0.hasSuffix("deep") && !$0.hasSuffix("er") }.sorted() == [
          "deep/b.svg", "deep/er/c.svg",
        ])
    }
  }

  @Test func aKilledWorkerCostsOne() throws {
    try Tool.inFolder { tool in
      try tree(tool)
      let long = "x0 = 1\n" + (1...9_000).map { "x\($0) = x\($0 - 1) * 2 + x0\n" }.joined()
      try tool.write(long, to: "docs/a.grad")
      let line = """
        "$TOOL" render docs --out-dir out --keep-going -j 1 --timeout 30s & main=$!
        command -v pgrep >/dev/null || { echo "apt-get install procps" >&2; exit 127; }
        rounds=0
        until worker=$(pgrep -P $main); do
          rounds=$((rounds + 1))
          if [ $rounds -gt 600 ]; then echo "no worker was started" >&2; exit 1; fi
          sleep 0.05
        done
        sleep 0.5
        kill -KILL $worker
        wait $main
        """
      let result = try tool.run(line)
      #expect(result.status == 70)
      #expect(
        result.messages.contains(
          "docs/a.grad: error: the process that drew the figure was ended by signal"))
      #expect(result.messages.contains("2 drawn, 1 failed"))
    }
  }

  @Test func aFullDiskLeavesCompleteFilesOrNone() throws {
    try Tool.inFolder { tool in
      try tree(tool, (0..<40).map { "f\($0).grad" })
      // No file may become larger than 8 blocks of 512 bytes: a picture has more.
      let result = try tool.run(
        "ulimit -f 8; \"$TOOL\" render docs --out-dir out --keep-going -T svg -T dot")
      #expect(result.status == 74)
      #expect(result.messages.contains("cannot write 'out/f0.svg': File too large"))
      let found = try FileManager.default.contentsOfDirectory(
        atPath: tool.folder.appending(path: "out").path)
      #expect(found.allSatisfy { $0.hasSuffix(".dot") }, "\(found)")
    }
  }

  @Test func shardsAreAWhole() throws {
    try Tool.inFolder { tool in
      try tree(tool, (0..<7).map { "f\($0).grad" })
      var found: [String] = []
      for index in 1...3 {
        #expect(
          try tool.run(["render", "docs", "--out-dir", "out\(index)", "--shard", "\(index)/3"])
            .status == 0)
        found += try FileManager.default.contentsOfDirectory(
          atPath: tool.folder.appending(path: "out\(index)").path)
      }
      #expect(found.sorted() == (0..<7).map { "f\($0).svg" })
    }
  }

  @Test func makeDrawsWhatChanged() throws {
    try Tool.inFolder { tool in
      try tool.write(lecture, to: "my lecture.grad")
      try tool.write(##"{"colors": {"forward": "#004488"}}"##, to: "school.json")
      try tool.write(
        """
        all: lecture.svg
        lecture.svg:
        \t"$(TOOL)" render 'my lecture.grad' --theme school.json -o $@ --deps $@.d
        -include lecture.svg.d

        """, to: "Makefile")
      #expect(try tool.run("make").output.contains("render"))
      #expect(
        tool.text("lecture.svg.d")
          == "lecture.svg: my\\ lecture.grad school.json\nmy\\ lecture.grad:\nschool.json:\n")
      #expect(try tool.run("make").output.contains("Nothing to be done"))
      // A touched program gives the same picture, which is young again.
      #expect(try tool.run("sleep 0.05; touch 'my lecture.grad'; make").output.contains("render"))
      #expect(try tool.run("make").output.contains("Nothing to be done"))
      #expect(try tool.run("sleep 0.05; touch school.json; make").output.contains("render"))
      let json = try tool.run(
        [
          "render", "my lecture.grad", "-o", "x.svg", "--deps", "-", "--deps-format", "json",
          "--theme", "school.json",
        ])
      let parsed = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
      #expect(
        parsed?["pictures"] as? [String: [String]] == ["x.svg": ["my lecture.grad", "school.json"]])
    }
  }

  @Test func watchingSurvivesMistakesAndRenames() throws {
    try Tool.inFolder { tool in
      try tool.write(lecture, to: "l.grad")
      let line = """
        "$TOOL" watch l.grad --interval 20ms -T svg 2>log & watch=$!
        wait_for() { for i in $(seq 100); do grep -q "$1" "$2" && return; sleep 0.1; done; echo "no $1"; }
        wait_for 'drawn in' log
        echo 'y = q' > l.grad
        wait_for "'q' is not defined" log
        printf 'x = 7\\ny = x * x\\n' > new && mv new l.grad
        wait_for '>49<' l.svg
        rm l.grad; sleep 0.2; printf 'x = 8\\ny = x * x\\n' > l.grad
        wait_for '>64<' l.svg
        kill -KILL $watch; wait $watch
        """
      let result = try tool.run(line)
      #expect(result.output == "", "\(result.output) \(tool.text("log"))")
    }
  }

  @Test(arguments: [
    (["render", "docs", "-o", "x.svg"], Int32(64), "--out-dir"),
    (["render", "empty"], 1, "there is no .grad file in 'empty'"),
    (["render", "docs/*.nope"], 1, "no .grad file matches"),
    (["render", "docs", "--shard", "0/3"], 64, "1/4 is the first"),
    (["render", "docs", "--shard", "4/3"], 64, "--shard"),
    (["render", "docs", "--jobs", "0"], 64, "--jobs"),
    (["render", "docs", "--timeout", "soon"], 64, "--timeout"),
    (["render", "docs", "--deps-format", "make"], 64, "without --deps"),
    (["render", "docs", "--deps", "d", "--deps-format", "bazel"], 64, "known: make, json"),
    (["render", "docs", "--check", "--deps", "d"], 64, "--check writes nothing"),
    (["render", "-e", "J = 3 * 2", "--check"], 64, "nothing that could be checked"),
    (["render", "docs", "--out-dir", "file"], 74, "cannot make the folder 'file'"),
    (["render", "docs", "--out-dir", "file/o"], 74, "name another folder, or move the file away"),
    (
      ["render", "docs/a.grad", "docs/a.grad.grad", "-T", "svg", "--out-dir", "o"], 74,
      "cannot read"
    ),
    (["render", "clash"], 64, "would also be the picture of"),
    (["watch", "-"], 64, "only files can be watched"),
    (["watch", "docs", "--check"], 64, "--check draws nothing"),
  ])
  func mistakes(_ arguments: [String], _ status: Int32, _ text: String) throws {
    try Tool.inFolder { tool in
      try tree(tool)
      for name in ["empty", "clash"] {
        try FileManager.default.createDirectory(
          at: tool.folder.appending(path: name), withIntermediateDirectories: true)
      }
      try tool.write(lecture, to: "clash/a.grad")
      try tool.write("", to: "file")
      var arguments = arguments
      if arguments.contains("clash") {
        try tool.write(lecture, to: "clash/a")
        arguments = ["render", "clash/a", "clash/a.grad"]
      }
      let result = try tool.run(arguments)
      #expect(result.status == status && result.messages.contains(text), "\(result.messages)")
      #expect(tool.text("file") == "" && !tool.files.contains("x.svg"))
    }
  }
}
