import GradCore

/// Python's heaps: lists whose first item is the smallest.
extension Word {
  private static func changing(
    _ count: Int,
    _ change:
      @escaping @Sendable (inout Recorder, ListObject, [Recorder.Operand]) -> Recorder.Operand
  ) -> Word {
    Word(count...count) { (machine, given, _, token) throws(ProgramError) in
      guard let list = machine.object(given[0]) as? ListObject, list.kind == .list else {
        throw machine.failure(
          .wrongType, "a heap is a list, not \(machine.described(given[0]))", token)
      }
      if list.items.isEmpty, count == 1 {
        var error = machine.failure(.indexOutOfRange, "the heap is empty", token)
        error.kinds = PythonError.kinds(of: "IndexError")
        throw error
      }
      machine.operands.append(machine.plain(change(&machine, list, given)))
    }
  }

  private static func extremes(isLargest: Bool) -> Word {
    Word(2...3, names: ["key"]) { (machine, given, named, token) throws(ProgramError) in
      let count = max(0, try machine.whole(given[0], token))
      let items = try machine.allItems(of: given[1], token)
      let end = SliceObject([nil, count, nil])
      machine.tasks.append(.step(.firstItems(end)))
      machine.tasks.append(.step(.arrange(items, .sorted(isReversed: isLargest))))
      if let key = given.count > 2 ? given[2] : machine.argument("key", named), !key.isNone {
        return machine.apply(key, to: items, token)
      }
      machine.operands.append(machine.make(ListObject(items)))
    }
  }

  static let ofHeaps: [String: Word] = [
    "heappush": changing(2) { machine, list, given in
      list.items.append(given[1])
      machine.sift(list, down: 0, list.items.count - 1)
      return .none
    },
    "heappop": changing(1) { machine, list, _ in
      let last = list.items.removeLast()
      guard let first = list.items.first else { return last }
      list.items[0] = last
      machine.sift(list, up: 0)
      return first
    },
    "heappushpop": changing(2) { machine, list, given in
      guard let first = list.items.first, machine.order(first, given[1]) == -1 else {
        return given[1]
      }
      list.items[0] = given[1]
      machine.sift(list, up: 0)
      return first
    },
    "heapify": Word(1...1) { (machine, given, _, token) throws(ProgramError) in
      guard let list = machine.object(given[0]) as? ListObject, list.kind == .list else {
        throw machine.failure(
          .wrongType, "a heap is a list, not \(machine.described(given[0]))", token)
      }
      for place in (0..<list.items.count / 2).reversed() { machine.sift(list, up: place) }
      machine.operands.append(.none)
    },
    "nlargest": extremes(isLargest: true), "nsmallest": extremes(isLargest: false),
  ]
}

extension Recorder {
  private func isBefore(_ x: Operand, _ y: Operand) -> Bool { order(x, y) == -1 }

  /// Moves the item at a place up to where none above it is larger, as Python's `heapq` does.
  fileprivate func sift(_ list: ListObject, down start: Int, _ place: Int) {
    let item = list.items[place]
    var place = place
    while place > start {
      let above = (place - 1) / 2
      guard isBefore(item, list.items[above]) else { break }
      list.items[place] = list.items[above]
      place = above
    }
    list.items[place] = item
  }

  /// Moves smaller items up until a leaf is free, and the item from there to its place.
  fileprivate func sift(_ list: ListObject, up start: Int) {
    let item = list.items[start]
    var place = start
    var child = 2 * place + 1
    while child < list.items.count {
      let right = child + 1
      if right < list.items.count, !isBefore(list.items[child], list.items[right]) {
        child = right
      }
      list.items[place] = list.items[child]
      place = child
      child = 2 * place + 1
    }
    list.items[place] = item
    sift(list, down: start, place)
  }
}
