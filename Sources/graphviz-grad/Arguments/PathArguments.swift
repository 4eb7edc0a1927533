import ArgumentParser

/// Where a verb writes that writes one text or picture, by default to standard output.
struct PathArguments: ParsableArguments {
  @Option(
    name: .property("path"),
    help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "path"),
    completion: .file())
  var path = "-"
}
