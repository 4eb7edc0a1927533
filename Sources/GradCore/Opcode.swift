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
  case geluTanh, mish, selu, celu, softsign, tanhshrink
  case hardtanh, relu6, hardsigmoid, hardswish

  // Special functions.
  case erf, erfc, logit

  // The largest and the smallest of several numbers. Operands that tie share the derivative equally,
  // but where one of them is a literal it takes all: `max(0, x)` is a course's relu, whose derivative
  // at 0 is 0.
  case max, min, maximum, minimum

  // Operators that pass on one of their operands, or nothing of its derivative.
  case clip, `where`, whereElse, abs, sign, stopGradient, truncate

  // The largest and the smallest as PyTorch and JAX have them: literals share like all operands. A
  // program calls them by their module, `torch.maximum(x, 0)`; a trace calls them as the others.
  case sharedMax, sharedMin, sharedMaximum, sharedMinimum

  /// An operation on arrays that is not elementwise; ``ArrayOperation`` says which.
  case arrays

  /// An operator that the table does not have: a trace of another tool gives its name and its numbers.
  case foreign

  /// Whether an operation made the node: it is neither an input nor a constant.
  package var isOperation: Bool { self != .input && self != .constant }

  /// The row of the operator; `nil` for inputs and constants, which no operator made, and for operators
  /// that are not in the table.
  public var type: (any Operator.Type)? {
    switch self {
    case .input, .constant, .arrays, .foreign: nil
    case .identity: Operators.Identity.self
    case .negate: Operators.Negate.self
    case .add: Operators.Add.self
    case .subtract: Operators.Subtract.self
    case .multiply: Operators.Multiply.self
    case .divide: Operators.Divide.self
    case .power: Operators.Power.self
    case .square: Operators.Square.self
    case .squareRoot: Operators.SquareRoot.self
    case .cubeRoot: Operators.CubeRoot.self
    case .hypotenuse: Operators.Hypotenuse.self
    case .exp: Operators.Exp.self
    case .expm1: Operators.Expm1.self
    case .log: Operators.Log.self
    case .log1p: Operators.Log1p.self
    case .log2: Operators.Log2.self
    case .log10: Operators.Log10.self
    case .sin: Operators.Sin.self
    case .cos: Operators.Cos.self
    case .tan: Operators.Tan.self
    case .asin: Operators.Asin.self
    case .acos: Operators.Acos.self
    case .atan: Operators.Atan.self
    case .atan2: Operators.Atan2.self
    case .sinh: Operators.Sinh.self
    case .cosh: Operators.Cosh.self
    case .tanh: Operators.Tanh.self
    case .asinh: Operators.Asinh.self
    case .acosh: Operators.Acosh.self
    case .atanh: Operators.Atanh.self
    case .sigmoid: Operators.Sigmoid.self
    case .logSigmoid: Operators.LogSigmoid.self
    case .softplus: Operators.Softplus.self
    case .relu: Operators.Relu.self
    case .leakyRelu: Operators.LeakyRelu.self
    case .elu: Operators.Elu.self
    case .gelu: Operators.Gelu.self
    case .silu: Operators.Silu.self
    case .geluTanh: Operators.GeluTanh.self
    case .mish: Operators.Mish.self
    case .selu: Operators.Selu.self
    case .celu: Operators.Celu.self
    case .softsign: Operators.Softsign.self
    case .tanhshrink: Operators.Tanhshrink.self
    case .hardtanh: Operators.Hardtanh.self
    case .relu6: Operators.Relu6.self
    case .hardsigmoid: Operators.Hardsigmoid.self
    case .hardswish: Operators.Hardswish.self
    case .erf: Operators.Erf.self
    case .erfc: Operators.Erfc.self
    case .logit: Operators.Logit.self
    case .max: Operators.Max.self
    case .min: Operators.Min.self
    case .maximum: Operators.Maximum.self
    case .minimum: Operators.Minimum.self
    case .clip: Operators.Clip.self
    case .where: Operators.Where.self
    case .whereElse: Operators.WhereElse.self
    case .abs: Operators.Abs.self
    case .sign: Operators.Sign.self
    case .stopGradient: Operators.StopGradient.self
    case .truncate: Operators.Truncate.self
    case .sharedMax: Operators.SharedMax.self
    case .sharedMin: Operators.SharedMin.self
    case .sharedMaximum: Operators.SharedMaximum.self
    case .sharedMinimum: Operators.SharedMinimum.self
    }
  }
}
