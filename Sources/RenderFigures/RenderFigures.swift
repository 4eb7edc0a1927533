import PackagePlugin

@main struct RenderFigures: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    print(try context.tool(named: "graphviz-grad").url)
  }
}
