import GradBase
import GradCore

/// The calls that make layers, and the lists that hold them.
extension ArrayWord {
  static let layers: [String: ArrayWord] = {
    var words: [String: ArrayWord] = [
      "Sequential": ArrayWord { (machine, call) throws(ProgramError) in
        try machine.makeSequential(call)
      },
      "ModuleList": ArrayWord { (machine, call) throws(ProgramError) in
        let items = try call.argument(0, "modules").map { (value) throws(ProgramError) in
          try machine.allItems(of: value, call.token)
        }
        return machine.make(ListObject(items ?? []))
      },
      "ModuleDict": ArrayWord { (_, call) throws(ProgramError) in call.argument(0) ?? .none },
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
