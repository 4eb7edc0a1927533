import Foundation
import Testing

/// The built program, run as a user runs it.
struct Tool {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var messages: String
  }

  /// A folder for this run alone; it goes with the value's last use in ``inFolder(_:)``.
  let folder: URL

  /// The program beside the test bundle, which is run or named on the command line of what runs it.
  static let path: String = {
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      var folder = URL(filePath: argument).deletingLastPathComponent()
      while folder.path != "/" {
        let program = folder.appending(path: "graphviz-grad").path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: program, isDirectory: &isFolder),
          !isFolder.boolValue
        {
          return program
        }
        folder.deleteLastPathComponent()
      }
    }
    return ""
  }()

  /// Gives `body` a folder of its own to work in, and removes it afterwards.
  static func inFolder(_ body: (Tool) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(Tool(folder: folder))
  }

  /// Runs the program.
  func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Result {
    try run("\"$TOOL\" \"$@\"", arguments, input: input, environment: environment)
  }

  /// Runs a line of shell, in which `$TOOL` is the program.
  func run(
    _ line: String, _ arguments: [String] = [], input: String = "",
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line, "sh"] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["TOOL": Self.path, "NO_COLOR": ""]) { $1 }.merging(environment) { $1 }
    // Files rather than pipes: nothing has to be drained while the program runs.
    let names = (0..<3).map { _ in folder.appending(path: ".\(UUID().uuidString)") }
    for (name, text) in zip(names, [input, "", ""]) { try Data(text.utf8).write(to: name) }
    defer { for name in names { try? FileManager.default.removeItem(at: name) } }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    let texts = try names.dropFirst().map {
      String(decoding: try Data(contentsOf: $0), as: UTF8.self)
    }
    return Result(status: process.terminationStatus, output: texts[0], messages: texts[1])
  }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// Writes a file of bytes into the folder.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  /// Reads a file of the folder; `nil` if it is not there.
  func read(_ name: String) -> Data? { try? Data(contentsOf: folder.appending(path: name)) }

  /// Reads a file of the folder as text; empty if it is not there.
  func text(_ name: String) -> String { String(decoding: read(name) ?? Data(), as: UTF8.self) }

  /// The names of the files in the folder.
  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }
}
