import ArgumentParser
import GraphvizGrad

/// Writes Jacobians.
struct JacobianVerb: MatrixVerb {
  static let configuration = CommandConfiguration(
    commandName: "jacobian",
    abstract: "Write the derivatives of several outputs by several inputs as a matrix.",
    discussion: """
      EXAMPLES:
        graphviz-grad jacobian -e 'x = 3; y = 2; u = x*y; v = sin(x) + u' --of u,v
        graphviz-grad jacobian -e 'x = 3; y = 2; u = x*y; v = sin(x) + u' --of u,v -o jacobian.svg
        graphviz-grad jacobian -e 'x = 3; y = 2; u = x*y' --direction-vector x=1,y=0

      A row for each number of --of, names or entries of arrays with commas between them, and a column for \
      each of the inputs. A figure writes the numbers out, or draws many as a heat map.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup var writing: WritingArguments

  @OptionGroup var picture: PictureArguments

  @OptionGroup var place: PathArguments

  @OptionGroup var matrix: MatrixArguments

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "This vector times the matrix instead, u=1,v=0 or 1,0; what is not named is 0 (default: none).",
      valueName: "vector"))
  var seedVector: [String] = []

  func run() throws { try run(.jacobian, seed: seedVector) }
}
