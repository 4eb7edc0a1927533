import GradBase
import GraphvizRenderer

/// Pictures that ffmpeg makes a film of, in a folder that is gone when they are.
///
/// The program runs by itself, without a shell, and sees nothing but the folder's files.
final class Film {
  private let folder: String
  private let name: String
  private let milliseconds: Int
  private var count = 0

  /// A film without pictures.
  ///
  /// - Parameters:
  ///   - fileExtension: What says how films are packed, such as `mp4`.
  ///   - milliseconds: How long a picture is shown.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where there is no room for the pictures.
  init(fileExtension: String, milliseconds: Int) throws(GraphvizError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/graphviz-grad-film-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Self.failure("no folder for the pictures", errno) }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    name = "film.\(fileExtension)"
    self.milliseconds = milliseconds
  }

  deinit {
    for number in 0..<count { unlink(path(ofPicture: number)) }
    unlink("\(folder)/\(name)")
    unlink("\(folder)/words")
    rmdir(folder)
  }

  private func path(ofPicture number: Int) -> String { "\(folder)/\(number).png" }

  /// Adds a PNG; all have one size.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where it cannot be kept.
  func add(_ png: [UInt8]) throws(GraphvizError) {
    let file = open(path(ofPicture: count), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file < 0 { throw Self.failure("a picture of the film cannot be kept", errno) }
    defer { close(file) }
    count += 1
    var sent = 0
    while sent < png.count {
      let written = png[sent...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if written < 0, errno != EINTR {
        throw Self.failure("a picture of the film cannot be kept", errno)
      }
      sent += max(0, written)
    }
  }

  /// The film.
  ///
  /// - Parameters:
  ///   - codec: How it is packed, in ffmpeg's words.
  ///   - time: How long ffmpeg may take.
  /// - Returns: The contents of the file.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` where ffmpeg is not there, fails, or takes too long.
  func bytes(_ codec: [String], within time: Duration) throws(GraphvizError) -> [UInt8] {
    let pace = "1000/\(milliseconds)"
    // Sides are even, as the format wants them. Nothing tells when and where the film was made.
    let words =
      ["-nostdin", "-hide_banner", "-loglevel", "error", "-framerate", pace, "-start_number", "0"]
      + ["-i", "\(folder)/%d.png"]
      + ["-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2,fps=25,format=yuv420p"]
      + codec + ["-an", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
      + ["-threads", "2", "\(folder)/\(name)"]
    try run(words, within: time)
    guard let bytes = try? contents(ofFile: "\(folder)/\(name)"), !bytes.isEmpty else {
      throw Self.failure("ffmpeg wrote no film")
    }
    return bytes
  }

  private func run(_ words: [String], within time: Duration) throws(GraphvizError) {
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let messages = open("\(folder)/words", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    defer {
      close(input)
      close(messages)
    }
    if input < 0 || messages < 0 { throw Self.failure("ffmpeg cannot be started", errno) }
    var process: pid_t = 0
    let number = spawn(
      "ffmpeg", words, input: input, output: messages, errors: messages, process: &process)
    if number == ENOENT {
      throw GraphvizError(
        stage: .tool,
        messages: ["films are made by ffmpeg, which is missing: apt-get install ffmpeg"])
    }
    if number != 0 { throw Self.failure("ffmpeg cannot be started", number) }
    let end = ContinuousClock.now + time
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { throw Self.failure("ffmpeg got lost", errno) }
      if ContinuousClock.now > end {
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        throw GraphvizError(
          stage: .limit,
          messages: [
            "ffmpeg took longer than \(time) for \(count) pictures; a smaller --scale helps"
          ])
      }
      usleep(2_000)
    }
    if status == 0 { return }
    let said = (try? contents(ofFile: "\(folder)/words")).map {
      String(decoding: $0, as: UTF8.self)
    }
    let last = said?.split(separator: "\n").last.map { ": \($0)" } ?? ""
    throw Self.failure("ffmpeg failed\(last)")
  }

  private static func failure(_ words: String, _ number: Int32? = nil) -> GraphvizError {
    let reason = number.map { ": \(String(cString: strerror($0)))" } ?? ""
    return GraphvizError(stage: .tool, messages: [words + reason])
  }
}
