import GradDocuments
import GraphvizGrad

extension FilterKind {
  /// The directive `grad` of mystmd, as it calls plug-ins that are programs.
  static let myst = FilterKind(
    name: "myst", hint: "the plug-in for myst.yml: graphviz-grad integration myst"
  ) { (words, options) throws(Failure) in
    if words.isEmpty {
      try Output.standard.write(MystFilter.specification)
      return nil
    }
    if words != ["directive", "grad"] {
      throw Failure.usage(
        "mystmd asks for '\(words.joined(separator: " "))', which the plug-in does not have",
        help: "graphviz-grad filter myst directive grad")
    }
    if options.folder != nil {
      throw Failure.usage("the pictures of mystmd are in its pages", help: "leave --folder out")
    }
    var filter = MystFilter()
    filter.trustsHeads = options.trustsHeads
    filter.begins = options.begins
    filter.documents = {
      documents(FileSearch.files(endingIn: ".md", except: ["_build", "node_modules"]))
    }
    filter.contents = { try? contents(ofFile: $0) }
    return filter.filter
  }
}
