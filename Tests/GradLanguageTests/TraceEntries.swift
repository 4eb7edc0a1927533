import GradCore

extension Trace {
  /// The value and the derivative of what a path names: a node, or an entry of an array such as
  /// `xs[0][1]`.
  ///
  /// - Parameter path: The path, of the newest version in the program's own scope that is used.
  /// - Returns: Both numbers; `nil` if nothing has the path.
  func numbers(at path: String) -> (value: Double, derivative: Double)? {
    func newest(_ name: String) -> Node? {
      let versions = nodes.filter { $0.name == name && $0.scope == nil }
      return versions.last { !$0.isUnused } ?? versions.last
    }
    if let node = newest(path) { return (node.value, node.derivative) }
    let parts = path.split { $0 == "[" || $0 == "]" }
    guard let first = parts.first, let node = newest(String(first)), let array = node.array else {
      return nil
    }
    let indices = parts.dropFirst().compactMap { Int($0) }
    guard indices.count == array.shape.count else { return nil }
    let entry = zip(array.shape, indices).reduce(0) { $0 * $1.0 + $1.1 }
    return (array.entries[entry], node.arrayDerivative?.entries[entry] ?? .nan)
  }
}
