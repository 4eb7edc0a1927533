// Foundation brings mathematics of the same names, which must not get in the way.
import Foundation
import GradCore
import Testing

/// The operators as Swift code spells them.
@Suite struct OperatorFunctionTests {
  @Test func functionsRecordTheirRows() {
    let tape = Tape()
    let x = tape.input(0.5)
    let y = tape.input(2)
    let recorded: [(Variable, String)] = [
      (exp(x), "exp"), (expm1(x), "expm1"), (log(x), "log"), (log1p(x), "log1p"),
      (log2(x), "log2"), (log10(x), "log10"), (sqrt(x), "sqrt"), (cbrt(x), "cbrt"),
      (square(x), "square"), (abs(x), "abs"), (sign(x), "sign"), (sin(x), "sin"), (cos(x), "cos"),
      (tan(x), "tan"), (asin(x), "asin"), (acos(x), "acos"), (atan(x), "atan"),
      (atan2(x, y), "atan2"), (sinh(x), "sinh"), (cosh(x), "cosh"), (tanh(x), "tanh"),
      (asinh(x), "asinh"), (acosh(y), "acosh"), (atanh(x), "atanh"), (sigmoid(x), "sigmoid"),
      (logSigmoid(x), "logsigmoid"), (softplus(x), "softplus"), (relu(x), "relu"),
      (leakyReLU(x), "leaky_relu"), (elu(x), "elu"), (gelu(x), "gelu"), (silu(x), "silu"),
      (pow(x, y), "pow"), (x ** y, "pow"), (max(x, y), "max"), (min(x, y, x), "min"),
      (maximum(x, y), "maximum"), (minimum(x, y), "minimum"), (clip(x, 0, 1), "clip"),
      (select(true, x, y), "where"), (select(false, x, y), "where_else"), (hypot(x, y), "hypot"),
      (erf(x), "erf"), (erfc(x), "erfc"), (stopGradient(x), "stop_gradient"), (-x, "negate"),
      (x + y, "add"),
      (x - y, "subtract"), (x * y, "multiply"), (x / y, "divide"),
    ]
    for (variable, name) in recorded {
      #expect(tape.opcode(Int(variable.index)).type?.row.name == name)
    }
  }

  @Test func numbersMixIn() {
    let tape = Tape()
    let x = tape.input(3)
    #expect((x ** 2).value == 9)
    #expect((2 ** x).value == 8)
    #expect((2 * x ** 2 ** 2).value == 162)
    let mixed = 3 / x - 1 + 2 * x
    #expect(mixed.value == 6)
    #expect(max(x, 4).value == 4)
    #expect(min(4, x).value == 3)
    #expect(clip(x, -1).value == 3)
    #expect(leakyReLU(-x, negativeSlope: 0.5).value == -1.5)
    #expect(elu(x, alpha: 2).value == 3)
    #expect(atan2(0, x).value == 0)
  }
}
