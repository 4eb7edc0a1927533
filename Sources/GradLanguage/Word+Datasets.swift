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
      machine.operands.append(machine.make(DatasetObject(given, count: counts.first ?? 0)))
    },
    "DataLoader": Word(
      1...3,
      names: [
        "batch_size", "shuffle", "drop_last", "num_workers", "pin_memory", "persistent_workers",
        "generator",
      ]
    ) { (machine, given, named, token) throws(ProgramError) in
      let shuffle = given.count > 2 ? given[2] : machine.argument("shuffle", named)
      let dataset = try machine.dataset(given[0], token)
      let size = given.count > 1 ? given[1] : machine.argument("batch_size", named)
      let batch = try size.map { (value) throws(ProgramError) in try machine.whole(value, token) }
      let generator = machine.argument("generator", named).flatMap { machine.object($0) }
      machine.operands.append(
        machine.make(
          LoaderObject(
            dataset, given[0], batchSize: max(1, batch ?? 1),
            dropsLast: machine.argument("drop_last", named).map { machine.number($0) != 0 }
              ?? false,
            isShuffled: shuffle.map { machine.number($0) != 0 } ?? false,
            generator: generator as? RandomObject)))
    },
  ]
}

extension Recorder {
  /// Examples that are to be put in batches: those of a `TensorDataset`, or a list of them, of each of which
  /// every part becomes an array.
  mutating func dataset(_ given: Operand, _ token: Int32) throws(ProgramError) -> DatasetObject {
    if let dataset = object(given) as? DatasetObject { return dataset }
    guard let list = object(given) as? ListObject, !list.items.isEmpty else {
      throw failure(
        .wrongType, "'DataLoader' is read for a 'TensorDataset' of arrays, or a list of examples",
        token, help: "DataLoader(TensorDataset(X, y), batch_size=2)")
    }
    var rows: [[Operand]] = []
    for item in list.items { rows.append((object(item) as? ListObject)?.items ?? [item]) }
    guard let first = rows.first, rows.allSatisfy({ $0.count == first.count }) else {
      throw failure(.wrongType, "the examples have different numbers of parts", token)
    }
    var arrays: [Operand] = []
    for place in first.indices {
      arrays.append(try arrayed(make(ListObject(rows.map { $0[place] })), token))
    }
    let isSingle = !(object(list.items[0]) is ListObject)
    return DatasetObject(arrays, count: rows.count, isSingle: isSingle)
  }

  /// The batches of one pass through examples, each a tuple of arrays.
  mutating func batches(
    of loader: LoaderObject, _ token: Int32
  ) throws(ProgramError) -> [Operand] {
    let order = try order(of: loader, token)
    let count = loader.dataset.count
    var batches: [Operand] = []
    for number in 0..<loader.count {
      let first = number * loader.batchSize
      let end = min(first + loader.batchSize, count)
      let rows: ArrayOperation.Subscript =
        order.map { .indices(Array($0[first..<end]), shape: [end - first]) }
        ?? .slice(first, end, nil)
      var parts: [Operand] = []
      for array in loader.dataset.arrays {
        parts.append(plain(try apply(.select([rows]), [array], token)))
      }
      batches.append(
        loader.dataset.isSingle ? parts[0] : make(ListObject(parts, isTuple: true)))
    }
    return batches
  }

  /// The order that `shuffle=True` puts examples in, for one pass through them.
  private func order(of loader: LoaderObject, _ token: Int32) throws(ProgramError) -> [Int]? {
    guard let random = loader.generator ?? randomOfTorch else {
      guard loader.isShuffled else { return nil }
      throw failure(
        .arrays, "the order that 'shuffle=True' draws without a seed is another at every run",
        token,
        help:
          "torch.manual_seed(0) above makes it that of PyTorch; or shuffle=False, or the batch that "
          + "the program printed")
    }
    return random.ofTorch { stream in
      // PyTorch draws what worker processes would be seeded with, whether there are any or not.
      _ = stream.next64()
      guard loader.isShuffled else { return nil }
      if loader.generator != nil { return stream.permutation(loader.dataset.count) }
      var orders = TorchRandom(seed: stream.next64())
      return orders.permutation(loader.dataset.count)
    }
  }
}

/// Arrays of as many examples each: `TensorDataset`.
final class DatasetObject: Object {
  let arrays: [Recorder.Operand]
  let count: Int
  /// Whether an example is an array rather than a tuple of them.
  let isSingle: Bool

  init(_ arrays: [Recorder.Operand], count: Int, isSingle: Bool = false) {
    (self.arrays, self.count, self.isSingle) = (arrays, count, isSingle)
  }

  override var description: String { "a dataset" }
  override var length: Int? { count }
}

/// Examples in batches, in an order that each pass draws anew: `DataLoader`.
final class LoaderObject: Object {
  let dataset: DatasetObject
  private let operand: Recorder.Operand
  let batchSize: Int
  private let dropsLast: Bool
  let isShuffled: Bool
  let generator: RandomObject?

  init(
    _ dataset: DatasetObject, _ operand: Recorder.Operand, batchSize: Int, dropsLast: Bool,
    isShuffled: Bool, generator: RandomObject?
  ) {
    (self.dataset, self.operand, self.batchSize) = (dataset, operand, batchSize)
    (self.dropsLast, self.isShuffled, self.generator) = (dropsLast, isShuffled, generator)
  }

  /// How many batches there are.
  var count: Int { (dataset.count + (dropsLast ? 0 : batchSize - 1)) / batchSize }

  override var description: String { "examples in batches" }
  override var length: Int? { count }
  override var members: [(part: Part, value: Recorder.Operand)] { [(.word("dataset"), operand)] }
}
