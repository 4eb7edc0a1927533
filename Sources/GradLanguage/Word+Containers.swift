import GradBase
import GradCore

/// Functions of Python's modules collections, itertools, math and builtins that few programs need.
extension Word {
  /// A function of whole numbers.
  private static func ofWholes(
    _ count: Int, _ body: @escaping @Sendable ([Int]) -> Double?
  ) -> Word {
    Word(count...count, isNumeric: true) { (machine, given, _, token) throws(ProgramError) in
      var numbers: [Int] = []
      for value in given { numbers.append(try machine.whole(value, token)) }
      guard numbers.allSatisfy({ (0...1_000_000).contains($0) }), let result = body(numbers) else {
        throw machine.failure(.wrongArguments, "the numbers are out of range", token)
      }
      machine.operands.append(.number(result))
    }
  }

  private static func product(_ numbers: [Int]) -> Double { numbers.reduce(1) { $0 * Double($1) } }

  /// A function that gives a list of tuples of what it is given.
  private static func tuples(
    _ counts: ClosedRange<Int>, names: Set<String> = [],
    _ make:
      @escaping @Sendable (
        inout Recorder, [[Recorder.Operand]], Int
      ) throws(ProgramError) -> [[Recorder.Operand]]
  ) -> Word {
    Word(counts, names: names) { (machine, given, named, token) throws(ProgramError) in
      var (lists, size): ([[Recorder.Operand]], Int) = ([], -1)
      for value in given {
        if machine.object(value) == nil, !machine.isArray(value) {
          size = try machine.whole(value, token)
        } else {
          lists.append(try machine.allItems(of: value, token))
        }
      }
      if let value = machine.argument("repeat", named) ?? machine.argument("r", named) {
        size = try machine.whole(value, token)
      }
      var result: [Recorder.Operand] = []
      for items in try make(&machine, lists, size) {
        result.append(machine.make(ListObject(items, isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(result)))
    }
  }

  /// All choices of `count` places, in order; with the same place in several where `repeats`.
  private static func choices(_ total: Int, _ count: Int, isOrdered: Bool) -> [[Int]] {
    var all: [[Int]] = [[]]
    for _ in 0..<max(0, count) {
      all = all.flatMap { chosen in
        let first = isOrdered ? 0 : (chosen.last ?? -1) + 1
        return (first..<max(total, first)).filter { !chosen.contains($0) }.map { chosen + [$0] }
      }
      if all.count > 1_000_000 { return [] }
    }
    return all
  }

  /// The digits of a whole number as a text: `bin(5)`.
  private static func digits(_ radix: Int, _ prefix: String) -> Word {
    Word(1...1, isNumeric: true) { (machine, given, _, token) throws(ProgramError) in
      let number = try machine.whole(given[0], token)
      let digits = String(number.magnitude, radix: radix)
      machine.operands.append(machine.make(TextObject((number < 0 ? "-" : "") + prefix + digits)))
    }
  }

  static let ofContainers: [String: Word] = [
    "getattr": Word(2...3) { (machine, given, _, token) throws(ProgramError) in
      if let value = try machine.attribute(given, token) {
        return machine.operands.append(machine.plain(value))
      }
      if given.count == 3 { return machine.operands.append(given[2]) }
      throw machine.failure(
        .unknownAttribute,
        "\(machine.described(given[0])) has no attribute '\(machine.text(of: given[1]))'", token)
    },
    "hasattr": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      let value = try machine.attribute(given, token)
      machine.operands.append(.truth(value != nil))
    },
    "setattr": Word(3...3) { (machine, given, _, token) throws(ProgramError) in
      try machine.setAttribute(given, token)
    },
    "slice": Word(1...3) { (machine, given, _, token) throws(ProgramError) in
      var parts: [Int?] = []
      for value in given { parts.append(value.isNone ? nil : try machine.whole(value, token)) }
      if parts.count == 1 { parts.insert(nil, at: 0) }
      if parts.count == 3, parts[2] == 0 {
        throw machine.failure(.indexOutOfRange, "the step of a slice is not 0", token)
      }
      machine.operands.append(
        machine.make(SliceObject(parts + [Int?](repeating: nil, count: 3 - parts.count))))
    },
    "callable": Word(1...1) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.truth(machine.object(given[0])?.isCallable ?? false))
    },
    "divmod": Word(2...2, isNumeric: true) { (machine, given, _, token) throws(ProgramError) in
      let (a, b) = (machine.number(given[0]), machine.number(given[1]))
      if b == 0 { throw machine.dividedByZero("'divmod' by 0", token) }
      let division = PythonDivision(a, by: b)
      machine.operands.append(
        machine.make(
          ListObject([.number(division.quotient), .number(division.rest)], isTuple: true)))
    },
    "log": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      try machine.record(Operators.Log.self, numbers: [given[0]], token)
      try machine.record(Operators.Log.self, numbers: [given[1]], token)
      let values = Array(machine.operands.suffix(2))
      machine.operands.removeLast(2)
      try machine.record(Operators.Divide.self, numbers: values, token)
    },
    "factorial": ofWholes(1) { $0[0] > 170 ? nil : product(Array(1..<$0[0] + 1)) },
    "comb": ofWholes(2) { numbers in
      let (n, k) = (numbers[0], min(numbers[1], numbers[0] - numbers[1]))
      if k < 0 { return 0 }
      return (0..<k).reduce(1.0) { ($0 * Double(n - $1) / Double($1 + 1)).rounded() }
    },
    "perm": ofWholes(2) { numbers in
      numbers[1] > numbers[0] ? 0 : product(Array(numbers[0] - numbers[1] + 1..<numbers[0] + 1))
    },
    "gcd": ofWholes(2) { numbers in
      var (a, b) = (numbers[0], numbers[1])
      while b != 0 { (a, b) = (b, a % b) }
      return Double(a)
    },
    "ord": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let letters = (machine.object(given[0]) as? TextObject)?.text.unicodeScalars
      guard let letters, letters.count == 1, let letter = letters.first else {
        throw machine.failure(
          .wrongType, "'ord' takes a text of one letter, not \(machine.described(given[0]))", token)
      }
      machine.operands.append(.number(Double(letter.value)))
    },
    "chr": Word(1...1, isNumeric: true) { (machine, given, _, token) throws(ProgramError) in
      let number = try machine.whole(given[0], token)
      guard let letter = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
        throw machine.failure(.wrongArguments, "no letter has the number \(number)", token)
      }
      machine.operands.append(machine.make(TextObject(String(letter))))
    },
    "Counter": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let counter = DictionaryObject()
      counter.factory = machine.make(WordObject("int"))
      for item in given.isEmpty ? [] : try machine.allItems(of: given[0], token) {
        let key = try machine.key(item, token)
        counter[key] = .number(machine.number(counter[key] ?? .number(0)) + 1)
      }
      machine.operands.append(machine.make(counter))
    },
    "deque": Word(0...2, names: ["maxlen"]) { (machine, given, named, token) throws(ProgramError) in
      let list = ListObject(given.isEmpty ? [] : try machine.allItems(of: given[0], token))
      if let most = given.count > 1 ? given[1] : machine.argument("maxlen", named), !most.isNone {
        let count = try machine.whole(most, token)
        list.most = count
        list.items = list.items.suffix(max(0, count))
      }
      machine.operands.append(machine.make(list))
    },
    "field": Word(0...0, names: ["default", "default_factory", "repr", "init", "compare"]) {
      (machine, _, named, token) throws(ProgramError) in
      if let factory = machine.argument("default_factory", named) {
        machine.operands.append(machine.make(FieldObject(factory)))
      } else {
        machine.operands.append(machine.argument("default", named) ?? .none)
      }
    },
    // MARK: Items of several lists
    "chain": Word(0...100) { (machine, given, _, token) throws(ProgramError) in
      var items: [Recorder.Operand] = []
      for value in given { items += try machine.allItems(of: value, token) }
      machine.operands.append(machine.make(ListObject(items)))
    },
    "product": tuples(1...100, names: ["repeat"]) { (_, lists, size) in
      let lists = Array(repeatElement(lists, count: max(size, 1)).joined())
      var all: [[Recorder.Operand]] = [[]]
      for list in lists { all = all.flatMap { start in list.map { start + [$0] } } }
      return all
    },
    "combinations": tuples(1...2, names: ["r"]) { (_, lists, size) in
      choices(lists[0].count, size, isOrdered: false).map { $0.map { lists[0][$0] } }
    },
    "permutations": tuples(1...2, names: ["r"]) { (_, lists, size) in
      choices(lists[0].count, size < 0 ? lists[0].count : size, isOrdered: true)
        .map { $0.map { lists[0][$0] } }
    },
    "zip_longest": Word(1...100, names: ["fillvalue"]) {
      (machine, given, named, token) throws(ProgramError) in
      var lists: [[Recorder.Operand]] = []
      for value in given { lists.append(try machine.allItems(of: value, token)) }
      let fill = machine.argument("fillvalue", named) ?? .none
      var rows: [Recorder.Operand] = []
      for place in 0..<(lists.map(\.count).max() ?? 0) {
        let row = lists.map { place < $0.count ? $0[place] : fill }
        rows.append(machine.make(ListObject(row, isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(rows)))
    },
    "starmap": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      var rows: [[Recorder.Operand]] = []
      for item in try machine.allItems(of: given[1], token) {
        rows.append(try machine.allItems(of: item, token))
      }
      machine.tasks.append(.step(.list(rows.count)))
      for row in rows.reversed() { machine.tasks.append(.step(.call(given[0], row, token))) }
    },
    // MARK: Digits
    "bin": digits(2, "0b"), "oct": digits(8, "0o"), "hex": digits(16, "0x"),
    "pairwise": tuples(1...1) { (_, lists, _) in
      zip(lists[0], lists[0].dropFirst()).map { [$0, $1] }
    },
    "islice": Word(2...4) { (machine, given, _, token) throws(ProgramError) in
      var bounds: [Int?] = []
      for value in given.dropFirst() {
        bounds.append(value.isNone ? nil : try machine.whole(value, token))
      }
      let (start, end) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0] ?? 0, bounds[1])
      let step = bounds.count > 2 ? bounds[2] ?? 1 : 1
      var items: [Recorder.Operand] = []
      if let end {
        // What never ends is taken from as far as is wanted.
        var source = try machine.items(of: given[0], token)
        while items.count < min(end, machine.statementLimit), let item = source.next() {
          items.append(item)
        }
      } else {
        items = try machine.allItems(of: given[0], token)
      }
      let places = stride(from: start, to: min(end ?? items.count, items.count), by: max(step, 1))
      machine.operands.append(machine.make(ListObject(places.map { items[$0] })))
    },
    "accumulate": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      var sums: [Recorder.Operand] = []
      for item in try machine.allItems(of: given[0], token) {
        if let last = sums.last {
          try machine.sum([machine.make(ListObject([last, item]))], token)
          sums.append(machine.operands.removeLast())
        } else {
          sums.append(item)
        }
      }
      machine.operands.append(machine.make(ListObject(sums)))
    },
  ].merging(
    PythonError.bases.keys.map { name in
      (
        name,
        Word(0...10) { (machine, given, _, _) throws(ProgramError) in
          machine.operands.append(machine.make(ErrorObject(name, given)))
        }
      )
    }
  ) { first, _ in first }
}

/// What makes the value of a field of a dataclass, for each object anew: `field(default_factory=list)`.
final class FieldObject: Object {
  let factory: Recorder.Operand

  init(_ factory: Recorder.Operand) { self.factory = factory }
}
