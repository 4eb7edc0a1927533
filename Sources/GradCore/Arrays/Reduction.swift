extension ArrayOperation {
  /// What an array becomes along some of its axes.
  public enum Reduction: Sendable, Equatable {
    case sum, mean, product
    /// Entries that tie share the derivative equally.
    case max, min
    /// The squares of the distances from the mean, divided by the count less a correction: 0 as in NumPy, 1
    /// as in PyTorch.
    case variance(correction: Double)
    /// The root of the variance; its derivative at 0 is 0.
    case standardDeviation(correction: Double)
    /// (Σ |x|ᵖ)^(1/p), for p of 1, 2 or ∞; its derivative at 0 is 0.
    case norm(order: Double)
    /// The entry in the middle of all in order; of an even number the mean of the two, as NumPy has it, or
    /// the lower one, as PyTorch has it. Entries that tie share the derivative equally.
    case median(ofBoth: Bool)
    /// log Σ exp x, which keeps its digits for large x.
    case logSumExp

    /// The name in programs and traces.
    public var name: String {
      switch self {
      case .sum: "sum"
      case .mean: "mean"
      case .product: "prod"
      case .max: "amax"
      case .min: "amin"
      case .variance: "var"
      case .standardDeviation: "std"
      case .norm: "norm"
      case .logSumExp: "logsumexp"
      case .median: "median"
      }
    }

    /// The value of some entries, and in their place the partial by each.
    ///
    /// - Parameter x: The entries; then the partials.
    /// - Returns: The value.
    func evaluate(_ x: inout [Double]) -> Double {
      let count = Double(x.count)
      switch self {
      case .sum, .mean:
        let factor = self == .sum ? 1 : 1 / count
        let sum = x.reduce(0, +)
        for i in x.indices { x[i] = factor }
        return self == .sum ? sum : sum / count
      case .product:
        // Products of the entries before and after, so that a zero divides nothing.
        var (before, after) = (1.0, 1.0)
        let entries = x
        for i in x.indices {
          x[i] = before
          before *= entries[i]
        }
        for i in x.indices.reversed() {
          x[i] *= after
          after *= entries[i]
        }
        return before
      case .max, .min:
        let isMax = self == .max
        var best = x[0]
        for entry in x where entry.isNaN || (isMax ? entry > best : entry < best) { best = entry }
        if best.isNaN {
          for i in x.indices { x[i] = x[i].isNaN ? 1 : 0 }
          return best
        }
        let share = 1 / Double(x.count { $0 == best })
        for i in x.indices { x[i] = x[i] == best ? share : 0 }
        return best
      case .variance(let correction), .standardDeviation(let correction):
        let mean = x.reduce(0, +) / count
        var sum = 0.0
        for i in x.indices {
          x[i] -= mean
          sum += x[i] * x[i]
        }
        let divisor = Swift.max(count - correction, 0)
        let variance = sum / divisor
        if case .variance = self {
          for i in x.indices { x[i] *= 2 / divisor }
          return variance
        }
        let deviation = variance.squareRoot()
        for i in x.indices { x[i] = deviation == 0 ? 0 : x[i] / (divisor * deviation) }
        return deviation
      case .norm(let order):
        if order == 1 {
          let sum = x.reduce(0) { $0 + $1.magnitude }
          for i in x.indices { x[i] = Operators.Sign.value(x[i]) }
          return sum
        }
        // What is no number makes the whole none.
        let largest = x.reduce(0) { $1.isNaN ? $1 : Swift.max($0, $1.magnitude) }
        if order == .infinity {
          let ties = Double(x.count { $0.magnitude == largest })
          for i in x.indices {
            x[i] = x[i].magnitude == largest ? Operators.Sign.value(x[i]) / ties : 0
          }
          return largest
        }
        // Squares neither overflow nor vanish once divided by the largest.
        let norm: Double
        if largest == 0 || !largest.isFinite {
          norm = largest
        } else if largest > 1e150 || largest < 1e-150 {
          norm = largest * x.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
        } else {
          norm = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        for i in x.indices { x[i] = norm == 0 ? 0 : x[i] / norm }
        return norm
      case .median(let ofBoth):
        if x.contains(where: \.isNaN) {
          for i in x.indices { x[i] = x[i].isNaN ? 1 : 0 }
          return .nan
        }
        let sorted = x.sorted()
        let lower = sorted[(x.count - 1) / 2]
        let upper = ofBoth ? sorted[x.count / 2] : lower
        let ties = (Double(x.count { $0 == lower }), Double(x.count { $0 == upper }))
        for i in x.indices {
          x[i] = (x[i] == lower ? 0.5 / ties.0 : 0) + (x[i] == upper ? 0.5 / ties.1 : 0)
        }
        return lower == upper ? lower : (lower + upper) / 2
      case .logSumExp:
        let largest = x.reduce(-.infinity) { $1.isNaN ? $1 : Swift.max($0, $1) }
        guard largest.isFinite else {
          for i in x.indices { x[i] = x[i] == largest ? 1 : 0 }
          return largest
        }
        var sum = 0.0
        for i in x.indices {
          x[i] = Operators.Exp.value(x[i] - largest)
          sum += x[i]
        }
        for i in x.indices { x[i] /= sum }
        return largest + Operators.Log.value(sum)
      }
    }
  }
}
