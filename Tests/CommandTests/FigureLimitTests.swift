import Foundation
import Testing

/// Figures that take too much, and commands that are ended early.
@Suite struct FigureLimitTests {
  /// A chain that no machine draws in a few milliseconds.
  private let chain = "x0 = 1\n" + (1...15_000).map { "x\($0) = x\($0 - 1) * 2 + x0\n" }.joined()

  /// What every script needs: whether a process is gone, not only ended and not looked after.
  private let shell = """
    is_gone() { case "$(ps -o stat= -p $1)" in ""|Z*) return 0;; esac; return 1; }
    until_gone() { for one in "$@"; do until is_gone $one; do sleep 0.02; done; done; }

    """

  @Test(arguments: [
    ["render", "p.grad", "-o", "p.svg"], ["render", "p.grad", "-T", "html", "-o", "p.html"],
    ["frames", "p.grad", "-T", "svg", "-o", "f-{n}.svg"], ["exercise", "p.grad", "-o", "s.md"],
    ["gallery", "p.grad", "-o", "g"],
  ])
  func aFigureHasItsTime(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write(chain, to: "p.grad")
      try tool.write("as before", to: "p.svg")
      let result = try tool.run(arguments + ["--timeout", "2ms"])
      #expect(result.status == 70 && result.output.isEmpty)
      #expect(result.messages.contains("p.grad: error: the figure took longer than 2 ms [timeout]"))
      #expect(tool.files == ["p.grad", "p.svg"] && tool.text("p.svg") == "as before")
    }
  }

  /// Whoever reads a program to its end before the time counts finds the mistake that is there.
  @Test(arguments: [
    ["render", "p.grad", "-o", "p.svg"], ["frames", "p.grad", "-T", "svg", "-o", "f-{n}.svg"],
    ["exercise", "p.grad", "-o", "s.md"], ["gallery", "p.grad", "-o", "g"],
  ])
  func readingIsPartOfIt(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write(chain + "J = q\n", to: "p.grad")
      let result = try tool.run(arguments + ["--timeout", "2ms"])
      #expect(result.status == 70 && result.messages.contains("[timeout]"), "\(result.messages)")
    }
  }

  @Test func aDocumentHasItsTime() throws {
    try Tool.inFolder { tool in
      try tool.write("```grad\n\(chain)```\n", to: "p.md")
      let result = try tool.run(["markdown", "p.md", "--timeout", "2ms"])
      #expect(result.status == 70 && result.messages.contains("[timeout]"))
      #expect(tool.files == ["p.md"])
    }
  }

  @Test(arguments: [["-o", "p.svg"], ["-j", "1"]])
  func aFigureHasItsMemory(_ arguments: [String]) throws {
    try Tool.inFolder { tool in
      // Half a million nodes take more than the least that can be said.
      let names = (1...250_000).map { "y\($0) = x * \($0)\n" }.joined()
      try tool.write("x = 1\n\(names)", to: "p.grad")
      let result = try tool.run(
        ["render", "p.grad", "--memory", "50MB"] + arguments)
      #expect(result.status == 70, "\(result.messages.prefix(500))")
      #expect(result.messages.contains("the figure took more memory than 50 MB [memory]"))
      #expect(tool.files == ["p.grad"])
    }
  }

  @Test(arguments: [
    ("--timeout", "soon", "--timeout: 'soon' is no time"), ("--timeout", "0s", "is no time"),
    ("--memory", "much", "--memory: 'much' is no amount of memory"),
    ("--memory", "1MB", "50MB to 1000GB"),
  ])
  func limitsThatAreNone(_ option: String, _ value: String, _ message: String) throws {
    try Tool.inFolder { tool in
      for verb in [["render"], ["frames"], ["exercise"]] {
        let result = try tool.run(verb + ["-e", "J=1", option, value])
        #expect(result.status == 64 && result.messages.contains(message), "\(result)")
      }
    }
  }

  /// A run that waits for a reader of one of its results has written all others under other names.
  @Test(arguments: [("INT", Int32(130)), ("TERM", 143), ("HUP", 129)])
  func aSignalLeavesNothing(_ signal: String, _ status: Int32) throws {
    try Tool.inFolder { tool in
      try tool.write("x = 3\ny = x*x\n", to: "p.grad")
      for number in 0...4 { try tool.write("as before", to: "old-\(number)") }
      let line = """
        mkfifo pipe
        env --default-signal=\(signal) "$TOOL" render p.grad -o p.svg --dark --deps p.d --alt-output pipe & main=$!
        until ls -A | grep -q '^\\.p\\.d\\.'; do sleep 0.02; done
        kill -\(signal) $main; wait $main; echo $? > status
        """
      let result = try tool.run(line)
      #expect(tool.text("status") == "\(status)\n", "\(result)")
      #expect(!result.messages.contains("graphviz-grad"))
      #expect(
        tool.files.filter { !$0.hasPrefix("old") } == ["p.grad", "pipe", "status"],
        "\(tool.files)")
    }
  }

  /// In the middle of drawing, which is in C.
  @Test(arguments: [("INT", Int32(130)), ("TERM", 143)])
  func aSignalEndsDrawing(_ signal: String, _ status: Int32) throws {
    try Tool.inFolder { tool in
      try tool.write(chain, to: "long")
      let line = """
        mkfifo p.grad
        env --default-signal=\(signal) "$TOOL" render p.grad -o p.svg & main=$!
        cat long > p.grad
        kill -\(signal) $main; wait $main; echo $? > status
        """
      let result = try tool.run(line)
      #expect(tool.text("status") == "\(status)\n", "\(result)")
      #expect(tool.files == ["long", "p.grad", "status"])
    }
  }

  /// Programs that are pipes: the parent reads them once, and the workers wait for them in vain.
  private func batch(_ options: String, _ body: String) -> String {
    shell + """
      mkfifo a.grad b.grad
      env --default-signal=INT "$TOOL" render a.grad b.grad -j 2 \(options) & main=$!
      for name in a b; do printf 'x = 1\\ny = x * x\\n' > $name.grad; done
      until workers=$(pgrep -P $main) && [ $(echo $workers | wc -w) = 2 ]; do sleep 0.02; done
      \(body)
      """
  }

  @Test(arguments: [("INT", Int32(130)), ("TERM", 143), ("KILL", 137)])
  func theWorkersEndWithTheirParent(_ signal: String, _ status: Int32) throws {
    try Tool.inFolder { tool in
      let line = batch(
        "", "kill -\(signal) $main; wait $main; echo $? > status; until_gone $workers")
      let result = try tool.run(line)
      #expect(tool.text("status") == "\(status)\n", "\(result)")
      #expect(tool.files == ["a.grad", "b.grad", "status"])
    }
  }

  @Test func stoppedWorkersKeepNobody() throws {
    try Tool.inFolder { tool in
      let line = batch(
        "--timeout 300ms", "kill -STOP $workers; wait $main; echo $? > status; until_gone $workers")
      let result = try tool.run(line)
      #expect(tool.text("status") == "70\n", "\(result)")
      #expect(
        result.messages.contains("the figure took longer than 0.3 s")
          || result.messages.contains("300 ms"))
      #expect(tool.files == ["a.grad", "b.grad", "status"])
    }
  }

  /// Who has given the program too little memory gets a message, not a crash.
  @Test func littleMemoryIsSaid() throws {
    try Tool.inFolder { tool in
      let line = """
        for size in $(seq 60000 20000 500000); do (
          ulimit -v $size
          "$TOOL" render -e 'J = 1' -o x.svg --force 2> /dev/null || exit
          "$TOOL" render -e 'x = 3; y = x*x' --force -o x.png 2> messages
          echo $? >> statuses
          [ $? = 0 ] || grep -q 'error: ' messages || echo silent >> statuses
        ); done
        """
      _ = try tool.run(line)
      let statuses = Set(tool.text("statuses").split(separator: "\n"))
      #expect(statuses.isSubset(of: ["0", "70"]) && statuses.contains("0"), "\(statuses)")
    }
  }

  @Test func longWorkIsToldOnATerminal() throws {
    try Tool.inFolder { tool in
      let long = "x0 = 1\n" + (1...19_000).map { "x\($0) = x\($0 - 1) * 2 + x0\n" }.joined()
      try tool.write(long, to: "p.grad")
      let shown = try tool.run(
        "script -qec \"'$TOOL' render p.grad -o p.svg --timeout 2100ms\" /dev/null < /dev/null")
      #expect(
        shown.output.contains("still drawing p.grad, for at most 2.1 s (--timeout)"), "\(shown)")
    }
  }
}
