import GradBase

/// The date that cairo writes into PDF and PostScript files.
///
/// Replaced by the time of `SOURCE_DATE_EPOCH`, else blanked, without a change of any length, so that
/// a file depends on its figure alone and the offsets in it stay right.
enum DocumentDate {
  static func removed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let marks = ["/CreationDate (", "%%CreationDate: "]
    for mark in marks.map({ Array($0.utf8) }) {
      guard let start = firstPosition(of: mark, in: bytes) else { continue }
      let end = bytes[start...].firstIndex { $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "\n") }
      guard let end else { continue }
      let isPDF = mark.first == UInt8(ascii: "/")
      let date = isPDF ? pdfDate : "1970-01-01"
      let text = date.utf8.prefix(end - start)
      let key = isPDF ? start - mark.count : start
      if sourceDate == nil, isPDF {
        let last = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? end
        for index in key..<last { bytes[index] = UInt8(ascii: " ") }
      } else {
        for index in start..<end { bytes[index] = UInt8(ascii: " ") }
        for (index, byte) in zip(start..., text) { bytes[index] = byte }
      }
    }
    return bytes
  }

  private static var sourceDate: Int? {
    getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) }
  }

  private static var pdfDate: String {
    var time = time_t(sourceDate ?? 0)
    var parts = tm()
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(1900 + parts.tm_year)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))"
    return "D:\(date)\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))Z"
  }

  private static func firstPosition(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count > mark.count else { return nil }
    for start in 0..<(bytes.count - mark.count) where bytes[start] == mark[0] {
      if bytes[start..<start + mark.count].elementsEqual(mark) { return start + mark.count }
    }
    return nil
  }
}
