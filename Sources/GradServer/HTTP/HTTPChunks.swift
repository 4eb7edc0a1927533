/// Reads a body that comes in chunks, each with its length before it (RFC 9112, section 7.1).
struct HTTPChunks {
  /// The body so far.
  private(set) var body: [UInt8] = []
  /// Whether the last chunk has come.
  private(set) var isComplete = false
  private var place = Place.length
  /// How many bytes of lines that say something else than the body came so far.
  private var overhead = 0
  private let limit: Int

  private enum Place {
    case length
    case data(Int)
    case endOfData
    case trailers
  }

  /// - Parameter limit: How long the body may be.
  init(limit: Int) { self.limit = limit }

  /// Takes from the beginning of `buffer` what belongs to the body and has come.
  ///
  /// - Throws: ``HTTPRefusal`` for what is no chunk, and for a body that is too long.
  mutating func take(_ buffer: inout [UInt8]) throws(HTTPRefusal) {
    var start = 0
    defer { buffer.removeFirst(start) }
    while !isComplete {
      switch place {
      case .data(let count):
        let own = min(count, buffer.count - start)
        body += buffer[start..<(start + own)]
        start += own
        if own < count {
          place = .data(count - own)
          return
        }
        place = .endOfData
      case .length, .endOfData, .trailers:
        guard let end = buffer[start...].firstIndex(of: 0x0A) else {
          if buffer.count - start > 1_000 { throw Self.wrong }
          return
        }
        guard end > start, buffer[end - 1] == 0x0D else { throw Self.wrong }
        let line = buffer[start..<(end - 1)]
        overhead += line.count
        if overhead > limit / 4 + 4_096 { throw Self.wrong }
        start = end + 1
        try read(line)
      }
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) {
    switch place {
    case .length:
      // What follows a semicolon is for others.
      let digits = line.prefix { $0 != UInt8(ascii: ";") }
      guard (1...8).contains(digits.count), digits.allSatisfy(\.isHexadecimal),
        let count = Int(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw Self.wrong }
      if body.count + count > limit { throw .tooLarge(limit) }
      place = count == 0 ? .trailers : .data(count)
    case .endOfData:
      guard line.isEmpty else { throw Self.wrong }
      place = .length
    case .trailers: isComplete = line.isEmpty
    case .data: break
    }
  }

  private static let wrong = HTTPRefusal(.badRequest, "the body is not in chunks as it says")
}

extension HTTPRefusal {
  /// A body that is longer than `limit` bytes.
  static func tooLarge(_ limit: Int) -> HTTPRefusal {
    HTTPRefusal(
      .tooLarge, "the body is longer than \(limit) bytes",
      help: "whoever runs this server allows more by --max-body")
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    isASCIIDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
  }
}
