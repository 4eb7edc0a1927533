import GradBase

/// What is answered.
struct HTTPResponse: Sendable {
  var status = HTTPStatus.ok
  var headers: [(name: String, value: String)] = []
  var body = Body.bytes([])

  /// What follows the headers.
  enum Body: Sendable {
    case bytes([UInt8])
    /// Pieces as they come, until the client goes.
    case stream(AsyncStream<[UInt8]>)
  }

  /// A file of a media type.
  init(_ mediaType: String, _ bytes: [UInt8], status: HTTPStatus = .ok) {
    (self.status, body) = (status, .bytes(bytes))
    self["Content-Type"] = mediaType
    // A browser is not to take it for anything else.
    self["X-Content-Type-Options"] = "nosniff"
  }

  /// An answer without a body.
  init(_ status: HTTPStatus) { self.status = status }

  /// How many bytes the body has; 0 for a stream.
  var size: Int { if case .bytes(let bytes) = body { bytes.count } else { 0 } }

  /// The value of a header.
  subscript(_ name: String) -> String? {
    get { headers.first { $0.name == name }?.value }
    set {
      headers.removeAll { $0.name == name }
      if let newValue { headers.append((name, newValue)) }
    }
  }

  /// The bytes as they are sent, but for the body of a stream.
  ///
  /// - Parameters:
  ///   - isHead: Whether the body is told of and not sent.
  ///   - keeps: Whether the connection stays for another request.
  /// - Returns: The first line, the headers and the body.
  func bytes(isHead: Bool, keeps: Bool) -> [UInt8] {
    var text = "HTTP/1.1 \(status.rawValue) \(status.phrase)\r\nDate: \(HTTPDate.now)\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    var content: [UInt8] = []
    switch body {
    case .bytes(let bytes):
      content = bytes
      if status != .noContent, status != .notModified {
        text += "Content-Length: \(bytes.count)\r\n"
      }
    case .stream: break
    }
    text += keeps ? "\r\n" : "Connection: close\r\n\r\n"
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + content.count)
    result += text.utf8
    if !isHead { result += content }
    return result
  }
}

/// The time as headers write it.
enum HTTPDate {
  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  static var now: String { text(time(nil)) }

  /// The text of a time in seconds since 1970.
  static func text(_ seconds: time_t) -> String {
    var (seconds, parts) = (seconds, tm())
    gmtime_r(&seconds, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
      + "\(parts.tm_year + 1_900) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
