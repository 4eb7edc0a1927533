import GradBase

extension [UInt8] {
  /// Where `text` is for the first time.
  func firstPlace(of text: String) -> Int? {
    let text = Array(text.utf8)
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var offset = 0
      while offset + text.count <= bytes.count,
        let next = memchr(base + offset, Int32(text[0]), bytes.count - offset)
      {
        offset = base.distance(to: UnsafeRawPointer(next))
        if offset + text.count <= bytes.count, memcmp(next, text, text.count) == 0 { return offset }
        offset += 1
      }
      return nil
    }
  }
}
