import GradBase

/// What a worker process does: it draws one task after another that it reads from standard input.
///
/// Graphviz is not safe from two threads, and a figure that makes it crash or run for ever is to cost no
/// more than itself.
package enum WorkerLoop {
  /// Draws until the other process closes its end.
  ///
  /// - Parameters:
  ///   - memory: How much a figure may take, in bytes.
  ///   - picture: How many bytes a picture may have.
  package static func run(memory: Int, picture: Int) {
    closeOthers()
    WorkerWatch.start(memory: memory)
    signal(SIGPIPE, SIG_IGN)
    ProcessLimits.forbidWriting()
    warmUp()
    var buffer: [UInt8] = []
    while true {
      guard let fields = Fields.take(from: &buffer) else {
        guard let piece = next(), !piece.isEmpty else { return }
        buffer += piece
        continue
      }
      guard let task = DrawingTask(fields), send(task.draw(largest: picture).message) else {
        return
      }
    }
  }

  /// Draws something that nobody sees, so that fonts are found and the operators are known before the first
  /// who asks.
  private static func warmUp() {
    let program = Array("a = 5; b = 3; J = 3 * (a + tanh(b))".utf8)
    for format in ["svg", "png"] {
      _ = DrawingTask(format: format, program: program).draw(largest: .max)
    }
  }

  private static func next() -> [UInt8]? {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      repeat { count = read(0, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
      filled = max(0, count)
    }
    return count < 0 ? nil : bytes
  }

  private static func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return false }
      sent += max(0, count)
    }
    return true
  }

  /// Lets go of what the server had open when it started this process, such as its clients.
  private static func closeOthers() {
    guard let folder = opendir("/dev/fd") else { return }
    var files: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let file = Int32(name), file > 2 { files.append(file) }
    }
    closedir(folder)
    for file in files { close(file) }
  }
}
