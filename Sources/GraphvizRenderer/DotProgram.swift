import CGraphviz
import GradBase

/// Graphviz's own program `dot`, run in this process with all plugins of the machine.
///
/// Graphviz itself reads the arguments and files and writes results and messages, so that everything
/// is what `dot` would give, byte for byte.
package enum DotProgram {
  /// Does what `dot` does.
  ///
  /// Arguments that are wrong, or that ask for a list, end the process with `dot`'s message and code.
  ///
  /// - Parameter arguments: The arguments without the program's name.
  /// - Returns: The exit code of `dot`: 0 for no trouble with any file or graph.
  /// - Throws: ``GraphvizRenderer/GraphvizError`` if Graphviz is not there.
  public static func run(_ arguments: [String]) throws(GraphvizError) -> Int32 {
    try Graphviz.onStack(for: .max) { () throws(GraphvizError) in
      try Graphviz.alone { () throws(GraphvizError) in
        let context = try begin(arguments)
        var worst: Int32 = 0
        let rounds = cgv_memory_test()
        if let plugins = gvPluginsGraph(context.pointer) {
          worst = draw(plugins, in: context)
        } else if rounds != 0 {
          try layOut(rounds, in: context)
        } else {
          var last: UnsafeMutablePointer<Agraph_t>?
          while let graph = gvNextInputGraph(context.pointer) {
            if let last { close(last, in: context) }
            worst = max(worst, draw(graph, in: context))
            last = graph
          }
          if let last { close(last, in: context) }
        }
        fflush(nil)
        return max(worst, context.end())
      }
    }
  }

  /// Makes sure that `dot` takes these arguments; otherwise ends the process with its message.
  public static func check(_ arguments: [String]) throws(GraphvizError) {
    try Graphviz.alone { () throws(GraphvizError) in _ = try begin(arguments) }
  }

  /// What `dot -V` says: `dot - graphviz version 2.43.0 (0)`.
  public static func version() throws(GraphvizError) -> String {
    try Graphviz.alone { () throws(GraphvizError) in
      let context = try Context.withoutPlugins()
      return
        "dot - graphviz version \(context.version) (\(String(cString: cgv_build(context.pointer))))"
    }
  }

  /// A context that has read the arguments and sends its messages to standard error.
  private static func begin(_ arguments: [String]) throws(GraphvizError) -> Context {
    let context = try Context.forDrawing()
    _ = agseterrf(nil)
    cgv_exit_on_usage()
    // The context keeps the words as long as the process runs.
    var words = (["dot"] + arguments).map { strdup($0) } + [nil]
    let status = gvParseArgs(context.pointer, CInt(words.count - 1), &words)
    if status != 0 { exit(status) }
    return context
  }

  private static func draw(
    _ graph: UnsafeMutablePointer<Agraph_t>, in context: borrowing Context
  ) -> Int32 {
    _ = gvLayoutJobs(context.pointer, graph)
    _ = gvRenderJobs(context.pointer, graph)
    // A file of several pages ends with its graph.
    gvFinalize(context.pointer)
    return agreseterrors()
  }

  /// What `dot -m` does: lays out a graph of its own, `rounds` times or, if that is below 0, for ever, for
  /// somebody to watch its memory.
  private static func layOut(
    _ rounds: CInt, in context: borrowing Context
  ) throws(GraphvizError) {
    var left = rounds
    while left != 0 {
      let graph = try Graph([:])
      let nodes = (0..<20).compactMap { cgv_node(graph.pointer, "\($0)") }
      for (source, target) in zip(nodes, nodes.dropFirst()) {
        _ = cgv_edge(graph.pointer, source, target)
      }
      _ = gvLayoutJobs(context.pointer, graph.pointer)
      gvFreeLayout(context.pointer, graph.pointer)
      left -= 1
    }
  }

  private static func close(
    _ graph: UnsafeMutablePointer<Agraph_t>, in context: borrowing Context
  ) {
    gvFreeLayout(context.pointer, graph)
    agclose(graph)
  }
}
