import Foundation
import Testing

/// Files that cannot be read or written, and files that are written.
@Suite struct FileTests {
  private let lecture = ["-e", "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"]

  @Test(arguments: [
    (["eval", "."], "cannot read '.': Is a directory"),
    (["eval", "missing.grad"], "cannot read 'missing.grad': No such file or directory"),
    (["eval", "-e", "J=1", "-o", "missing/x.csv"], "cannot write 'missing/x.csv': No such file"),
    (
      ["render", "-e", "J=1", "-o", "old.svg/x.svg"],
      "cannot write 'old.svg/x.svg': Not a directory"
    ),
    (["render", "-e", "J=1", "-o", "/proc/x.svg"], "cannot write '/proc/x.svg': "),
    (["render", "-e", "J=1", "-T", "svg", "-o", "."], "cannot write '.': Is a directory"),
    (["render", "-e", "J=1", "-T", "svg", "-o", "/dev/full"], "No space left on device"),
  ])
  func troubleIsSaid(_ arguments: [String], _ message: String) throws {
    try Tool.inFolder { tool in
      try tool.write("as before", to: "old.svg")
      let result = try tool.run(arguments)
      #expect(result.status == 74)
      #expect(result.output == "")
      #expect(result.messages.hasPrefix("graphviz-grad: error: "))
      #expect(result.messages.contains(message), "\(result.messages)")
      #expect(tool.files == ["old.svg"])
      #expect(tool.read("old.svg") == Data("as before".utf8))
    }
  }

  /// A limit on file sizes stands in for a disk that fills up in the middle of a file.
  @Test func aFullDiskLeavesTheOldFile() throws {
    try Tool.inFolder { tool in
      try tool.write("as before", to: "old.svg")
      let result = try tool.run(
        "ulimit -f 1; \"$TOOL\" render \"$@\" -o old.svg", lecture)
      #expect(result.status == 74)
      #expect(result.messages.contains("cannot write 'old.svg': "))
      #expect(tool.read("old.svg") == Data("as before".utf8))
      #expect(tool.files == ["old.svg"])
    }
  }

  @Test func aClosedPipeEndsQuietly() throws {
    try Tool.inFolder { tool in
      let result = try tool.run(
        "{ sleep 0.3; \"$TOOL\" render \"$@\"; echo $? >status; } | true", lecture)
      #expect(result.messages == "")
      #expect(tool.read("status") == Data("0\n".utf8))
    }
  }

  @Test func aFullStandardOutputIsSaid() throws {
    try Tool.inFolder { tool in
      let result = try tool.run("\"$TOOL\" render \"$@\" >/dev/full", lecture)
      #expect(result.status == 74)
      #expect(result.messages.contains("cannot write standard output: No space left on device"))
    }
  }

  @Test func picturesNeedNoRendererOfGraphviz() throws {
    try Tool.inFolder { tool in
      // An empty folder of plugins, where Graphviz looks for them.
      let plugins = ["GVBINDIR": tool.folder.path]
      let result = try tool.run(["render"] + lecture + ["-o", "x.png"], environment: plugins)
      #expect(result.status == 0)
      #expect(tool.files == ["x.png"])
      #expect(try tool.run(["doctor"], environment: plugins).status == 0)
    }
  }

  @Test func missingFontsAreSaid() throws {
    try Tool.inFolder { tool in
      try tool.write("<fontconfig/>", to: "fonts.conf")
      let fonts = ["FONTCONFIG_FILE": tool.folder.appending(path: "fonts.conf").path]
      let picture = try tool.run(["render"] + lecture + ["-o", "x.png"], environment: fonts)
      #expect(picture.messages.contains("[no-fonts]"))
      #expect(picture.messages.contains("fonts-liberation"))
      let doctor = try tool.run(["doctor"], environment: fonts)
      #expect(doctor.status == 1)
      #expect(doctor.output.contains("To mend that: apt-get install fonts-liberation"))
      let svg = try tool.run(["render"] + lecture, environment: fonts)
      #expect(svg.messages == "")
      let other = try tool.run(["render"] + lecture)
      #expect(svg.output == other.output)
    }
  }

  #if os(Linux)
  @Test func aMissingChineseFontAloneIsNoFailure() throws {
    try Tool.inFolder { tool in
      // Liberation Sans alone, with its Latin and Greek letters.
      try tool.write(
        """
        <fontconfig>
          <dir>/usr/share/fonts/truetype/liberation</dir>
          <dir>/usr/share/fonts/truetype/liberation2</dir>
          <cachedir>\(tool.folder.path)</cachedir>
        </fontconfig>
        """, to: "fonts.conf")
      let fonts = ["FONTCONFIG_FILE": tool.folder.appending(path: "fonts.conf").path]
      let doctor = try tool.run(["doctor"], environment: fonts)
      #expect(doctor.status == 0)
      #expect(doctor.output.contains("ok  Greek          set in Liberation Sans\n"))
      #expect(doctor.output.contains("--  Chinese        no font\n"))
      #expect(
        doctor.output.hasSuffix(
          """
          Nothing is missing that every figure needs.
          Chinese names are boxes in png, pdf and eps; if you need them: \
          apt-get install fonts-noto-cjk

          """))
    }
  }
  #endif

  @Test func aFileIsReplacedAsAWhole() throws {
    try Tool.inFolder { tool in
      try tool.write("as before", to: "old.svg")
      let run = try tool.run(
        "chmod 640 old.svg; ln -s old.svg link.svg; \"$TOOL\" render \"$@\" -o link.svg", lecture)
      #expect(run.status == 0 && run.output == "" && run.messages == "")
      #expect(try tool.run("test -h link.svg && stat -c %a old.svg").output == "640\n")
      #expect(tool.read("old.svg")?.starts(with: Data("<svg".utf8)) == true)
      #expect(tool.files == ["link.svg", "old.svg"])
    }
  }

  @Test func theNameOfTheOutputFollowsFromTheInput() throws {
    try Tool.inFolder { tool in
      for name in ["a.grad", "b.grad"] { try tool.write("x = 1\ny = 2 * x\n", to: name) }
      #expect(try tool.run(["render", "a.grad", "b.grad"]).status == 0)
      #expect(try tool.run(["render", "a.grad", "-T", "json"]).status == 0)
      #expect(tool.files == ["a.grad", "a.json", "a.svg", "b.grad", "b.svg"])
    }
  }
}
