import Foundation
import GradCore

/// Forward and backward of two models on arrays, beside NumPy (both passes written by hand) and PyTorch,
/// each with one thread, computation alone: the data stand in memory before.
///
/// Takes `python3` from the PATH, with NumPy or PyTorch or both. A pass that does nothing would be stopped:
/// losses must agree, and gradients have their shapes.
func benchmarkArrays(runs: Int = 21) -> Bool {
  let models: [(name: String, model: any ArrayModel.Type, target: Double)] = [
    ("network", Network.self, 10), ("logistic", Logistic.self, 3),
  ]
  var isMet: [Bool] = []
  for (name, type, target) in models {
    let engines = ["numpy", "torch"].compactMap { engine in
      let process = ReferenceProcess(engine: engine, model: name)
      if process == nil { print("\(name) / \(engine): not measured, as it does not start") }
      return process
    }
    guard !engines.isEmpty else {
      return isNotMeasured("\(name): python3 has neither NumPy nor PyTorch to compare with")
    }
    let model = type.init()
    let before = residentBytes()
    var ratios: [Double] = []
    for engine in engines {
      let pair = Pair(runs: runs) {
        model.pass()
      } reference: {
        engine.pass()
      }
      let loss = engine.loss
      precondition(abs(model.loss - loss) <= 1e-10 * abs(loss), "\(model.loss) is not \(loss)")
      note("\(name) / \(engine.name)", pair)
      ratios.append(pair.ratio)
    }
    isMet.append(
      report(
        "\(name) / the faster", ratios.max() ?? 0, atMost: target,
        "memory, data copied to the tape included, grew by "
          + "\(max(0, residentBytes() - before) >> 10) KB; "
          + engines.map { "\($0.name) \($0.growth >> 10) KB" }.joined(separator: ", ")))
  }
  return isMet.allSatisfy { $0 }
}

/// A model with its data.
private protocol ArrayModel: AnyObject {
  init()
  /// Seconds of one forward and backward pass.
  func pass() -> Double
  /// The loss of the last pass.
  var loss: Double { get }
}

/// Numbers between -1 and 1 that the reference makes as well.
private func numbers(_ count: Int, _ frequency: Double) -> [Double] {
  (0..<count).map { Foundation.sin(frequency * Double($0)) }
}

/// Logistic regression: 1,000 examples of 784 features, in columns.
private final class Logistic: ArrayModel {
  private let tape = Tape()
  private let x = NumberArray([784, 1_000], numbers(784_000, 0.7))
  private let y = NumberArray([1, 1_000], numbers(1_000, 1.3).map { $0 > 0 ? 1 : 0 })
  private let w = NumberArray([784, 1], numbers(784, 0.3).map { 0.05 * $0 })
  private(set) var loss = 0.0

  func pass() -> Double {
    tape.reset()
    let (x, y, w) = (tape.constant(x), tape.constant(y), tape.input(w))
    let b = tape.input([[0.1]])
    return seconds {
      let a = sigmoid(w.transposed.matmul(x) + b)
      let output = -(y * log(a) + (1 - y) * log(1 - a)).mean()
      let gradients = tape.gradients(of: output)
      loss = output.value
      precondition(gradients[w]?.count == 784 && gradients[b]?.count == 1)
    }
  }
}

/// A network of 784, 100 and 10 neurons at 100 examples, in rows.
private final class Network: ArrayModel {
  private let tape = Tape()
  private let x = NumberArray([100, 784], numbers(78_400, 0.7))
  private let y = NumberArray(
    [100, 10], (0..<1_000).map { $0 % 10 == ($0 / 10) * 7 % 10 ? 1 : 0 })
  private let (w1, b1) = (
    NumberArray([784, 100], numbers(78_400, 0.3).map { 0.05 * $0 }),
    NumberArray([1, 100], numbers(100, 0.9))
  )
  private let (w2, b2) = (
    NumberArray([100, 10], numbers(1_000, 0.5).map { 0.3 * $0 }),
    NumberArray([1, 10], numbers(10, 1.1))
  )
  private(set) var loss = 0.0

  func pass() -> Double {
    tape.reset()
    let (x, y) = (tape.constant(x), tape.constant(y))
    let (w1, b1) = (tape.input(w1), tape.input(b1))
    let (w2, b2) = (tape.input(w2), tape.input(b2))
    return seconds {
      let h = tanh(x.matmul(w1) + b1)
      let output = -(y * (h.matmul(w2) + b2).logSoftmax()).sum() / 100
      let gradients = tape.gradients(of: output)
      loss = output.value
      precondition(gradients[w1]?.count == 78_400 && gradients[b2]?.count == 10)
    }
  }
}

/// `arrays_reference.py` at work, which makes one pass whenever it is asked.
private final class ReferenceProcess {
  let name: String
  private let process = Process()
  private let (questions, answers) = (Pipe(), Pipe())
  /// The loss of the last pass.
  private(set) var loss = Double.nan
  /// By how many bytes the process has grown since its data were there.
  private(set) var growth = 0

  /// Starts it; `nil` where Python or the engine is missing.
  init?(engine: String, model: String) {
    name = engine
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../arrays_reference.py")
    process.arguments = ["python3", script.path, engine, model]
    // One thread each, and the kernels that fit the processor.
    var environment = ProcessInfo.processInfo.environment
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
      environment[name] = "1"
    }
    for name in ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"] { environment[name] = nil }
    process.environment = environment
    (process.standardInput, process.standardOutput) = (questions, answers)
    guard (try? process.run()) != nil, line() == "ready" else { return nil }
  }

  deinit {
    try? questions.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Seconds of one forward and backward pass.
  func pass() -> Double {
    questions.fileHandleForWriting.write(Data("pass\n".utf8))
    let parts = line().split(separator: " ").compactMap { Double($0) }
    guard parts.count == 3 else { return .nan }
    (loss, growth) = (parts[1], Int(parts[2]))
    return parts[0]
  }

  /// The next line of its output; empty at the end.
  private func line() -> String {
    var bytes = Data()
    while let byte = try? answers.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      bytes += byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
