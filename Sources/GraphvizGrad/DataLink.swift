import FoundationEssentials

/// Links that hold what they lead to (RFC 2397).
enum DataLink {
  static func svg(_ text: String) -> String {
    "data:image/svg+xml;base64," + Data(text.utf8).base64EncodedString()
  }
}
