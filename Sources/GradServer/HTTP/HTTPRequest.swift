/// A request as it was read: nothing of it is trusted, but its form is right.
struct HTTPRequest: Sendable {
  /// `GET`, `POST` and so on.
  var method: String
  /// The path as it was sent, without the query.
  var path: String
  /// The names and values of the query, decoded.
  var query: [(name: String, value: String)] = []
  /// The names of headers in lower case, with their values.
  var headers: [(name: String, value: String)] = []
  /// What follows the headers.
  var body: [UInt8] = []
  /// Whether the client leaves the connection open for another request.
  var keepsConnection = true

  /// The value of a header; `nil` where it is not there, the first where it is there several times.
  subscript(header name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// The host without its port; empty for none.
  var host: String {
    let host = self[header: "host"] ?? ""
    // The colons of an address of IPv6 stand in brackets.
    if host.hasPrefix("[") { return String(host.prefix { $0 != "]" }) + "]" }
    return String(host.prefix { $0 != ":" }).lowercased()
  }

  /// The parts of the path between its slashes, decoded.
  ///
  /// - Throws: ``HTTPRefusal`` for what is no text, and for a part that holds a slash or a zero byte.
  func pathParts() throws(HTTPRefusal) -> [String] {
    var parts: [String] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      guard let text = PercentEncoding.decoded(part.utf8, plusIsSpace: false),
        !text.utf8.contains(0), !text.utf8.contains(UInt8(ascii: "/"))
      else { throw HTTPRefusal(.badRequest, "the path of the address is no text") }
      parts.append(text)
    }
    return parts
  }
}

/// Letters of addresses that stand as `%20`.
enum PercentEncoding {
  /// The text that bytes stand for; `nil` for what is no UTF-8, and for a `%` without two digits.
  static func decoded(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool) -> String? {
    var result: [UInt8] = []
    var rest = bytes.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
          return nil
        }
        result.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: result.append(UInt8(ascii: " "))
      default: result.append(byte)
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
