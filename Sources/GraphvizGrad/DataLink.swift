import GradBase

/// Links that hold what they lead to (RFC 2397).
enum DataLink {
  static func svg(_ text: String) -> String {
    "data:image/svg+xml;base64," + base64(Array(text.utf8))
  }
}
