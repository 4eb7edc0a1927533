import Foundation
import Testing

/// Programs that read files of numbers: which they may, and when their pictures are out of date.
@Suite struct DataFileTests {
  private static let program = """
    X = np.loadtxt("data.csv", delimiter=",", skiprows=1)
    w = np.array([0.5, -1.0])
    J = np.sum(X @ w)

    """

  @Test func aTableIsRead() throws {
    try Tool.inFolder { tool in
      try tool.write(Self.program, to: "p.py")
      try tool.write("a,b\n1,2\n3,4\n", to: "data.csv")
      let result = try tool.run(["eval", "p.py", "--format", "json"])
      #expect(result.status == 0, "\(result.messages)")
      #expect(result.output.contains("\"value\": -4"), "\(result.output)")
    }
  }

  @Test func aPictureKnowsItsFiles() throws {
    try Tool.inFolder { tool in
      try tool.write(Self.program, to: "p.py")
      try tool.write("a,b\n1,2\n3,4\n", to: "data.csv")
      #expect(try tool.run(["render", "p.py"]).status == 0)
      #expect(try tool.run(["render", "--check", "p.py"]).status == 0)
      try tool.write("a,b\n1,2\n3,5\n", to: "data.csv")
      #expect(try tool.run(["render", "--check", "p.py"]).status == 1)
    }
  }

  @Test func aPictureKnowsTheFilesOfSettings() throws {
    try Tool.inFolder { tool in
      try tool.write("X = np.array([[1.0, 2.0], [3.0, 4.0]])\nJ = np.sum(X)\n", to: "p.py")
      try tool.write("5,6\n7,8\n", to: "x.csv")
      let arguments = ["p.py", "--set", "X=@x.csv"]
      #expect(try tool.run(["render"] + arguments).status == 0)
      #expect(try tool.run(["render", "--check"] + arguments).status == 0)
      try tool.write("5,6\n7,9\n", to: "x.csv")
      #expect(try tool.run(["render", "--check"] + arguments).status == 1)
    }
  }

  @Test func aPipeIsNotWaitedFor() throws {
    try Tool.inFolder { tool in
      try tool.write(Self.program, to: "p.py")
      #expect(mkfifo(tool.folder.appending(path: "data.csv").path, 0o600) == 0)
      let result = try tool.run(["eval", "p.py"])
      #expect(result.status == 1)
      #expect(result.messages.contains("'data.csv' is a pipe"), "\(result.messages)")
    }
  }

  @Test(arguments: [
    ("np.load(\"none.npy\")", "there is no file 'none.npy'"),
    ("np.load(\"/etc/x.npy\")", "'/etc/x.npy' is not below the folder of the program"),
    ("np.load(\"../x.npy\")", "'../x.npy' is not below the folder of the program"),
    ("np.load(\"cut.npy\")", "'cut.npy' ends too early"),
    ("np.load(\"pickled.npy\")", "'pickled.npy' holds pickled objects"),
    ("np.loadtxt(\"data.csv\", delimiter=\",\")", "line 1, field 1: 'a' is no number"),
    ("np.loadtxt(\"data.csv\", skiprows=1)", "line 2, field 1: '1,2' is no number"),
  ])
  func whatIsWrongIsSaidAtItsPlace(_ call: String, _ message: String) throws {
    func saved(_ type: String, _ bytes: Int) -> [UInt8] {
      let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (2,), }\n"
      let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
      return magic + Array(header.utf8) + [UInt8](repeating: 0, count: bytes)
    }
    try Tool.inFolder { tool in
      try tool.write("\nX = \(call)\nJ = np.sum(X)\n", to: "p.py")
      try tool.write("a,b\n1,2\n3,4\n", to: "data.csv")
      try tool.write(saved("<f8", 15), to: "cut.npy")
      try tool.write(saved("|O", 16), to: "pickled.npy")
      let result = try tool.run(["eval", "p.py"])
      #expect(result.status == 1)
      #expect(
        result.messages.contains("p.py:2:8: error:") && result.messages.contains(message),
        "\(result.messages)")
    }
  }
}
