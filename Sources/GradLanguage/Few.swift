/// A list that mostly has one element, which then takes no memory of its own.
///
/// Nearly every statement gives one name one value.
struct Few<Element>: RandomAccessCollection, ExpressibleByArrayLiteral {
  private var head: Element?
  private var rest: [Element] = []

  /// An empty list.
  init() {}

  /// A list of one element.
  init(one element: Element) { head = element }

  init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  init(arrayLiteral elements: Element...) { self.init(elements) }

  mutating func append(_ element: Element) {
    if head == nil { head = element } else { rest.append(element) }
  }

  var startIndex: Int { 0 }

  var endIndex: Int { head == nil ? 0 : rest.count + 1 }

  subscript(position: Int) -> Element {
    guard position == 0 else { return rest[position - 1] }
    guard let head else { preconditionFailure("the list is empty") }
    return head
  }
}
