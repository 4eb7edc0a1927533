/// What is said with one client, one request after another.
struct Connection {
  let seat: Seat
  let limits: ServerLimits
  /// The memory for what is long.
  let room: Room
  /// Whether the server goes on.
  let isOpen: @Sendable () -> Bool
  /// Makes the answer to a request; `isHead` for one that is told without its body.
  let answer: @Sendable (HTTPRequest) async -> HTTPResponse
  /// Makes the answer to what is no request.
  let refuse: @Sendable (HTTPRefusal) -> HTTPResponse

  /// How a request came.
  private enum Arrival {
    /// `taken` is the room that its body has.
    case request(HTTPRequest, taken: Int)
    case refusal(HTTPRefusal)
    /// The client has gone.
    case end
  }

  /// Answers requests until the client goes, or is sent away.
  func run() async {
    defer { seat.close() }
    var buffer: [UInt8] = []
    while true {
      switch await next(&buffer) {
      case .end: return
      case .refusal(let refusal):
        // Where one request ends and the next begins is not known any more.
        _ = await send(refuse(refusal), isHead: false, keeps: false)
        return await leave()
      case .request(let request, let taken):
        seat.begin(.drawing, for: nil)
        var response = await answer(request)
        // What was read of it is of no use any more.
        room.give(taken)
        let size = response.size
        let hasRoom = room.take(size)
        if !hasRoom { response = refuse(Self.noRoom) }
        defer { if hasRoom { room.give(size) } }
        let keeps = request.keepsConnection && isOpen()
        guard await send(response, isHead: request.method == "HEAD", keeps: keeps) else { return }
        if !keeps { return await leave() }
      }
    }
  }

  // MARK: Reading

  private func next(_ buffer: inout [UInt8]) async -> Arrival {
    do throws(HTTPRefusal) {
      // One empty line between requests does no harm.
      if buffer.starts(with: [0x0D, 0x0A]) { buffer.removeFirst(2) }
      seat.begin(
        buffer.isEmpty ? .idle : .head, for: buffer.isEmpty ? limits.idleTime : limits.headTime)
      var looked = 0
      var end = try HTTPHead.end(in: buffer, from: looked)
      while end == nil {
        looked = buffer.count
        if buffer.count > limits.head { throw Self.headTooLarge }
        guard let piece = await seat.read(), !piece.isEmpty else {
          if seat.isLate, !buffer.isEmpty { throw Self.late }
          return .end
        }
        if buffer.isEmpty { seat.begin(.head, for: limits.headTime) }
        buffer += piece
        if buffer.starts(with: [0x0D, 0x0A]) { buffer.removeFirst(2) }
        end = try HTTPHead.end(in: buffer, from: looked - 3)
      }
      let count = end ?? 0
      if count > limits.head { throw Self.headTooLarge }
      let head = try HTTPHead(buffer[..<count])
      buffer.removeFirst(count)
      return try await body(of: head, &buffer)
    } catch {
      return .refusal(error)
    }
  }

  private func body(
    of head: HTTPHead, _ buffer: inout [UInt8]
  ) async throws(HTTPRefusal) -> Arrival {
    var request = head.request
    var chunks = HTTPChunks(limit: limits.body)
    if case .length(let count) = head.framing, count > limits.body { throw .tooLarge(limits.body) }
    if head.awaitsContinue, buffer.isEmpty, head.framing != .length(0) {
      seat.begin(.body, for: limits.bodyTime)
      guard await seat.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) else { return .end }
    }
    seat.begin(.body, for: limits.bodyTime)
    let most = if case .length(let count) = head.framing { count } else { limits.body }
    guard room.take(most) else { throw Self.noRoom }
    var isComplete = false
    // Whoever answers a request gives back the room of its body.
    defer { if !isComplete { room.give(most) } }
    while true {
      switch head.framing {
      case .length(let count):
        if buffer.count >= count {
          request.body = Array(buffer[..<count])
          buffer.removeFirst(count)
          isComplete = true
        }
      case .chunks:
        try chunks.take(&buffer)
        request.body = chunks.isComplete ? chunks.body : []
        isComplete = chunks.isComplete
      }
      if isComplete { return .request(request, taken: most) }
      guard let piece = await seat.read(), !piece.isEmpty else {
        if seat.isLate { throw Self.late }
        return .end
      }
      buffer += piece
    }
  }

  private static let noRoom = HTTPRefusal(
    .unavailable, "too many clients send or are sent much", help: "ask again in a second")
  private static let late = HTTPRefusal(.tookTooLongToAsk, "the request took too long to come")
  private static let headTooLarge = HTTPRefusal(
    .headersTooLarge, "the address and the headers are too long", help: "send the program by POST")

  // MARK: Writing

  private func send(_ response: HTTPResponse, isHead: Bool, keeps: Bool) async -> Bool {
    seat.begin(.answer, for: limits.answerTime)
    guard case .stream(let pieces) = response.body, !isHead else {
      return await seat.write(response.bytes(isHead: isHead, keeps: keeps))
    }
    guard await seat.write(response.bytes(isHead: false, keeps: false)) else { return false }
    for await piece in pieces {
      seat.begin(.answer, for: limits.answerTime)
      guard await seat.write(piece) else { break }
      seat.begin(.stream, for: nil)
    }
    return false
  }

  /// Ends the connection so that the client can read the last answer, though it may still be sending.
  private func leave() async {
    seat.finishWriting()
    seat.begin(.body, for: .seconds(1))
    var count = 0
    while count < 4_000_000, let piece = await seat.read(), !piece.isEmpty { count += piece.count }
  }
}
