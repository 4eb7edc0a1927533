import ArgumentParser
import GraphvizGrad

/// Writes Hessians.
struct HessianVerb: MatrixVerb {
  static let configuration = CommandConfiguration(
    commandName: "hessian",
    abstract: "Write the second derivatives of the output by its inputs as a matrix.",
    discussion: """
      EXAMPLES:
        graphviz-grad hessian -e 'x = 0; y = 2; f = 100*(y - x**2)**2 + (1 - x)**2'
        graphviz-grad sample logistic | graphviz-grad hessian - --wrt w1,w2 -o hessian.svg
        graphviz-grad hessian -e 'x = 0; y = 2; f = 100*(y - x**2)**2' --direction-vector x=1,y=1

      A row and a column for each input, or for each entry of one that is an array. A figure writes the \
      numbers out, or draws many as a heat map. At a kink, as of relu at 0, second derivatives are 0, and \
      the node is named.
      """)

  @OptionGroup var program: ProgramArguments

  @OptionGroup var scriptTime: ScriptTimeArguments

  @OptionGroup var writing: WritingArguments

  @OptionGroup var picture: PictureArguments

  @OptionGroup var place: PathArguments

  @OptionGroup var matrix: MatrixArguments

  func run() throws { try run(.hessian) }
}
