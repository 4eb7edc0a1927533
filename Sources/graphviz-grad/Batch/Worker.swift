import ArgumentParser
import GradBase
import GradLanguage
import GraphvizGrad

/// The verb of a worker process: it reads tasks from standard input and answers on standard output.
struct Worker: FigureVerb {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Draw the figures that another process asks for.",
    shouldDisplay: false)

  @OptionGroup var program: ProgramArguments
  @OptionGroup var writing: WritingArguments
  @OptionGroup var trace: TraceArguments
  @OptionGroup var picture: PictureArguments
  @OptionGroup var figure: FigureArguments
  @OptionGroup var limits: LimitArguments

  func run() throws {
    Watchdog.leaveToOthers()
    WorkerWatch.start(memory: limits.values().limits.memory) { PendingFiles.removeAll() }
    let asked = try RequestArguments(program, options)
    var tasks = MessageReader()
    while let message = tasks.next() {
      guard let (task, files) = FigureTask.read(message) else { return }
      var code: Int32 = 0
      var messages: [Diagnostic] = []
      do throws(Failure) {
        messages = try task.done(asked.request(try task.input.source()), files)
      } catch {
        (code, messages) = (error.code.rawValue, error.diagnostics)
      }
      let text = Messages.printed(messages)
      try Output.standard.write("\(code) \(text.utf8.count)\n\(text)")
    }
  }
}

/// Messages on standard input: a length, a line feed, and so many bytes.
private struct MessageReader {
  private var buffer: [UInt8] = []

  /// The next message; `nil` when there are no more.
  mutating func next() -> [UInt8]? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")),
        let length = Int(String(decoding: buffer[..<end], as: UTF8.self)),
        buffer.count >= end + 1 + length
      {
        let message = Array(buffer[(end + 1)..<(end + 1 + length)])
        buffer.removeFirst(end + 1 + length)
        return message
      }
      guard let piece = try? nextBytes(of: 0), !piece.isEmpty else { return nil }
      buffer += piece
    }
  }
}

extension FigureTask {
  /// Checks it, or draws it into `files`, and returns what is worth a word.
  fileprivate func done(
    _ request: FigureRequest, _ files: [StagedFile]
  ) throws(Failure) -> [Diagnostic] {
    if files.isEmpty {
      do {
        _ = try figure(request)
        return []
      } catch {
        throw Failure(error)
      }
    }
    let drawn = try draw(request)
    for (bytes, file) in zip(drawn.contents, files) { try file.fill(bytes) }
    return drawn.warnings
  }

  /// The task as a worker is told it: fields between zero bytes, which no path has.
  ///
  /// - Parameter files: Where it goes, one for each of ``places``; none if it is only to be seen whether
  ///   anything is wrong.
  /// - Returns: The bytes of one message.
  func message(_ files: [StagedFile]) -> [UInt8] {
    var fields: [String] = []
    if case .file(let path) = input { fields.append(path) }
    fields += [words == nil ? "" : "words", files.isEmpty ? "trial" : "draw"]
    for picture in pictures { fields += [picture.format.name, picture.isDark ? "dark" : ""] }
    for file in files { fields += [file.path, file.temporary ?? ""] }
    return Array(fields.joined(separator: "\0").utf8)
  }

  /// Reads what ``message(_:)`` wrote.
  static func read(_ message: [UInt8]) -> (task: FigureTask, files: [StagedFile])? {
    let fields = message.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count >= 5 else { return nil }
    var task = FigureTask(input: .file(fields[0]), pictures: [])
    if !fields[1].isEmpty { task.words = .standard }
    let rest = fields[3...]
    let isTrial = fields[2] == "trial"
    // A picture has two fields, and where it goes two more; words have the last two.
    let count = isTrial ? rest.count / 2 : (rest.count - (task.words == nil ? 0 : 2)) / 4
    for start in stride(from: rest.startIndex, to: rest.startIndex + 2 * count, by: 2) {
      guard let format = OutputFormat.named(rest[start]) else { return nil }
      task.pictures.append(
        .init(format: format, isDark: rest[start + 1] == "dark", place: .standard))
    }
    var files: [StagedFile] = []
    for start in stride(from: rest.startIndex + 2 * count, to: rest.endIndex, by: 2) {
      let temporary = rest[start + 1]
      files.append(StagedFile(rest[start], as: temporary.isEmpty ? nil : temporary))
    }
    return (task, files)
  }
}
