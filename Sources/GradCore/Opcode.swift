// The cases are documented by the rows that they name.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// The table of operators: the byte that names a node's operator on a tape.
///
/// The order of the cases gives the numbers, and nothing else does. A row names its own case, and
/// ``type`` names the row of each case, so that the compiler asks for whichever is missing.
@frozen public enum Opcode: UInt8, Sendable, CaseIterable {
  /// A node whose value was given.
  case input
  /// A literal number.
  case constant

  // The operators that have a sign of their own.
  case identity, negate, add, subtract, multiply, divide

  // Powers and roots; derivatives: <https://dlmf.nist.gov/4.7>.
  case power, square, squareRoot, cubeRoot, hypotenuse

  // Exponentials and logarithms; derivatives: <https://dlmf.nist.gov/4.7>.
  case exp, expm1, log, log1p, log2, log10

  // Circular functions of an angle in radians, and their inverses; derivatives:
  // <https://dlmf.nist.gov/4.20> and <https://dlmf.nist.gov/4.24>.
  case sin, cos, tan, asin, acos, atan, atan2

  // Hyperbolic functions and their inverses; derivatives: <https://dlmf.nist.gov/4.34> and
  // <https://dlmf.nist.gov/4.38>.
  case sinh, cosh, tanh, asinh, acosh, atanh

  // The activation functions of neural networks, as PyTorch defines them:
  // <https://pytorch.org/docs/stable/nn.functional.html>.
  case sigmoid, logSigmoid, softplus, relu, leakyRelu, elu, gelu, silu

  // Special functions.
  case erf, erfc

  // The largest and the smallest of several numbers. Operands that tie share the derivative equally,
  // but where one of them is a literal it takes all: `max(0, x)` is a course's relu, whose derivative
  // at 0 is 0.
  case max, min, maximum, minimum

  // Operators that pass on one of their operands, or nothing of its derivative.
  case clip, `where`, whereElse, abs, sign, stopGradient, truncate

  // The largest and the smallest as PyTorch and JAX have them: literals share like all operands. A
  // program calls them by their module, `torch.maximum(x, 0)`; a trace calls them as the others.
  case sharedMax, sharedMin, sharedMaximum, sharedMinimum

  /// An operator that the table does not have: a trace of another tool gives its name and its numbers.
  case foreign

  /// The row of the operator; `nil` for inputs and constants, which no operator made, and for operators
  /// that are not in the table.
  public var type: (any Operator.Type)? {
    switch self {
    case .input, .constant, .foreign: nil
    case .identity: Identity.self
    case .negate: Negate.self
    case .add: Add.self
    case .subtract: Subtract.self
    case .multiply: Multiply.self
    case .divide: Divide.self
    case .power: Power.self
    case .square: Square.self
    case .squareRoot: SquareRoot.self
    case .cubeRoot: CubeRoot.self
    case .hypotenuse: Hypotenuse.self
    case .exp: Exp.self
    case .expm1: Expm1.self
    case .log: Log.self
    case .log1p: Log1p.self
    case .log2: Log2.self
    case .log10: Log10.self
    case .sin: Sin.self
    case .cos: Cos.self
    case .tan: Tan.self
    case .asin: Asin.self
    case .acos: Acos.self
    case .atan: Atan.self
    case .atan2: Atan2.self
    case .sinh: Sinh.self
    case .cosh: Cosh.self
    case .tanh: Tanh.self
    case .asinh: Asinh.self
    case .acosh: Acosh.self
    case .atanh: Atanh.self
    case .sigmoid: Sigmoid.self
    case .logSigmoid: LogSigmoid.self
    case .softplus: Softplus.self
    case .relu: Relu.self
    case .leakyRelu: LeakyRelu.self
    case .elu: Elu.self
    case .gelu: Gelu.self
    case .silu: Silu.self
    case .erf: Erf.self
    case .erfc: Erfc.self
    case .max: Max.self
    case .min: Min.self
    case .maximum: Maximum.self
    case .minimum: Minimum.self
    case .clip: Clip.self
    case .where: Where.self
    case .whereElse: WhereElse.self
    case .abs: Abs.self
    case .sign: Sign.self
    case .stopGradient: StopGradient.self
    case .truncate: Truncate.self
    case .sharedMax: SharedMax.self
    case .sharedMin: SharedMin.self
    case .sharedMaximum: SharedMaximum.self
    case .sharedMinimum: SharedMinimum.self
    }
  }
}
