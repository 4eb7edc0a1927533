import Foundation

/// A long program, read, recorded, differentiated and written as JSON, beside Python's `compile` of the
/// same text, which only reads it.
///
/// Takes `graphviz-grad` and `python3` from the PATH, or the tool that `GRAPHVIZ_GRAD` names; the tool
/// is to be the release build with the static runtime. Times are of the processor, of the whole process.
func benchmarkFrontEnd(statements: Int = 400_000, runs: Int = 5) -> Bool {
  let tool = ProcessInfo.processInfo.environment["GRAPHVIZ_GRAD"] ?? "graphviz-grad"
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var met: [Bool] = []
    let compile = "import sys; compile(open(sys.argv[1]).read(), '', 'exec')"
    let kinds = [
      ("2.4 nodes a statement", longProgram(statements, areSimple: false), 170_000.0, 1.5),
      ("1 node a statement", longProgram(statements, areSimple: true), 340_000.0, 0.75),
    ]
    for (name, text, rate, kilobytes) in kinds {
      let path = folder.appending(path: "long.grad").path
      try Data(text.utf8).write(to: URL(filePath: path))
      let output = folder.appending(path: "long.json").path
      var peak = 0
      var usage: [Usage] = []
      var reference: [Usage] = []
      for _ in rounds(runs) {
        usage.append(try measured([tool, "eval", path, "--format", "json", "-o", output]))
        reference.append(try measured(["python3", "-c", compile, path]))
        peak = max(peak, usage.last?.bytes ?? 0)
      }
      // Without a result the times would be those of a failure.
      let size = try Data(contentsOf: URL(filePath: output), options: .alwaysMapped).count
      guard size > 100 * statements else { return isNotMeasured("\(name): the result is cut") }
      let ours = median(usage.map(\.seconds))
      let theirs = median(reference.map(\.seconds))
      let speed = Double(statements) / ours
      met.append(
        report(
          "seconds, \(name)", ours, atMost: Double(statements) / rate,
          "\(Int(speed)) statements a second; Python's compile takes "
            + String(format: "%.2f s, %.2f of it", theirs, ours / theirs)))
      met.append(
        report(
          "KB a statement, \(name)", Double(peak) / 1_024 / Double(statements), atMost: kilobytes,
          String(
            format: "at most %d MB; Python %.2f KB", peak >> 20,
            Double(reference.map(\.bytes).max() ?? 0) / 1_024 / Double(statements))))
    }
    for (name, text, nodes) in [
      ("a loop", unrolledLoop, 100_000), ("layers of neurons", unrolledNetwork, 161_600),
    ] {
      let path = folder.appending(path: "unrolled.py").path
      try Data(text.utf8).write(to: URL(filePath: path))
      let output = folder.appending(path: "unrolled.json").path
      let ours = median(
        try rounds(runs).map { _ in
          try measured([tool, "eval", path, "--format", "json", "-o", output]).seconds
        })
      let size = try Data(contentsOf: URL(filePath: output), options: .alwaysMapped).count
      guard size > 100 * nodes else { return isNotMeasured("\(name): the result is cut") }
      met.append(
        report(
          "seconds, \(name) unrolled", ours, atMost: Double(nodes) / 300_000,
          "\(Int(Double(nodes) / ours)) nodes a second, JSON written"))
    }
    return met.allSatisfy { $0 }
  } catch {
    return isNotMeasured("the tool and python3 are needed on the PATH: \(error)")
  }
}

/// 100,000 operations of a loop.
private let unrolledLoop = """
  from math import sin
  x = 0.5
  w = 0.9
  b = 0.1
  s = 0
  for i in range(25000):
      x = sin(x) * w + b
      s = s + x

  """

/// Five layers of a hundred neurons of numbers, as a course on automatic differentiation writes them:
/// 161,609 nodes, of which 60,510 are numbers that the program makes.
private let unrolledNetwork = """
  import numpy as np
  class Neuron:
      def __init__(self, ws, b):
          self.ws = ws
          self.b = b
      def __call__(self, xs):
          t = self.b
          for w, x in zip(self.ws, xs):
              t = t + w * x
          return np.tanh(t)
  class Layer:
      def __init__(self, n, m):
          self.neurons = [Neuron([0.01 * ((7*i+3*j) % 19 - 9) for j in range(n)], 0.1) for i in range(m)]
      def __call__(self, xs):
          return [n(xs) for n in self.neurons]
  layers = [Layer(100, 100) for k in range(5)]
  xs = [0.01 * (i % 17) for i in range(100)]
  for layer in layers:
      xs = layer(xs)
  J = sum(xs)

  """

/// A program of many statements, each of which uses the last and one of those before it.
private func longProgram(_ count: Int, areSimple: Bool) -> String {
  var text = (0..<10).map { "x\($0) = 0.\($0 + 1)\n" }.joined()
  for i in 10..<count {
    let (a, b) = ("x\(i - 1)", "x\(i - 1 - (i * 7919) % 9)")
    // No value leaves the range in which it has all of its digits.
    if areSimple {
      text += i % 2 == 0 ? "x\(i) = cos(\(a))\n" : "x\(i) = \(a) * \(b)\n"
      continue
    }
    switch i % 5 {
    case 0: text += "x\(i) = \(a) + \(b)\n"
    case 1: text += "x\(i) = sin(\(a)) * \(b)\n"
    case 2: text += "x\(i) = tanh(\(a) - \(b))\n"
    case 3: text += "x\(i) = 0.5 * \(a) + 0.25 * \(b)\n"
    default: text += "x\(i) = \(a) * 0.9\n"
    }
  }
  return text
}

/// What a process took.
struct Usage {
  /// Of the processor, for the program and for the system on its behalf.
  var seconds: Double
  /// The most memory it held.
  var bytes: Int
}

/// Runs a command to its end.
func measured(_ command: [String]) throws -> Usage {
  let arguments = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  var status: Int32 = 0
  var usage = rusage()
  guard posix_spawnp(&child, command[0], nil, nil, arguments, environ) == 0,
    wait4(child, &status, 0, &usage) == child, status == 0
  else { throw CommandFailure(command: command, status: status) }
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return Usage(
    seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), bytes: usage.ru_maxrss * 1_024)
}
