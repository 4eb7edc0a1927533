import GradBase
import GradCore

/// Functions for functions and containers that libraries have: functools, collections, JAX.
extension Word {
  static let ofLibraries: [String: Word] = [
    "reduce": Word(2...3) { (machine, given, _, token) throws(ProgramError) in
      var items = try machine.allItems(of: given[1], token)
      if given.count > 2 { items.insert(given[2], at: 0) }
      guard let first = items.first else {
        throw machine.failure(.wrongArguments, "'reduce' of nothing has no value", token)
      }
      machine.operands.append(first)
      for item in items.dropFirst().reversed() {
        machine.tasks.append(.step(.fold(given[0], item, token, isFirst: false)))
      }
    },
    "defaultdict": Word(0...2) { (machine, given, _, token) throws(ProgramError) in
      let dictionary = DictionaryObject()
      for (key, value) in try machine.pairs(Array(given.dropFirst()), [:], token) {
        dictionary[key] = value
      }
      dictionary.factory = given.first
      machine.operands.append(machine.make(dictionary))
    },
    "namedtuple": Word(2...2, names: ["defaults"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.makeNamedTuple(given, machine.argument("defaults", named), token)
    },
    "OrderedDict": Word(0...1, names: nil) { (machine, given, named, token) throws(ProgramError) in
      try machine.makeDictionary(given, named, token)
    },
    "partial": Word(1...100, names: nil) { (machine, given, named, _) throws(ProgramError) in
      machine.operands.append(
        machine.make(PartialObject(given[0], Array(given.dropFirst()), named)))
    },
    "vmap": Word(
      1...3, names: ["in_axes", "out_axes", "axis_size", "in_dims", "out_dims", "chunk_size"]
    ) { (machine, given, named, token) throws(ProgramError) in
      let axes =
        given.count > 1
        ? given[1] : machine.argument("in_axes", named) ?? machine.argument("in_dims", named)
      let out =
        (given.count > 2
          ? given[2] : machine.argument("out_axes", named) ?? machine.argument("out_dims", named))
        ?? .number(0)
      if machine.object(out) != nil || out.isNone {
        throw machine.failure(
          .wrongArguments, "'vmap' is read with one axis for all results", token,
          help: "turn them afterwards: jnp.moveaxis")
      }
      let resultAxis = try machine.whole(out, token)
      try machine.makeMapped(given[0], axes ?? .number(0), resultAxis: resultAxis, token)
    },
    "scan": Word(2...4, names: ["xs", "length", "unroll"]) {
      (machine, given, named, token) throws(ProgramError) in
      let items = given.count > 2 ? given[2] : machine.argument("xs", named)
      let length = given.count > 3 ? given[3] : machine.argument("length", named)
      try machine.beginScan(given[0], given[1], items ?? .none, length, token)
    },
    "fori_loop": Word(4...4) { (machine, given, _, token) throws(ProgramError) in
      let (start, end) = (try machine.whole(given[0], token), try machine.whole(given[1], token))
      guard end - start <= machine.statementLimit else {
        throw machine.failure(.tooManyStatements, "the loop is too long", token)
      }
      machine.operands.append(given[3])
      for place in stride(from: end - 1, through: start, by: -1) {
        machine.tasks.append(.step(.fold(given[2], .number(Double(place)), token, isFirst: true)))
      }
    },
    "lax.cond": Word(3...20) { (machine, given, _, token) throws(ProgramError) in
      let branch = machine.number(given[0]) != 0 ? given[1] : given[2]
      try machine.call(branch, Array(given.dropFirst(3)), [:], token)
    },
    "tree_leaves": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let leaves = try machine.leaves(of: given[0], token)
      machine.operands.append(machine.make(ListObject(leaves)))
    },
    "tree_map": Word(2...10) { (machine, given, _, token) throws(ProgramError) in
      var columns: [[Recorder.Operand]] = []
      for tree in given.dropFirst() { columns.append(try machine.leaves(of: tree, token)) }
      guard columns.allSatisfy({ $0.count == columns[0].count }) else {
        throw machine.failure(
          .wrongArguments,
          "the trees hold \(columns.map { "\($0.count)" }.joined(separator: " and "))"
            + " values, which do not go together", token)
      }
      machine.tasks += [.step(.rebuild(given[1])), .step(.list(columns[0].count))]
      for place in columns[0].indices.reversed() {
        machine.tasks.append(.step(.call(given[0], columns.map { $0[place] }, token)))
      }
    },
  ]
}
