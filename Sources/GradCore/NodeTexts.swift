/// Texts of some nodes of a tape, by the number of the node.
///
/// An array rather than a dictionary: most nodes of a long program have a name.
package struct NodeTexts: Sendable {
  private var texts: [String?] = []

  /// No texts.
  package init() {}

  /// The text of node `node`; `nil` if it has none.
  package subscript(node: UInt32) -> String? {
    get { Int(node) < texts.count ? texts[Int(node)] : nil }
    set {
      if Int(node) == texts.count {
        texts.append(newValue)
        return
      }
      while texts.count <= Int(node) { texts.append(nil) }
      texts[Int(node)] = newValue
    }
  }

  /// Whether no node has a text.
  package var isEmpty: Bool { texts.allSatisfy { $0 == nil } }

  /// How many nodes at the front may have a text.
  var count: Int { texts.count }
}
