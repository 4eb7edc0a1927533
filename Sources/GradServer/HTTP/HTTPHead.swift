/// The lines of a request before its body, read strictly (RFC 9112).
///
/// What two readers could understand in two ways is refused, for behind a proxy it would let one request
/// smuggle another: bare line feeds, folded lines, a space before a colon, two lengths, a length beside an
/// encoding.
struct HTTPHead {
  /// The request without its body.
  private(set) var request = HTTPRequest(method: "", path: "")
  /// How the body is sent.
  private(set) var framing = Framing.length(0)
  /// Whether the client waits for a word before it sends the body.
  private(set) var awaitsContinue = false
  /// Whether the first line names the host too.
  private var isAbsolute = false

  /// How much of what follows is the body.
  enum Framing: Equatable {
    case length(Int)
    case chunks
  }

  /// More headers than any client sends.
  private static let mostHeaders = 100

  /// Where the empty line ends that ends a head; `nil` if it has not come yet.
  ///
  /// - Parameters:
  ///   - bytes: What has come so far.
  ///   - start: How many of them were looked at before.
  /// - Returns: How many bytes the head has.
  /// - Throws: ``HTTPRefusal`` for a line that does not end in CR and LF.
  static func end(in bytes: [UInt8], from start: Int) throws(HTTPRefusal) -> Int? {
    var index = max(0, start)
    while index < bytes.count {
      if bytes[index] == 0x0A {
        guard index > 0, bytes[index - 1] == 0x0D else {
          throw HTTPRefusal(.badRequest, "lines end with a carriage return and a line feed")
        }
        if index >= 3, bytes[index - 2] == 0x0A { return index + 1 }
      }
      index += 1
    }
    return nil
  }

  /// Reads the lines of a head; the empty line at its end may be there.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    var lines = bytes.split(separator: 0x0A).map { $0.dropLast() }[...]
    guard let first = lines.popFirst() else {
      throw HTTPRefusal(.badRequest, "there is no request")
    }
    let version = try readRequestLine(first)
    for line in lines where !line.isEmpty { try readHeader(line) }
    try understandHeaders(version)
  }

  // MARK: Lines

  /// - Returns: The last digit of the version.
  private mutating func readRequestLine(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) -> UInt8 {
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == 3, (1...20).contains(words[0].count), words[0].allSatisfy(\.isTokenLetter)
    else { throw HTTPRefusal(.badRequest, "the first line is no request") }
    let version = words[2]
    guard version.count == 8, version.starts(with: Array("HTTP/".utf8)),
      version.dropFirst(5).first?.isASCIIDigit == true, version.last?.isASCIIDigit == true
    else { throw HTTPRefusal(.badRequest, "the first line is no request") }
    guard version.starts(with: Array("HTTP/1.".utf8)), let digit = version.last, digit <= 0x31
    else {
      throw HTTPRefusal(.versionNotSupported, "HTTP 1.1 and 1.0 are spoken here")
    }
    request.method = String(decoding: words[0], as: UTF8.self)
    try readTarget(words[1])
    return digit
  }

  private mutating func readTarget(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
      throw HTTPRefusal(.badRequest, "the address holds letters that are to stand as %20")
    }
    var target = String(decoding: bytes, as: UTF8.self)[...]
    if target == "*", request.method == "OPTIONS" {
      target = "/"
    } else if !target.hasPrefix("/") {
      // A proxy may be sent the whole address; its host comes before that of the header.
      guard target.hasPrefix("http://"),
        let host = target.dropFirst(7).split(
          separator: "/", maxSplits: 1, omittingEmptySubsequences: false
        ).first, !host.isEmpty, !host.contains("?")
      else { throw HTTPRefusal(.badRequest, "the address is no path") }
      request.headers.append(("host", String(host)))
      isAbsolute = true
      target = target.dropFirst(7 + host.count)
      if target.isEmpty { target = "/" }
    }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    request.path = String(parts[0])
    for field in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
      let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decoded(sides[0].utf8, plusIsSpace: true),
        let value = PercentEncoding.decoded(
          (sides.count > 1 ? sides[1] : "").utf8, plusIsSpace: true)
      else { throw HTTPRefusal(.badRequest, "the query of the address is no text") }
      request.query.append((name, value))
    }
  }

  private mutating func readHeader(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) {
    guard request.headers.count < Self.mostHeaders else {
      throw HTTPRefusal(.headersTooLarge, "there are more than \(Self.mostHeaders) headers")
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(\.isTokenLetter)
    else { throw HTTPRefusal(.badRequest, "a header is no name with a colon") }
    var value = line[line.index(after: colon)...]
    while value.first?.isBlank == true { value.removeFirst() }
    while value.last?.isBlank == true { value.removeLast() }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw HTTPRefusal(.badRequest, "a header holds control characters")
    }
    request.headers.append(
      (
        String(decoding: line[..<colon], as: UTF8.self).lowercased(),
        String(decoding: value, as: UTF8.self)
      ))
  }

  // MARK: What they mean

  private mutating func understandHeaders(_ version: UInt8) throws(HTTPRefusal) {
    let isOld = version == 0x30
    func values(_ name: String) -> [String] {
      request.headers.filter { $0.name == name }.map(\.value)
    }
    if values("host").count > (isAbsolute ? 2 : 1) || values("host").isEmpty && !isOld {
      throw HTTPRefusal(.badRequest, "there is to be one header 'Host'")
    }
    let lengths = values("content-length")
    let encodings = values("transfer-encoding")
    if !encodings.isEmpty {
      if isOld || !lengths.isEmpty {
        throw HTTPRefusal(.badRequest, "the length of the body is told in two ways")
      }
      guard encodings.count == 1, encodings[0].lowercased() == "chunked" else {
        throw HTTPRefusal(.notImplemented, "the one encoding of bodies that is read is 'chunked'")
      }
      framing = .chunks
    } else if let length = lengths.first {
      guard lengths.count == 1, (1...18).contains(length.utf8.count),
        length.utf8.allSatisfy(\.isASCIIDigit), let count = Int(length)
      else { throw HTTPRefusal(.badRequest, "'Content-Length' is to be one whole number") }
      framing = .length(count)
    }
    let connection = values("connection").joined(separator: ",").lowercased()
      .split(separator: ",").map { $0.filter { $0 != " " } }
    request.keepsConnection =
      isOld ? connection.contains("keep-alive") : !connection.contains("close")
    awaitsContinue = !isOld && values("expect").contains { $0.lowercased() == "100-continue" }
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether a name of a header or a method may hold it (RFC 9110, section 5.6.2).
  fileprivate var isTokenLetter: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
    default: false
    }
  }
}
