import ArgumentParser
import GradBase
import GradServer
import GraphvizRenderer

/// The server as a program: `graphviz-grad serve` becomes it.
@main struct ServeTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graphviz-grad serve",
    abstract: "Show the programs of a folder as pages that follow them, and draw for whoever asks.",
    discussion: """
      EXAMPLES:
        graphviz-grad serve
        graphviz-grad serve . --open
        graphviz-grad serve --listen 0.0.0.0 --port 8080 --workers 4

      With a FOLDER, or a program in it, its programs are shown at http://127.0.0.1:8000, and each page is \
      drawn again when its file is saved; the playground is at /playground. Without one the playground is \
      the first page. In both cases figures are drawn for whoever asks: POST a program to /svg, /png, /pdf, \
      /json or /trace. Programs that are sent open no file. Control-C lets those finish who have asked.
      """)

  @Argument(
    help: "The folder whose programs are shown, or one program (default: none).",
    completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "The address to listen at, in numbers; 0.0.0.0 is all of this machine's (default: 127.0.0.1).",
      valueName: "address"))
  var listen = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "The port; 0 takes one that is free, which is said (default: 8000).", valueName: "number"))
  var port: UInt16 = 8_000

  @Flag(help: "Open the page in the browser (default: no).") var open = false

  @Option(
    help: ArgumentHelp(
      "Another name by which the pages of a FOLDER may be called; repeatable (default: none).",
      valueName: "name"))
  var host: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Let programs of a FOLDER name files beside them in their #: lines, such as --theme mine.json "
        + "(default: no)."))
  var trustHeads = false

  @OptionGroup(title: "Limits") var limits: LimitOptions

  func validate() throws { _ = try limits.values() }

  /// Serves until it is stopped.
  func serve() async throws {
    signal(SIGPIPE, SIG_IGN)
    ProcessLimits.allowFiles()
    var options = Server.Options()
    (options.address, options.port, options.hosts) = (listen, port, host.map { $0.lowercased() })
    options.trustsHeads = trustHeads
    options.limits = try limits.values()
    options.workers = limits.workers ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var page = ""
    if let folder {
      var info = stat()
      guard stat(folder, &info) == 0 else {
        throw end(74, "cannot read '\(folder)': \(String(cString: strerror(errno)))")
      }
      if info.st_mode & S_IFMT == S_IFDIR {
        options.folder = folder
      } else {
        let slash = folder.lastIndex(of: "/")
        options.folder = slash.map { String(folder[...$0]) } ?? "."
        page =
          "preview/"
          + Self.encoded(slash.map { String(folder[folder.index(after: $0)...]) } ?? folder)
      }
    }
    let server: Server
    do {
      server = try await Server(options)
    } catch {
      throw end(70, "\(error)")
    }
    StopSignals.wait { server.stop() }
    let name = listen.contains(":") ? "[\(listen)]" : listen
    let address = "http://\(name):\(server.port)/\(page)"
    say("listening at \(address); Control-C ends it")
    if open { Browser.open(address) }
    await server.run()
  }

  private static func encoded(_ name: String) -> String {
    name.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2E
        || byte == 0x2D || byte == 0x5F
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  private func end(_ code: Int32, _ message: String) -> ExitCode {
    say("error: \(message)")
    return ExitCode(code)
  }

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    Origin.current.prepareEnvironment()
    if arguments.first == "worker" {
      func number(_ name: String) -> Int {
        let value = arguments.first { $0.hasPrefix(name) }?.dropFirst(name.count)
        return value.flatMap { Int($0) } ?? .max
      }
      return WorkerLoop.run(memory: number("--memory="), picture: number("--picture="))
    }
    StopSignals.block()
    // Everything happens on other threads: this one would take a signal that they leave to one of them.
    Task.detached {
      do {
        var command = try parseAsRoot(arguments)
        if let tool = command as? ServeTool { try await tool.serve() } else { try command.run() }
        exit()
      } catch {
        exit(withError: error)
      }
    }
    while true { pause() }
  }
}

/// Prints a line where messages go.
func say(_ text: String) {
  let line = Array("graphviz-grad serve: \(text)\n".utf8)
  _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}
