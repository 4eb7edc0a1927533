import GradBase

/// The browser of whoever started the server.
enum Browser {
  /// Opens a page in it; without one, the address stands on the terminal.
  static func open(_ address: String) {
    #if os(Linux)
    let program = "xdg-open"
    #else
    let program = "open"
    #endif
    let nothing = GradBase.open("/dev/null", O_RDWR)
    guard nothing >= 0 else { return }
    defer { close(nothing) }
    var process: pid_t = 0
    if spawn(
      program, [address], input: nothing, output: nothing, errors: nothing, process: &process) != 0
    {
      say("there is no '\(program)' to open the browser with")
    }
  }
}
