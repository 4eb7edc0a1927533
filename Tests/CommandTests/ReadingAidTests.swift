import Foundation
import GraphvizGrad
import TestSupport
import Testing

/// Options of `render` that help a reader, and the gallery.
@Suite struct ReadingAidTests {
  private let colah = "a=2; b=1; c=a+b; d=b+1; e=c*d\n"

  @Test func focusSumsOverPaths() throws {
    try Tool.inFolder { tool in
      try tool.write(colah, to: "p.grad")
      let result = try tool.run(["render", "p.grad", "--focus", "b", "-o", "-"])
      #expect(result.status == 0)
      #expect(result.output.withWholeTexts.contains(">db over 2 paths: 1·2 + 1·3 = 5<"))
    }
  }

  @Test(arguments: [
    (["--focus", "bb"], "unknown node 'bb'"), (["--open", "f"], "calls no function of its own"),
    (["--fold", "f"], "calls no function of its own"),
  ])
  func whatTheProgramLacksIsRefused(_ options: [String], _ message: String) throws {
    try Tool.inFolder { tool in
      try tool.write(colah, to: "p.grad")
      try tool.write("before", to: "p.svg")
      let result = try tool.run(["render", "p.grad"] + options)
      #expect(result.status == 1)
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(tool.text("p.svg") == "before")
    }
  }

  @Test func darkTwinAndWordsAreWrittenInOneRun() throws {
    try Tool.inFolder { tool in
      try tool.write(colah, to: "p.grad")
      let result = try tool.run([
        "render", "p.grad", "-o", "p.svg", "--dark-output", "p~dark.svg", "--alt-output", "p.txt",
      ])
      #expect(result.status == 0)
      #expect(tool.files == ["p.grad", "p.svg", "p.txt", "p~dark.svg"])
      #expect(tool.text("p.svg").contains("fill=\"#ffffff\""))
      #expect(tool.text("p~dark.svg").contains("fill=\"#0f172a\""))
      let words = tool.text("p.txt")
      #expect(words.hasPrefix("Computation graph of e: e = "))
      for number in ["a = 2", "= 6", "de = 1", "= 5"] { #expect(words.contains(number)) }
    }
  }

  @Test func wordsCanBeChinese() throws {
    try Tool.inFolder { tool in
      let result = try tool.run([
        "render", "-e", "x=3; y=x*x", "--language", "zh-Hant", "--legend", "-o", "-",
      ])
      #expect(result.status == 0)
      #expect(result.output.contains("y 的計算圖"))
      // The letters of the legend have a font, and the form that readers of the language know.
      #expect(result.output.contains(">輸入</tspan></text>"))
      #expect(result.output.contains("'Noto Sans CJK TC'"))
      #expect(!result.output.contains("'Noto Sans CJK SC'"))
    }
  }

  @Test func aThemeOfOnesOwnIsRead() throws {
    try Tool.inFolder { tool in
      try tool.write("{\"base\": \"dark\", \"colors\": {\"forward\": \"#00ff7f\"}}", to: "t.json")
      let result = try tool.run([
        "render", "-e", "x=3; y=x*x", "--theme", "t.json", "-o", "-",
      ])
      #expect(result.status == 0)
      #expect(result.output.contains("fill=\"#0f172a\""))
      #expect(result.output.contains("stroke=\"#00ff7f\""))
    }
  }

  @Test(arguments: [
    ("{\"colours\": {}}", "unknown key 'colours'"),
    ("{\"colors\": {\"foreward\": \"#000000\"}}", "did you mean 'forward'?"),
    ("{\"colors\": {\"forward\": \"blue\"}}", "'blue' is no colour"),
    ("{\"base\": \"drak\"}", "did you mean 'dark'?"), ("[1]", "is not right"), ("{", "t.json"),
  ])
  func aWrongThemeIsRefused(_ theme: String, _ message: String) throws {
    try Tool.inFolder { tool in
      try tool.write(theme, to: "t.json")
      let result = try tool.run(["render", "-e", "J=1", "--theme", "t.json", "-o", "x.svg"])
      #expect(result.status == 64)
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(tool.files == ["t.json"])
    }
  }

  @Test(arguments: [["--nudge", "a=0.1"], ["--blank", "da"], ["--focus", "b"]])
  func aPageRefusesWhatItCannotKeep(_ options: [String]) throws {
    try Tool.inFolder { tool in
      try tool.write(colah, to: "p.grad")
      let result = try tool.run(["render", "p.grad", "-o", "p.html"] + options)
      #expect(result.status == 1)
      #expect(result.messages.contains("a page cannot be drawn with \(options[0])"))
      #expect(tool.files == ["p.grad"])
    }
  }

  @Test func theGalleryIsOnePage() throws {
    try Tool.inFolder { tool in
      try tool.write(colah, to: "p.grad")
      let result = try tool.run(["gallery", "p.grad", "-o", "pictures"])
      #expect(result.status == 0, "\(result.messages)")
      let page = tool.text("pictures/index.html")
      let count = Style.all.count * Theme.all.count
      #expect(page.components(separatedBy: "<svg ").count == count + 1)
      #expect(!page.contains("<script") && !page.contains("src="))
    }
  }
}
