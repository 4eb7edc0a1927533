import ArgumentParser
import GradLanguage
import GraphvizGrad

/// Compares derivatives with differences.
struct Gradcheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the derivative by every input with a numerical one.",
    discussion: """
      EXAMPLES:
        graphviz-grad sample lecture | graphviz-grad gradcheck -
        graphviz-grad gradcheck -e 'x = 2; y = x**4 - 2*x**2' --order 2

      A kink, the edge of a domain, a derivative that is not finite and stop_gradient are explained, not
      called wrong. Exits with 1 if a derivative differs.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup var place: PathArguments

  @Option(
    name: .property("format"),
    help: "One of \(words(CheckFormat.all.map(\.name))) (default: by PATH, else table).",
    completion: .list(CheckFormat.all.map(\.name)))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "The relative difference that passes, besides the numerical error (default: 1e-6).",
      valueName: "number"))
  var tolerance: String?

  @Option(
    help: ArgumentHelp(
      "1 compares derivatives with differences of the output, 2 the Hessian with differences of the "
        + "gradient (default: 1).", valueName: "order"), completion: .list(["1", "2"]))
  var order: String?

  @Option(help: .wrt)
  var wrt: String?

  func run() throws {
    var mistakes = program.mistakes() + scriptTime.mistakes(runs: program.run)
    let chosen = FormatChoice(all: CheckFormat.all).format(format, for: place.path, &mistakes)
    let limit = tolerance.map { Double($0) ?? -1 } ?? 1e-6
    if !(limit >= 0 && limit.isFinite) {
      mistakes.append(
        Messages.error("bad-option", "--tolerance: '\(tolerance ?? "")' is no number from 0 on"))
    }
    if let order, order != "1", order != "2" {
      mistakes.append(
        Messages.error(
          "bad-option", "--order: '\(order)' is neither 1 nor 2",
          help: "--order 2 compares second derivatives"))
    }
    let outputs = Outputs(reading: program, to: Output(place.path))
    mistakes += outputs.mistakes()
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    let computations = try program.computations(within: scriptTime.limits)
    var checks: [GradientCheck] = []
    for computation in computations {
      do {
        checks.append(
          order == "2"
            ? try GradientCheck(second: computation, wrt: wrt, tolerance: limit)
            : try GradientCheck(computation, wrt: wrt, tolerance: limit))
      } catch {
        throw Failure(error)
      }
    }
    try outputs.write(checks.map(chosen.write).joined(separator: chosen.separator))
    Messages.write(computations.flatMap(\.warnings))
    if checks.contains(where: \.fails) { throw Failure(.program, []) }
  }
}
