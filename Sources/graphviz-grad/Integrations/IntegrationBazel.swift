extension Integration {
  /// Figures by Bazel.
  static let bazel = Integration(
    name: "bazel",
    summary: "targets for a BUILD file",
    text: #"""
      # Bazel: a figure for each program of the package, as the target lecture_svg of lecture.grad. Save as
      # BUILD.bazel, or add to it. The command is found on the PATH; with a strict one, build with
      # --action_env=PATH.
      [
          genrule(
              name = program.removesuffix(".grad").replace("/", "_") + "_svg",
              srcs = [program],
              outs = [program.removesuffix(".grad") + ".svg"],
              cmd = "graphviz-grad render $< -o $@",
          )
          for program in glob(["*.grad"])
      ]

      filegroup(
          name = "figures",
          srcs = [program.removesuffix(".grad") + ".svg" for program in glob(["*.grad"])],
      )

      """#)
}
