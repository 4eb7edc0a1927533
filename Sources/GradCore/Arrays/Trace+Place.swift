extension Trace {
  /// A node, or an entry of one that is an array.
  public struct Place: Sendable, Equatable {
    /// The node, an index in ``Trace/nodes``.
    public var node: Int
    /// The entry in row-major order; `nil` for the node as it is.
    public var entry: Int?

    /// A node, or one of its entries.
    public init(node: Int, entry: Int? = nil) {
      self.node = node
      self.entry = entry
    }
  }

  /// What a name stands for: a node, or with indices an entry of one, `W[0, 1]`.
  ///
  /// - Parameter text: A name or an id, and indices as Python writes them.
  /// - Returns: The place; `nil` if there is no node of that name.
  /// - Throws: What is wrong with the indices.
  public func place(named text: String) throws(ShapeFault) -> Place? {
    // The element of a list is a node of that name.
    if let node = index(of: text) { return Place(node: node) }
    guard let (name, indices) = Self.parts(ofEntry: text), let node = index(of: name) else {
      return nil
    }
    return Place(node: node, entry: try nodes[node].shape.entry(indices, of: name))
  }

  /// The name and the indices of what is written as an entry; `nil` for any other text.
  package static func parts(ofEntry text: String) -> (name: String, indices: Substring)? {
    guard text.hasSuffix("]"), let open = text.lastIndex(of: "[") else { return nil }
    return (
      text[..<open].filter { $0 != " " }, text[text.index(after: open)...].dropLast()
    )
  }

  /// The indices of an entry as Python writes them, `[0, 1]`; empty for a node as it is.
  package func indices(of place: Place) -> String {
    place.entry.flatMap { entry in nodes[place.node].array.map { $0.place(of: entry) } } ?? ""
  }

  /// The same where a single number is meant: the one entry of an array of one needs no indices.
  ///
  /// - Parameters:
  ///   - text: A name or an id, and indices as Python writes them.
  ///   - purpose: What takes a single number: `"a nudge moves"`.
  /// - Returns: The place; `nil` if there is no node of that name.
  /// - Throws: What is wrong with the indices; that an array has several entries.
  public func number(named text: String, _ purpose: String) throws(ShapeFault) -> Place? {
    guard var place = try place(named: text) else { return nil }
    let shape = nodes[place.node].shape
    if shape.isEmpty || place.entry != nil { return place }
    guard shape.allSatisfy({ $0 == 1 }) else {
      throw ShapeFault(
        "'\(text)' is an array of \(shapeText(shape)), and \(purpose) one number",
        help: "name an entry, such as \(text)\(NumberArray.firstPlace(of: shape))")
    }
    place.entry = 0
    return place
  }
}

extension [Int] {
  /// The entry of an array of this shape at indices as Python writes them.
  ///
  /// - Parameters:
  ///   - indices: What stands between the brackets: `0, -1`.
  ///   - name: What the array is called.
  /// - Returns: The entry in row-major order.
  /// - Throws: What is wrong with the indices.
  package func entry(_ indices: Substring, of name: String) throws(ShapeFault) -> Int {
    let text = "\(name)[\(indices)]"
    let example = "an entry is written \(name)\(NumberArray.firstPlace(of: self))"
    let words = indices.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0.filter { $0 != " " }) }
    guard numbers.count == words.count else {
      throw ShapeFault("'\(text)' is no entry", help: example)
    }
    guard !isEmpty else {
      throw ShapeFault("'\(name)' is a number, which has no entries", help: "write \(name) alone")
    }
    guard numbers.count == count else {
      let axes = count == 1 ? "1 axis" : "\(count) axes"
      let given = numbers.count == 1 ? "1 index was given" : "\(numbers.count) indices were given"
      throw ShapeFault(
        "'\(name)' of \(shapeText(self)) has \(axes), and \(given)", help: example)
    }
    do throws(ShapeFault) {
      guard case .view(let view) = try numbers.map(Subscript.index).choice(of: View(self)) else {
        preconditionFailure("indices alone choose a view")
      }
      return view.offset
    } catch {
      throw ShapeFault("'\(text)': \(error.message)", help: error.help, isOfIndex: true)
    }
  }
}

extension NumberArray {
  /// `[0, 0]`.
  package static func firstPlace(of shape: [Int]) -> String {
    "[" + (shape.isEmpty ? [0, 0] : shape.map { _ in 0 }).map(String.init).joined(separator: ", ")
      + "]"
  }

  /// The same with another entry.
  package func replacing(_ entry: Int, by number: Double) -> NumberArray {
    var entries = entries
    entries[entry] = number
    return NumberArray(shape, entries)
  }
}
