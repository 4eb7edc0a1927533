extension Integration {
  /// Figures by ninja.
  static let ninja = Integration(
    name: "ninja",
    summary: "a rule for ninja, with dependencies",
    text: #"""
      # ninja: figures are drawn again when their program or a file that it reads changes. Save as
      # figures.ninja, and add to build.ninja, with a line for each figure:
      #
      #   include figures.ninja
      #   build lecture.svg: grad lecture.grad
      #   build gates.pdf: grad neuron.grad
      #     gradflags = --style circuit
      graphviz_grad = graphviz-grad
      gradflags =

      rule grad
        command = $graphviz_grad render $in -o $out --deps $out.d $gradflags
        depfile = $out.d
        deps = gcc
        description = Drawing $out

      """#)
}
