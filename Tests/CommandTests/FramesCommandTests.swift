import Foundation
import Testing

/// The verb `frames`: which files it writes, and what it says where it writes none.
@Suite struct FramesCommandTests {
  private static let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

  private func frames(
    _ arguments: [String], environment: [String: String] = [:],
    _ check: (Tool, Tool.Result) throws -> Void
  ) throws {
    try Tool.inFolder { tool in
      try tool.write(Self.lecture, to: "l.grad")
      try check(tool, try tool.run(["frames", "l.grad"] + arguments, environment: environment))
    }
  }

  @Test(arguments: [
    (["-o", "f-{n}.svg"], (0...9).map { "f-\($0).svg" }),
    (["-o", "f-{0n}.svg", "--first", "1"], (1...10).map { $0 < 10 ? "f-0\($0).svg" : "f-10.svg" }),
    (["-o", "f{n}of{t}.eps", "--frames", "2,4-6"], [2, 4, 5, 6].map { "f\($0)of10.eps" }),
    (["-o", "f-{n}.png", "--pass", "forward", "--scale", "0.5"], (0...3).map { "f-\($0).png" }),
    (["-o", "f-{n}.pdf", "--pass", "backward"], (4...9).map { "f-\($0).pdf" }),
    (["-o", "one.svg", "--frames", "3"], ["one.svg"]),
    (["-o", "all.pdf"], ["all.pdf"]), (["-o", "all.gif", "--scale", "0.5"], ["all.gif"]),
    (["-o", "all.pptx", "--scale", "0.5"], ["all.pptx"]),
    (["-o", "all.svg", "--animate", "0.5s"], ["all.svg"]),
    (["-T", "reveal", "-o", "all.html"], ["all.html"]), (["-T", "slidev", "-o", "a.md"], ["a.md"]),
    ([], (0...9).map { "l-\($0).svg" }), (["-T", "pdf"], ["l-frames.pdf"]),
    (["-T", "json"], []),
  ])
  func filesHaveTheirNames(_ arguments: [String], _ files: [String]) throws {
    try frames(arguments) { tool, result in
      #expect(result.status == 0 && result.messages == "", "\(result.messages)")
      #expect(tool.files == (files + ["l.grad"]).sorted())
      #expect(result.output.isEmpty == (arguments != ["-T", "json"]))
      for file in files { #expect(tool.read(file)?.isEmpty == false) }
    }
  }

  @Test(arguments: [
    (["-o", "f.svg"], 64, "10 frames cannot all be written to 'f.svg'", "name them 'f-{n}.svg'"),
    (["-o", "f-{t}.png"], 64, "10 frames cannot all be written", "name them 'f-{t}-{n}.png'"),
    (["-T", "svg", "-o", "-"], 64, "10 frames cannot all be written to standard output", "{n}"),
    (["-o", "f-{n}.pptx"], 64, "pptx takes all frames in one file", "leave {n} out"),
    (["-o", "f-{n}.svg", "--animate", "1s"], 64, "a moving picture takes all frames", "leave {n}"),
    (
      ["-o", "f.pdf", "--animate", "1s"], 64,
      "--animate is for svg, gif, mp4 and webm, not for pdf", ""
    ),
    (["-o", "f.gif", "--animate", "1"], 64, "'1' is no time for a frame", "1200ms or 1.5s"),
    (["-o", "f.gif", "--animate", "1ms"], 64, "'1ms' is no time for a frame", "20ms to 600s"),
    (
      ["-o", "f-{n}.svg", "--latex-snippet"], 64, "--latex-snippet needs the frames", "lecture.pdf"
    ),
    (["-o", "f.doc"], 64, "unknown extension 'doc'", "known: svg, png, pdf"),
    (["-T", "tikz"], 64, "unknown format of frames 'tikz'", "known: svg"),
    (["--pass", "forwards"], 64, "unknown pass 'forwards'", "did you mean 'forward'?"),
    (["--first", "2"], 64, "'2' is no first number", "0 or 1"),
    (["--emphasis", "curent"], 64, "unknown emphasis 'curent'", "did you mean 'current'?"),
    (["--frames", "2-"], 64, "'2-' is no list of frames", "such as 2,4-6"),
    (["--frames", "4-2"], 64, "'4-2' is no list of frames", "such as 2,4-6"),
    (["--frames", ""], 64, "'' is no list of frames", "such as 2,4-6"),
    (["--frames", "3,12", "-o", "f-{n}.svg"], 1, "there is no frame 12", "they are 0 to 9"),
    (["--frames", "2", "--pass", "backward"], 1, "there is no frame 2", "they are 4 to 9"),
    (["--pass", "backward", "--show", "forward"], 1, "there is no frame", "--show forward"),
    (["--focus", "q", "-o", "f.pdf"], 1, "unknown node 'q'", ""),
    (["-o", "f-{n}.png", "--scale", "100"], 1, "a side can have at most", ""),
    (["-o", "missing/f-{n}.svg"], 74, "cannot write 'missing/f-0.svg'", ""),
  ])
  func nothingIsWrittenByMistake(
    _ arguments: [String], _ status: Int32, _ message: String, _ help: String
  ) throws {
    try frames(arguments) { tool, result in
      #expect(result.status == status)
      #expect(result.output == "")
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(help == "" || result.messages.contains(help), "\(result.messages)")
      #expect(tool.files == ["l.grad"])
    }
  }

  @Test func missingFontsAreSaid() throws {
    try Tool.inFolder { tool in
      try tool.write("<fontconfig/>", to: "fonts.conf")
      let fonts = ["FONTCONFIG_FILE": tool.folder.appending(path: "fonts.conf").path]
      let result = try tool.run(["frames", "-e", Self.lecture, "-o", "x.pdf"], environment: fonts)
      #expect(result.status == 0)
      #expect(result.messages.contains("[no-fonts]"))
    }
  }

  @Test func aPDFHasAPageForEachFrame() throws {
    try frames(["-o", "all.pdf"]) { tool, _ in
      let text = String(decoding: try #require(tool.read("all.pdf")), as: Unicode.ASCII.self)
      #expect(text.matches(of: /\/Type \/Page\b[^s]/).count == 10)
      let boxes = text.matches(of: /\/MediaBox \[([^\]]*)\]/).map { String($0.output.1) }
      #expect(boxes.count == 10 && Set(boxes).count == 1)
      #expect(!text.contains("CreationDate"))
    }
  }

  @Test func theSameFramesAreTheSameBytes() throws {
    try Tool.inFolder { tool in
      try tool.write(Self.lecture, to: "l.grad")
      let lines = [["pdf"], ["gif"], ["pptx"], ["svg", "--animate", "1s"]]
      func draw(_ name: String) throws {
        for line in lines {
          let arguments = ["frames", "l.grad", "-o", "\(name).\(line[0])"] + line.dropFirst()
          #expect(try tool.run(arguments).status == 0)
        }
      }
      // Dates in files would differ in the next second; drawing takes most of one.
      let begin = time(nil)
      try draw("first")
      while time(nil) == begin {}
      try draw("second")
      for line in lines {
        let first = try #require(tool.read("first.\(line[0])"))
        #expect(tool.read("second.\(line[0])") == first, "\(line)")
      }
    }
  }

  @Test func theSnippetNamesPagesOrFiles() throws {
    try frames(["-o", "all.pdf", "--latex-snippet", "--frames", "0-2"]) { _, result in
      #expect(result.output.contains("\\includegraphics<3>[page=3,"))
      #expect(!result.output.contains("<4>"))
      #expect(result.output.contains("]{all.pdf}%"))
    }
    try frames(["-o", "f-{n}.pdf", "--latex-snippet", "--first", "1"]) { _, result in
      #expect(result.output.contains("\\multiinclude[<+->][format=pdf,start=1,end=10,"))
      #expect(result.output.contains("]{f}"))
    }
    try frames(["-o", "f-{n}.pdf", "--latex-snippet", "--frames", "1,5"]) { _, result in
      #expect(result.output.contains("\\includegraphics<2>["))
      #expect(result.output.contains("]{f-5.pdf}%"))
    }
  }

  /// Frames fit a slide without being asked; a picture does not.
  @Test func framesFitASlide() throws {
    try Tool.inFolder { tool in
      let chain = "x0 = 0.5\n" + (1...9).map { "x\($0) = sin(x\($0 - 1))\n" }.joined()
      try tool.write(chain, to: "c.grad")
      func ratio(_ arguments: [String]) throws -> Double {
        let result = try tool.run(arguments + ["-o", "out.svg"])
        #expect(result.status == 0, "\(result.messages)")
        let svg = tool.text("out.svg")
        let box = try #require(svg.firstMatch(of: #/viewBox="0 0 ([0-9.]+) ([0-9.]+)"/#))
        return (Double(box.1) ?? 0) / (Double(box.2) ?? 1)
      }
      let frame = ["frames", "c.grad", "--frames", "0"]
      #expect(try ratio(frame) < 6)
      #expect(try ratio(frame + ["--fit", "none", "--rows", "1"]) > 8)
      #expect(try ratio(["render", "c.grad", "--rows", "1"]) > 8)
    }
  }
}
