import ArgumentParser
import GradServer

/// The options that say how much clients and figures may take.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many processes draw (default: one for each processor).", valueName: "number"))
  var workers: Int?

  @Option(
    help: ArgumentHelp("How long a figure may take, such as 500ms or 5s.", valueName: "time"))
  var timeout = "10s"

  @Option(
    help: ArgumentHelp("How much memory a figure may take, such as 500MB.", valueName: "size"))
  var memory = "1GB"

  @Option(
    help: ArgumentHelp("How many figures may wait for a process.", valueName: "number"))
  var queue = 64

  @Option(help: ArgumentHelp("How long a program may be, such as 100KB.", valueName: "size"))
  var maxBody = "1MB"

  @Option(help: ArgumentHelp("How large a picture may be, such as 5MB.", valueName: "size"))
  var maxPicture = "32MB"

  @Option(
    help: ArgumentHelp("How much is kept of answers for who asks again.", valueName: "size"))
  var cache = "64MB"

  @Option(help: ArgumentHelp("How many clients may be connected.", valueName: "number"))
  var maxConnections = 1_000

  /// The limits as they are meant.
  func values() throws -> ServerLimits {
    var limits = ServerLimits()
    guard let time = Self.time(timeout) else {
      throw ValidationError("--timeout: '\(timeout)' is no time: 10ms to 10m, such as 500ms or 5s")
    }
    limits.time = time
    limits.memory = try Self.size(memory, "memory", 100_000_000...1_000_000_000_000)
    limits.body = try Self.size(maxBody, "max-body", 1_000...60_000_000)
    limits.picture = try Self.size(maxPicture, "max-picture", 1_000...1_000_000_000)
    limits.cache = try Self.size(cache, "cache", 0...1_000_000_000_000)
    limits.queue = try Self.number(queue, "queue", 0...100_000)
    limits.connections = try Self.number(maxConnections, "max-connections", 1...60_000)
    if let workers { _ = try Self.number(workers, "workers", 1...1_000) }
    return limits
  }

  private static func number(
    _ number: Int, _ option: String, _ range: ClosedRange<Int>
  ) throws -> Int {
    guard range.contains(number) else {
      throw ValidationError(
        "--\(option): \(number) is not from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func time(_ text: String) -> Duration? {
    for (unit, seconds) in [("ms", 0.001), ("s", 1.0), ("m", 60.0)] where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)), (0.01...600).contains(number * seconds)
      else { return nil }
      return .seconds(number * seconds)
    }
    return nil
  }

  private static func size(
    _ text: String, _ option: String, _ range: ClosedRange<Int>
  ) throws -> Int {
    for (unit, factor) in [("KB", 1e3), ("MB", 1e6), ("GB", 1e9)] where text.hasSuffix(unit) {
      if let number = Double(text.dropLast(2)), number >= 0, number * factor <= 1e12,
        range.contains(Int(number * factor))
      {
        return Int(number * factor)
      }
    }
    throw ValidationError("--\(option): '\(text)' is no size that can be had here: such as 500MB")
  }
}
