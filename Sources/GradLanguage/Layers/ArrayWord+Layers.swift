import GradBase
import GradCore

/// The calls that make layers, and the lists that hold them.
extension ArrayWord {
  private static let list = ArrayWord { (machine, call) throws(ProgramError) in
    let items = try call.argument(0, "modules", "values").map { (value) throws(ProgramError) in
      try machine.allItems(of: value, call.token)
    }
    return machine.make(ListObject(items ?? []))
  }

  /// What it holds are its attributes, too.
  private static let dictionary = ArrayWord { (machine, call) throws(ProgramError) in
    let dictionary = DictionaryObject()
    dictionary.hasAttributes = true
    if let given = call.argument(0, "modules", "parameters") {
      for (key, value) in try machine.pairs([given], [:], call.token) { dictionary[key] = value }
    }
    return machine.make(dictionary)
  }

  static let layers: [String: ArrayWord] = {
    var words: [String: ArrayWord] = [
      "Sequential": ArrayWord { (machine, call) throws(ProgramError) in
        try machine.makeSequential(call)
      },
      "ModuleList": list, "ParameterList": list, "ModuleDict": dictionary,
      "ParameterDict": dictionary,
    ]
    for (name, layer) in Layer.table {
      words[name] = ArrayWord { (machine, call) throws(ProgramError) in
        try machine.make(layer, call)
      }
    }
    for (name, help) in Layer.refused {
      words[name] = ArrayWord { (machine, call) throws(ProgramError) in
        throw machine.failure("the layer \(quoted(name)) is not read", call, help: help)
      }
    }
    return words
  }()
}
