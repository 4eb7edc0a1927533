import GradBase
import GradCore

/// A function that Python has for values besides numbers, one row of the table.
struct Word: Sendable {
  typealias Run =
    @Sendable (
      inout Recorder, [Recorder.Operand], [Int32: Recorder.Operand], Int32
    ) throws(ProgramError) -> Void

  /// How many arguments it takes without their names; other counts are those of a function of numbers.
  let counts: ClosedRange<Int>
  /// The names that it takes arguments by; `nil` where any may be given, as to `dict`.
  let names: Set<String>?
  /// Whether only the values of its arguments matter.
  let isNumeric: Bool
  /// Leaves its result with the operands.
  let run: Run

  init(
    _ counts: ClosedRange<Int>, names: Set<String>? = [], isNumeric: Bool = false,
    _ run: @escaping Run
  ) {
    (self.counts, self.names, self.isNumeric, self.run) = (counts, names, isNumeric, run)
  }

  func takes(_ count: Int) -> Bool { counts.contains(count) }

  /// The function of a name; `nil` if there is none.
  static func named(_ name: String) -> Word? { table[name] ?? ofGradients[name] }

  /// The names of all of them.
  static let names = table.keys.sorted()

  /// Whether only programs with more than numbers call the function of this name.
  static func isOfLists(_ name: String) -> Bool {
    table[name] != nil
      && !["max", "min", "log", "print", "str", "bool", "int", "pow"].contains(name)
  }

  private static let table = ofPython.merging(ofLibraries) { first, _ in first }
    .merging(ofDerivatives) { first, _ in first }
    .merging(ofContainers) { first, _ in first }
    .merging(ofHeaps) { first, _ in first }
    .merging(ofDistributions) { first, _ in first }
    .merging(ofDatasets) { first, _ in first }

  private static let range = Word(1...3, isNumeric: true) {
    (machine, given, _, token) throws(ProgramError) in
    try machine.makeRange(given, token)
  }

  private static let ofPython: [String: Word] = [
    "len": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      if try machine.callSpecial("__len__", of: given[0], [], token) { return }
      var count = machine.object(given[0])?.length
      if count == nil { count = try machine.items(of: given[0], token).count }
      machine.operands.append(.number(Double(count ?? 0)))
    },
    "range": range,
    // Python 2's.
    "xrange": range,
    "sum": Word(1...2, names: ["start"]) { (machine, given, named, token) throws(ProgramError) in
      let start = machine.argument("start", named).map { [$0] } ?? []
      try machine.sum(given + start, token)
    },
    "max": Word(1...1, names: ["key", "default"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.extremum(Operators.Max.self, "max", given, named, token)
    },
    "min": Word(1...1, names: ["key", "default"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.extremum(Operators.Min.self, "min", given, named, token)
    },
    "sorted": Word(1...1, names: ["key", "reverse"]) {
      (machine, given, named, token) throws(ProgramError) in
      try machine.sorted(try machine.allItems(of: given[0], token), named, token)
    },
    "reversed": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let items = try machine.allItems(of: given[0], token)
      machine.operands.append(machine.make(ListObject(items.reversed())))
    },
    "enumerate": Word(1...2, names: ["start"]) {
      (machine, given, named, token) throws(ProgramError) in
      let start = try (given.count > 1 ? given[1] : machine.argument("start", named)).map {
        (value) throws(ProgramError) in
        try machine.whole(value, token)
      }
      var pairs: [Recorder.Operand] = []
      for (place, item) in try machine.allItems(of: given[0], token).enumerated() {
        pairs.append(
          machine.make(
            ListObject([.number(Double(place + (start ?? 0))), item], isTuple: true)))
      }
      machine.operands.append(machine.make(ListObject(pairs)))
    },
    "iter": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let items = try machine.items(of: given[0], token)
      machine.operands.append(machine.make(IteratorObject(items)))
    },
    "next": Word(1...2) { (machine, given, _, token) throws(ProgramError) in
      guard let iterator = machine.object(given[0]) as? IteratorObject else {
        throw machine.failure(
          .wrongType, "'next' takes an iterator, not \(machine.described(given[0]))", token,
          help: "next(iter(xs))")
      }
      guard let item = iterator.items.next() ?? (given.count > 1 ? given[1] : nil) else {
        throw machine.failure(.indexOutOfRange, "the iterator has no item left", token)
      }
      machine.operands.append(machine.plain(item))
    },
    "zip": Word(1...100, names: ["strict"]) { (machine, given, _, token) throws(ProgramError) in
      try machine.makePairs(given, token)
    },
    "map": Word(2...100) { (machine, given, _, token) throws(ProgramError) in
      try machine.apply(given, token)
    },
    "list": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let items = given.isEmpty ? [] : try machine.allItems(of: given[0], token)
      machine.operands.append(machine.make(ListObject(items)))
    },
    "tuple": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let items = given.isEmpty ? [] : try machine.allItems(of: given[0], token)
      machine.operands.append(machine.make(ListObject(items, isTuple: true)))
    },
    "set": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      let set = ListObject([], kind: .set)
      for item in given.isEmpty ? [] : try machine.allItems(of: given[0], token) {
        try machine.add(item, to: set, token)
      }
      machine.operands.append(machine.make(set))
    },
    "filter": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      let items = try machine.allItems(of: given[1], token)
      machine.tasks.append(.step(.arrange(items, .filtered)))
      machine.apply(given[0], to: items, token)
    },
    "round": Word(1...2, names: ["ndigits"], isNumeric: true) {
      (machine, given, named, token) throws(ProgramError) in
      let digits = given.count > 1 ? given[1] : machine.argument("ndigits", named)
      let count = try digits.map { (value) throws(ProgramError) in try machine.whole(value, token) }
      machine.operands.append(.number(rounded(machine.number(given[0]), digits: count ?? 0)))
    },
    "floor": Word(1...1, isNumeric: true) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.number(machine.number(given[0]).rounded(.down)))
    },
    "ceil": Word(1...1, isNumeric: true) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.number(machine.number(given[0]).rounded(.up)))
    },
    "dict": Word(0...1, names: nil) { (machine, given, named, token) throws(ProgramError) in
      try machine.makeDictionary(given, named, token)
    },
    "str": Word(0...1) { (machine, given, _, token) throws(ProgramError) in
      if let value = given.first, try machine.callText(of: value, token) { return }
      machine.operands.append(machine.make(TextObject(machine.text(of: given.first))))
    },
    // Of one argument it is a function of numbers.
    "int": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      let radix = try machine.whole(given[1], token)
      guard let text = machine.object(given[0]) as? TextObject, (2...36).contains(radix) else {
        throw machine.failure(.wrongType, "'int' takes a text and a radix from 2 to 36", token)
      }
      machine.operands.append(.number(try machine.whole(text.text, radix: radix, token), .whole))
    },
    "format": Word(1...2) { (machine, given, _, _) throws(ProgramError) in
      let format = given.count > 1 ? machine.text(of: given[1]) : ""
      machine.operands.append(machine.make(TextObject(machine.text(of: given[0], format))))
    },
    "pow": Word(3...3, isNumeric: true) { (machine, given, _, token) throws(ProgramError) in
      let base = try machine.whole(given[0], token)
      var power = try machine.whole(given[1], token)
      let modulus = try machine.whole(given[2], token)
      guard power >= 0, modulus > 0, modulus < 1 << 31 else {
        throw machine.failure(
          .wrongArguments, "'pow' of three numbers is read for powers from 0 on", token)
      }
      var factor = (base % modulus + modulus) % modulus
      var result = 1 % modulus
      while power > 0 {
        if power & 1 == 1 { result = result * factor % modulus }
        factor = factor * factor % modulus
        power >>= 1
      }
      machine.operands.append(.number(Double(result), .whole))
    },
    "repr": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      if try machine.callText(of: given[0], isRepresented: true, token) { return }
      machine.operands.append(machine.make(TextObject(machine.representation(of: given[0]))))
    },
    "print": Word(0...100, names: nil) { (machine, _, _, _) throws(ProgramError) in
      machine.operands.append(.none)
    },
    "bool": Word(1...1, isNumeric: true) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(.truth(machine.number(given[0]) != 0))
    },
    "any": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let holds = try machine.allItems(of: given[0], token).contains { machine.number($0) != 0 }
      machine.operands.append(.truth(holds))
    },
    "all": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      let holds = try machine.allItems(of: given[0], token).allSatisfy { machine.number($0) != 0 }
      machine.operands.append(.truth(holds))
    },
    "isinstance": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      machine.operands.append(
        .truth(try machine.isInstance(given[0], of: given[1], token)))
    },
    "type": Word(1...1) { (machine, given, _, _) throws(ProgramError) in
      machine.operands.append(machine.make(machine.typeObject(of: given[0])))
    },
    "super": Word(0...2) { (machine, _, _, token) throws(ProgramError) in
      let frame = machine.frames[machine.frames.count - 1]
      guard let owner = frame.owner else {
        throw machine.failure(
          .unknownFunction, "'super' is called outside a class", token)
      }
      machine.operands.append(machine.make(SuperObject(owner, frame.receiver)))
    },
  ]
}
