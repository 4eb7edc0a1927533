extension Vocabulary {
  /// Functions that other languages have, or that are no functions of numbers, and what to write.
  static let elsewhere: [String: String] = {
    var helps: [String: String] = [:]
    func add(_ names: String, _ help: String) {
      for name in names.split(separator: " ") { helps[String(name)] = help }
    }
    add("tg", "write tan(x)")
    add("ctg cot ctan", "write 1/tan(x)")
    add("sec", "write 1/cos(x)")
    add("csc cosec", "write 1/sin(x)")
    add("arctg", "write atan(x)")
    add("arcctg arccot acot", "write atan(1/x)")
    add("sh", "write sinh(x)")
    add("ch", "write cosh(x)")
    add("th", "write tanh(x)")
    add("coth cth", "write 1/tanh(x)")
    add("lg", "write log10(x)")
    add("ld lb", "write log2(x)")
    add("sgn signum", "write sign(x)")
    add("sqr", "write square(x)")
    add("root nthroot", "write x**(1/n)")
    add("sigma", "write sigmoid(x)")
    add("heaviside step", "write where(x > 0, 1, 0)")
    add("input raw_input", "write the number, or give it on the command line: --set x=1")
    add("rand random uniform normal randint gauss", "write the number that was drawn")
    add("diff derivative gradient deriv", "derivatives are computed; write the formula alone")
    add("as_strided", "sliding_window_view(x, (2, 2)) makes windows of an array")
    add(
      "layers initializers add_weight Dense Conv2D Flatten glorot_uniform GlorotUniform "
        + "GlorotNormal HeNormal HeUniform RandomNormal RandomUniform TruncatedNormal Orthogonal",
      "what Keras draws is not known here; record the program as it runs, with --run, or write its "
        + "weights down: W = tf.Variable([[…]])")
    add("zeros_initializer Zeros", "write tf.zeros(shape)")
    add("ones_initializer Ones", "write tf.ones(shape)")
    add("constant_initializer", "write tf.fill(shape, value)")
    add("integrate integral quad", "there are no integrals; write the formula itself")
    add("factorial", "write the product out")
    add(
      "elementwise_grad egrad",
      "the derivative of each entry is that of the sum: def s(x): return np.sum(f(x)); grad(s)(x)")
    add(
      "minimize fmin_bfgs fmin_cg curve_fit least_squares minimize_scalar",
      "nothing is searched for; print what it finds, and write it down: w = np.array([…])")
    return helps
  }()

  /// Functions of arrays.
  static let ofArrays: Set<String> = [
    "sum", "mean", "dot", "matmul", "norm", "reshape", "view", "zeros", "ones", "randn",
    "zeros_like",
    "ones_like", "full", "eye", "arange", "linspace", "softmax", "log_softmax", "prod", "argmax",
    "argmin", "cumsum", "concatenate", "cat", "stack", "einsum", "transpose", "flatten", "squeeze",
    "unsqueeze", "len", "std", "var", "logsumexp", "mse_loss", "cross_entropy", "outer",
    "tensordot",
    "range", "zip", "enumerate", "list", "fsum",
  ]
}
