import GradBase
import GradCore

/// Examples in batches, as `torch.utils.data` gives them.
extension Word {
  /// What is known of the numbers of a type: `np.finfo(np.float32).eps`.
  private static let limits = Word(0...1, names: ["dtype"]) {
    (machine, given, named, token) throws(ProgramError) in
    let type = (given.first ?? machine.argument("dtype", named)).map { machine.text(of: $0) }
    let isShort = type?.contains("32") ?? false
    let values: [String: Double] =
      isShort
      ? [
        "eps": Double(Float.ulpOfOne), "max": Double(Float.greatestFiniteMagnitude),
        "min": -Double(Float.greatestFiniteMagnitude), "tiny": Double(Float.leastNormalMagnitude),
      ]
      : [
        "eps": .ulpOfOne, "max": .greatestFiniteMagnitude, "min": -.greatestFiniteMagnitude,
        "tiny": .leastNormalMagnitude,
      ]
    machine.operands.append(
      machine.make(
        DistributionObject(
          Distribution(name: "finfo", methods: [:]), values.mapValues { .number($0) })))
  }

  static let ofDatasets: [String: Word] = [
    "finfo": limits,
    "TensorDataset": Word(1...20) { (machine, given, _, token) throws(ProgramError) in
      var counts: Set<Int> = []
      for value in given {
        guard let count = machine.shape(of: value)?.first else {
          throw machine.failure(
            .wrongType, "'TensorDataset' takes arrays of examples, not \(machine.described(value))",
            token)
        }
        counts.insert(count)
      }
      guard counts.count == 1 else {
        throw machine.failure(.arrays, "the arrays have different numbers of examples", token)
      }
      machine.operands.append(machine.make(DatasetObject(given)))
    },
    "DataLoader": Word(
      1...3,
      names: [
        "batch_size", "shuffle", "drop_last", "num_workers", "pin_memory", "persistent_workers",
        "generator",
      ]
    ) { (machine, given, named, token) throws(ProgramError) in
      let shuffle = given.count > 2 ? given[2] : machine.argument("shuffle", named)
      guard shuffle.map({ machine.number($0) == 0 }) ?? true else {
        throw machine.failure(
          .arrays, "the order that 'shuffle=True' draws is not known here", token,
          help: "shuffle=False, or the batch that the program printed")
      }
      guard let dataset = machine.object(given[0]) as? DatasetObject else {
        throw machine.failure(
          .wrongType, "'DataLoader' is read for a 'TensorDataset' of arrays", token,
          help: "DataLoader(TensorDataset(X, y), batch_size=2)")
      }
      let size = given.count > 1 ? given[1] : machine.argument("batch_size", named)
      let count = machine.shape(of: dataset.arrays[0])?.first ?? 1
      let wanted = try size.map { (value) throws(ProgramError) in
        try machine.whole(value, token)
      }
      let batch = max(1, wanted ?? 1)
      let dropsLast = machine.argument("drop_last", named).map { machine.number($0) != 0 } ?? false
      var batches: [Recorder.Operand] = []
      for first in stride(from: 0, to: count, by: batch) {
        if dropsLast, first + batch > count { break }
        var parts: [Recorder.Operand] = []
        for array in dataset.arrays {
          parts.append(
            machine.plain(
              try machine.apply(
                .select([.slice(first, min(first + batch, count), nil)]), [array], token)))
        }
        batches.append(machine.make(ListObject(parts, isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(batches)))
    },
  ]
}
