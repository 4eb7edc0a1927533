import ArgumentParser
import GradLanguage

/// How much a figure may take.
struct Limits {
  var time = Duration.seconds(60)
  /// In bytes.
  var memory = 2_000_000_000
}

/// The options that say how much a figure may take.
struct LimitArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long a figure may take, such as 500ms, 30s or 2m (default: 60s).", valueName: "time"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "How much memory a figure may take, such as 500MB or 4GB (default: 2GB).",
      valueName: "size"))
  var memory: String?

  /// The limits as they are meant, and what is wrong with them.
  func values() -> (limits: Limits, mistakes: [Diagnostic]) {
    var limits = Limits()
    var mistakes: [Diagnostic] = []
    limits.take(timeout: timeout, &mistakes)
    if let memory {
      if let size = Self.bytes(memory) {
        limits.memory = size
      } else {
        mistakes.append(
          Messages.error(
            "bad-option", "--memory: '\(memory)' is no amount of memory",
            help: "50MB to 1000GB, such as 500MB or 4GB"))
      }
    }
    return (limits, mistakes)
  }

  /// `500MB`, `4GB`; `nil` for anything else, and for less than any figure takes.
  private static func bytes(_ text: String) -> Int? {
    for (unit, factor) in [("MB", 1e6), ("GB", 1e9)] where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(2)), (50e6...1e12).contains(number * factor) else {
        return nil
      }
      return Int(number * factor)
    }
    return nil
  }
}

extension Limits {
  /// Takes the time that `--timeout` gives.
  mutating func take(timeout: String?, _ mistakes: inout [Diagnostic]) {
    guard let timeout else { return }
    if let time = Duration.parsed(timeout) {
      self.time = time
    } else {
      mistakes.append(
        Messages.error(
          "bad-option", "--timeout: '\(timeout)' is no time", help: "such as 500ms, 30s or 2m"))
    }
  }

  /// A number of bytes as options write it: `2 GB`.
  static func text(ofBytes count: Int) -> String {
    let (number, unit) =
      count < 1_000_000_000 ? (count / 100_000, "MB") : (count / 100_000_000, "GB")
    return number % 10 == 0 ? "\(number / 10) \(unit)" : "\(number / 10).\(number % 10) \(unit)"
  }

  /// Says that a figure took too long.
  func tookTooLong(_ file: String) -> Diagnostic {
    Diagnostic(
      .error, code: "timeout", "the figure took longer than \(time.text)", file: file,
      help: "give it more time by --timeout, or draw less of it: --detail statements")
  }

  /// Says that a figure took too much memory.
  func tookTooMuch(_ file: String) -> Diagnostic {
    Diagnostic(
      .error, code: "memory",
      "the figure took more memory than \(Self.text(ofBytes: memory))", file: file,
      help: "give it more by --memory, or draw less of it: --detail statements, a smaller --scale")
  }
}

extension Duration {
  /// `500ms`, `30s`, `2m`; `nil` for anything else, and for no time at all.
  static func parsed(_ text: String) -> Duration? {
    for (unit, seconds) in [("ms", 0.001), ("s", 1.0), ("m", 60.0)] where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)),
        (0.001...86_400).contains(number * seconds)
      else { return nil }
      return .seconds(number * seconds)
    }
    return nil
  }

  /// In seconds: `0.5 s`.
  var text: String {
    let milliseconds = components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    return milliseconds < 1_000
      ? "\(milliseconds) ms"
      : milliseconds % 1_000 == 0
        ? "\(milliseconds / 1_000) s"
        : "\(milliseconds / 1_000).\(milliseconds / 100 % 10) s"
  }
}
