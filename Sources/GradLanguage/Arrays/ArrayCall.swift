import GradBase
import GradCore

/// A call of a function on arrays: what it is given, by place and by name, and in whose words.
struct ArrayCall {
  /// The function's name.
  let name: String
  private let given: [Recorder.Operand]
  private let named: [String: Recorder.Operand]
  private let asked = Asked()
  let token: Int32
  /// Whether PyTorch's conventions hold, rather than NumPy's.
  let isTorch: Bool
  /// What the trace calls it, if it is not the function's name: the layer whose call it is.
  var label: String?

  init(
    _ name: String, _ given: [Recorder.Operand], _ named: [String: Recorder.Operand],
    _ token: Int32, isTorch: Bool
  ) {
    (self.name, self.given, self.named) = (name, given, named)
    (self.token, self.isTorch) = (token, isTorch)
  }

  /// What a function asked for so far: what it never asks for would be without effect, silently.
  private final class Asked {
    var places = 0
    var names: Set<String> = []
  }

  /// How many arguments have no name.
  var count: Int { given.count }

  /// The names of the arguments that have one.
  var words: [String] { named.keys.sorted() }

  /// The arguments without a name from a place on.
  func rest(from place: Int) -> ArraySlice<Recorder.Operand> {
    asked.places = given.count
    return given.dropFirst(place)
  }

  /// An argument by its place or one of its names; `nil` where there is none, and for None.
  func argument(_ place: Int, _ names: String...) -> Recorder.Operand? {
    asked.places = max(asked.places, place + 1)
    let value = place < given.count ? given[place] : find(names)
    return value.flatMap { $0.isNone ? nil : $0 }
  }

  private func find(_ names: [String]) -> Recorder.Operand? {
    if named.isEmpty { return nil }
    asked.names.formUnion(names)
    return names.lazy.compactMap { named[$0] }.first
  }

  /// An argument that only has a name.
  func named(_ names: String...) -> Recorder.Operand? {
    find(names).flatMap { $0.isNone ? nil : $0 }
  }

  /// Whether an argument is given as None.
  func givesNone(_ name: String) -> Bool { named[name]?.isNone ?? false }

  /// Says that the arguments do not matter, as the result is not known anyway.
  func ignoreRest() {
    asked.places = given.count
    asked.names.formUnion(named.keys)
  }

  /// What says nothing of any number.
  private static let harmless: Set<String> = [
    "dtype", "device", "requires_grad", "copy", "inplace", "name", "subok", "ndmin", "like",
    "memory_format", "non_blocking", "pin_memory", "layout", "stacklevel",
    "_stacklevel", "casting",
  ]

  /// The argument that nothing asked for, by its name or its number from 1; `nil` where there is none.
  var unread: String? {
    let word = named.keys.filter {
      !asked.names.contains($0) && !Self.harmless.contains($0) && named[$0]?.isNone == false
    }.min()
    if let word { return quoted(word) }
    return asked.places < given.count ? "argument \(asked.places + 1)" : nil
  }
}

extension Recorder {
  /// What is wrong with a call on arrays.
  func failure(_ message: String, _ call: ArrayCall, help: String? = nil) -> ProgramError {
    failure(.arrays, message, call.token, help: help)
  }

  /// An argument that may not be left out, as a number or an array.
  mutating func array(
    _ call: ArrayCall, _ place: Int, _ names: String...
  ) throws(ProgramError) -> Operand {
    var value: Operand? = place < call.count ? call.argument(place) : nil
    for name in names where value == nil { value = call.named(name) }
    guard let value else {
      throw failure(
        .wrongArguments,
        "\(quoted(call.name)) takes at least \(counted(place + 1, "argument")), not \(call.count)",
        call.token)
    }
    return try arrayed(value, call.token)
  }

  /// The numbers of an argument that may not be left out.
  mutating func entries(
    _ call: ArrayCall, _ place: Int, _ name: String = ""
  ) throws(ProgramError) -> NumberArray {
    // In two steps: the argument may make objects, which the question then has to see.
    let value = try array(call, place, name)
    return numbers(of: value) ?? NumberArray(.nan)
  }

  /// The shape of an argument that may not be left out.
  mutating func arrayShape(_ call: ArrayCall, _ place: Int) throws(ProgramError) -> [Int] {
    if let value = call.argument(place), let known = shape(of: value) { return known }
    let value = try array(call, place)
    return shape(of: value) ?? []
  }

  /// A whole number, or `nil` where it is left out.
  func whole(_ value: Operand?, _ call: ArrayCall) throws(ProgramError) -> Int? {
    guard let value else { return nil }
    return try whole(value, call.token)
  }

  /// Whole numbers: one, a list or a tuple of them, or an array.
  mutating func wholes(_ value: Operand, _ call: ArrayCall) throws(ProgramError) -> [Int] {
    if let numbers = numbers(of: value) {
      var result: [Int] = []
      for number in numbers.entries { result.append(try whole(.number(number), call.token)) }
      return result
    }
    var result: [Int] = []
    for item in try allItems(of: value, call.token) { result.append(try whole(item, call.token)) }
    return result
  }

  /// The axes that a call names: one, several, or all for `nil`.
  mutating func axes(_ call: ArrayCall, _ place: Int) throws(ProgramError) -> [Int]? {
    guard let value = call.argument(place, "axis", "dim", "axes") else { return nil }
    return try wholes(value, call)
  }

  /// One axis, which has a default.
  mutating func axis(
    _ call: ArrayCall, _ place: Int, default fallback: Int
  ) throws(ProgramError) -> Int {
    guard let axes = try axes(call, place) else { return fallback }
    guard axes.count == 1 else { throw failure("\(quoted(call.name)) takes one axis", call) }
    return axes[0]
  }

  /// An axis counted from 0, of one that may count from the end.
  func place(
    ofAxis axis: Int, in shape: [Int], _ call: ArrayCall
  ) throws(ProgramError) -> Int {
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place) else {
      throw failure("axis \(axis) is out of range for shape \(shapeText(shape))", call)
    }
    return place
  }

  /// Whether an argument that turns something on or off holds; `fallback` where it is left out.
  func holds(_ value: Operand?, default fallback: Bool = false) -> Bool {
    value.map { number($0) != 0 } ?? fallback
  }

  /// The shape that the arguments from a place on give: `2, 3`, `(2, 3)`, `shape=(2, 3)`; `[]` for none.
  mutating func shape(_ call: ArrayCall, from place: Int) throws(ProgramError) -> [Int] {
    var result: [Int] = []
    if let value = call.named("shape", "size") { return try checked(wholes(value, call), call) }
    for value in call.rest(from: place) where !value.isNone && !isType(value) {
      result += try wholes(value, call)
    }
    return try checked(result, call)
  }

  private func checked(_ shape: [Int], _ call: ArrayCall) throws(ProgramError) -> [Int] {
    do throws(ShapeFault) { try ArrayOperation.check(shape.filter { $0 != -1 }) } catch {
      throw failure(error.message, call, help: error.help)
    }
    return shape
  }

  /// Whether axes that are reduced stay with one entry.
  func keepsAxes(_ call: ArrayCall) -> Bool {
    holds(call.named("keepdims", "keepdim"))
  }
}
