import GradBase
import GradCore

/// Functions that take arrays apart along an axis, or order their axes anew.
extension ArrayWord {
  /// Parts of an axis: PyTorch's `split` is told how long they are, NumPy's how many or where they begin.
  private static let split = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "ary", "tensor", "input")
    guard
      let given = call.argument(
        1, "indices_or_sections", "split_size_or_sections", "split_size", "chunks")
    else { throw machine.failure("\(quoted(call.name)) takes how to divide the array", call) }
    let shape = machine.shape(of: value) ?? []
    let axis = try machine.axis(
      call, 2, default: call.name == "hsplit" && shape.count > 1 ? 1 : 0)
    let place = try machine.place(ofAxis: axis, in: shape, call)
    let numbers = try machine.wholes(given, call)
    let isOne = machine.numbers(of: given)?.shape.isEmpty ?? false
    let bounds = Self.bounds(
      of: shape[place], numbers, isOne: isOne, call.name, isTorch: call.isTorch)
    guard let bounds, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw machine.failure(
        "an axis of \(shape[place]) entries is not divided by \(machine.described(given))", call)
    }
    let before = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: place)
    var parts: [Recorder.Operand] = []
    for (first, end) in zip(bounds, bounds.dropFirst()) {
      parts.append(
        try machine.apply(.select(before + [.slice(first, end, nil)]), [value], call.token))
    }
    return machine.make(ListObject(parts, isTuple: call.isTorch))
  }

  /// Where the parts of an axis begin and end.
  private static func bounds(
    of length: Int, _ numbers: [Int], isOne: Bool, _ name: String, isTorch: Bool
  ) -> [Int]? {
    guard let first = numbers.first, numbers.allSatisfy({ $0 >= 0 }), !isOne || first > 0 else {
      return nil
    }
    if isTorch, name == "split" {
      // How long the parts are.
      if isOne { return Array(stride(from: 0, to: length, by: first)) + [length] }
      let ends = numbers.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
      return ends.last == length ? ends : nil
    }
    if !isOne { return [0] + numbers.map { min($0, length) } + [length] }
    if name == "chunk" {
      let size = (length + first - 1) / first
      return Array(stride(from: 0, to: length, by: size)) + [length]
    }
    guard first <= length,
      name == "array_split" || name == "tensor_split" || length.isMultiple(of: first)
    else { return nil }
    return (0..<first).reduce(into: [0]) {
      $0.append($0[$0.count - 1] + length / first + ($1 < length % first ? 1 : 0))
    }
  }

  /// The entries of an axis one by one: `torch.unbind`.
  private static let unbound = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "input")
    let axis = try machine.axis(call, 1, default: 0)
    let shape = machine.shape(of: value) ?? []
    let place = try machine.place(ofAxis: axis, in: shape, call)
    let before = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: place)
    var parts: [Recorder.Operand] = []
    for index in 0..<shape[place] {
      parts.append(try machine.apply(.select(before + [.index(index)]), [value], call.token))
    }
    return machine.make(ListObject(parts, isTuple: true))
  }

  /// Axes at other places, the others in their order: `np.moveaxis(x, 0, -1)`.
  private static let moved = ArrayWord { (machine, call) throws(ProgramError) in
    let value = try machine.array(call, 0, "a", "input")
    let rank = (machine.shape(of: value) ?? []).count
    func axes(_ place: Int, _ name: String) throws(ProgramError) -> [Int] {
      guard let given = call.argument(place, name) else { return [] }
      return try machine.wholes(given, call).map { $0 < 0 ? $0 + rank : $0 }
    }
    let (from, to) = (try axes(1, "source"), try axes(2, "destination"))
    guard from.count == to.count, !from.isEmpty, (from + to).allSatisfy((0..<rank).contains),
      Set(from).count == from.count, Set(to).count == to.count
    else { throw machine.failure("\(quoted(call.name)) takes axes, and their new places", call) }
    var order = (0..<rank).filter { !from.contains($0) }
    for (source, place) in zip(from, to).sorted(by: { $0.1 < $1.1 }) {
      order.insert(source, at: place)
    }
    return try machine.apply(.transpose(order), [value], call.token)
  }

  /// With axes of one entry before those it has, as many as wanted.
  private static func atLeast(_ rank: Int) -> ArrayWord {
    ArrayWord { (machine, call) throws(ProgramError) in
      let value = try machine.array(call, 0)
      let shape = machine.shape(of: value) ?? []
      guard shape.count < rank else { return value }
      return try machine.apply(
        .reshape([Int](repeating: 1, count: rank - shape.count) + shape), [value], call.token)
    }
  }

  static let parting: [String: ArrayWord] = [
    "split": split, "array_split": split, "hsplit": split, "vsplit": split, "chunk": split,
    "tensor_split": split, "unbind": unbound,
    "moveaxis": moved, "movedim": moved, "atleast_1d": atLeast(1), "atleast_2d": atLeast(2),
  ]
}
