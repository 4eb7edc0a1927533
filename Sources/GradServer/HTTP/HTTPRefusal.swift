/// Why a request is not answered with what it asks for.
struct HTTPRefusal: Error, Equatable {
  var status: HTTPStatus
  /// What is wrong, without a full stop.
  var message: String
  /// What would be right; `nil` where the message says it.
  var help: String?

  init(_ status: HTTPStatus, _ message: String, help: String? = nil) {
    (self.status, self.message, self.help) = (status, message, help)
  }
}

/// The codes of answers that this server gives (RFC 9110, section 15).
enum HTTPStatus: Int, Sendable {
  case ok = 200
  case noContent = 204
  case notModified = 304
  case badRequest = 400
  case notFound = 404
  case methodNotAllowed = 405
  case tookTooLongToAsk = 408
  case tooLarge = 413
  case misdirected = 421
  case unprocessable = 422
  case tooManyRequests = 429
  case headersTooLarge = 431
  case failed = 500
  case notImplemented = 501
  case unavailable = 503
  case versionNotSupported = 505

  /// The words that stand beside the number.
  var phrase: String {
    switch self {
    case .ok: "OK"
    case .noContent: "No Content"
    case .notModified: "Not Modified"
    case .badRequest: "Bad Request"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .tookTooLongToAsk: "Request Timeout"
    case .tooLarge: "Content Too Large"
    case .misdirected: "Misdirected Request"
    case .unprocessable: "Unprocessable Content"
    case .tooManyRequests: "Too Many Requests"
    case .headersTooLarge: "Request Header Fields Too Large"
    case .failed: "Internal Server Error"
    case .notImplemented: "Not Implemented"
    case .unavailable: "Service Unavailable"
    case .versionNotSupported: "HTTP Version Not Supported"
    }
  }
}
