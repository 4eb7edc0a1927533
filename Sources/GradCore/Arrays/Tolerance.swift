/// How far a number that is given may be from the one that belongs there, by the type it was computed in.
struct Tolerance {
  /// Of the number itself.
  let relative: Double
  /// Of the largest number that went into it.
  let floor: Double

  /// The tolerance for numbers of a type; `nil` for Float64, as this library computes.
  init(of type: String?) {
    (relative, floor) =
      switch type {
      case "float32", "complex64": (1e-3, 1e-4)
      case "float16": (2e-2, 1e-2)
      case "bfloat16": (1e-1, 5e-2)
      case let type? where type.hasPrefix("float8"): (1, 0.5)
      default: (1e-4, 1e-12)
      }
  }

  /// The wider of two.
  init(_ a: Tolerance, _ b: Tolerance) {
    (relative, floor) = (max(a.relative, b.relative), max(a.floor, b.floor))
  }

  /// Whether a number that is given is the one that belongs there.
  func agree(_ given: Double, _ own: Double, largest: Double = 0) -> Bool {
    if given == own || given.isNaN && own.isNaN { return true }
    return abs(given - own)
      <= max(relative * max(given.magnitude, own.magnitude), floor * largest)
  }
}
