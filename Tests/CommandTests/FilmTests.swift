import Foundation
import Testing

/// Films are made by ffmpeg; here another program has its name, which does what a test wants.
@Suite struct FilmTests {
  private func run(_ tool: Tool, _ program: String?, _ arguments: String) throws -> Tool.Result {
    _ = try tool.run("mkdir -p bin films")
    if let program {
      try tool.write("#!/bin/sh\n\(program)\n", to: "bin/ffmpeg")
      _ = try tool.run("chmod +x bin/ffmpeg")
    }
    let path = program == nil ? "/nowhere" : "\(tool.folder.path)/bin:/usr/bin:/bin"
    return try tool.run(
      "\"$TOOL\" frames -e 'a = 5; J = 3*a' \(arguments)",
      environment: ["PATH": path, "TMPDIR": "\(tool.folder.path)/films"])
  }

  @Test func aFilmIsWhatTheProgramWrites() throws {
    try Tool.inFolder { tool in
      let words = "for word; do last=$word; done; echo \"$@\" > words; ls \"${last%/*}\" >> words"
      let done = try run(tool, "\(words); echo film > \"$last\"", "-o a.mp4 --animate 400ms")
      #expect(done.status == 0 && done.messages.isEmpty, "\(done.messages)")
      #expect(tool.text("a.mp4") == "film\n")
      #expect(tool.text("words").contains("-framerate 1000/400 "))
      #expect(tool.text("words").contains("0.png\n1.png\n2.png\n"))
      #expect(try tool.run("ls films").output.isEmpty)
    }
  }

  @Test(arguments: [
    ("echo 'no such codec' >&2; exit 1", "ffmpeg failed: no such codec [film]"),
    ("exit 0", "ffmpeg wrote no film [film]"),
  ])
  func aFilmThatFailsLeavesNothing(_ program: String, _ message: String) throws {
    try Tool.inFolder { tool in
      let done = try run(tool, program, "-o a.webm")
      #expect(done.status == 70 && done.messages.contains(message), "\(done.messages)")
      #expect(try tool.run("ls films; ls a.webm").output.isEmpty)
    }
  }

  @Test func whoLacksTheProgramLearnsItsName() throws {
    try Tool.inFolder { tool in
      let done = try run(tool, nil, "-o a.mp4")
      #expect(done.status == 70)
      #expect(done.messages.contains("films are made by ffmpeg, which is missing: apt-get install"))
    }
  }
}
