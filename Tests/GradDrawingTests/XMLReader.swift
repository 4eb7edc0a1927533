import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// One element of an XML text.
struct Element {
  var name: String
  var attributes: [String: String]
  /// The names of the elements around it, outermost first.
  var path: [String]
  /// Its own text and that of the elements in it.
  var text = ""

  var classes: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }
}

/// Reads an XML text with Foundation's parser, which refuses what is not well-formed.
final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var elements: [Element] = []
  private(set) var error: String?
  private var open: [Int] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    parser.shouldResolveExternalEntities = false
    if !parser.parse() { error = parser.parserError.map { "\($0)" } ?? "no message" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    let path = open.map { elements[$0].name }
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, path: path))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for index in open { elements[index].text += text }
  }
}
