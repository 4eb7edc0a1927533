import Testing

@testable import GradServer

/// Heads of requests are read in one way, or refused.
@Suite struct HTTPHeadTests {
  private func head(_ text: String) throws(HTTPRefusal) -> HTTPHead {
    try HTTPHead(Array(text.replacing("\n", with: "\r\n").utf8)[...])
  }

  @Test func aRequestIsRead() throws {
    let head = try head(
      "GET /grad/svg/x%20y?theme=dark&title=a+b HTTP/1.1\nHost: Here:80\nX-Y:  1 \n\n")
    #expect(head.request.method == "GET")
    #expect(try head.request.pathParts() == ["grad", "svg", "x y"])
    #expect(head.request.query.map(\.name) == ["theme", "title"])
    #expect(head.request.query[1].value == "a b")
    #expect(head.request.host == "here")
    #expect(head.request[header: "x-y"] == "1")
    #expect(head.framing == .length(0))
    #expect(head.request.keepsConnection)
  }

  @Test func theEndIsFoundOverPieces() throws {
    let bytes = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\nrest".utf8)
    #expect(try HTTPHead.end(in: bytes, from: 0) == bytes.count - 4)
    #expect(try HTTPHead.end(in: Array(bytes[..<20]), from: 0) == nil)
    #expect(try HTTPHead.end(in: bytes, from: 20) == bytes.count - 4)
    #expect(throws: HTTPRefusal.self) {
      try HTTPHead.end(in: Array("GET / HTTP/1.1\n\n".utf8), from: 0)
    }
  }

  @Test(arguments: [
    "GET / HTTP/1.1\n\n", "GET / HTTP/1.1\nHost: a\nHost: b\n\n", "GET  / HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/1.1\nHost: a\n folded\n\n", "GET / HTTP/1.1\nHost : a\n\n",
    "GET / HTTP/1.1 x\nHost: a\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 1\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: +1\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: 1, 1\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: 0x1\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length:\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: 99999999999999999999\n\n",
    "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
    "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n",
    "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: gzip, chunked\n\n",
    "POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n", "GET x HTTP/1.1\nHost: a\n\n",
    "GET /\u{1} HTTP/1.1\nHost: a\n\n", "GET /é HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/2.0\nHost: a\n\n",
    "GET /?a=%zz HTTP/1.1\nHost: a\n\n", "GET /?a=%ff HTTP/1.1\nHost: a\n\n",
    "G(T / HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/1.1\nHost: a\nx\n\n", "GET / HTTP/1.1\nHost: a\n: x\n\n",
    "GET / HTTP/1.1\nHost: a\u{0}b\n\n",
  ])
  func whatCanBeUnderstoodInTwoWaysIsRefused(_ text: String) {
    #expect(throws: HTTPRefusal.self) { try head(text) }
  }

  @Test func pathsHoldNoSlashesInTheirParts() throws {
    for path in ["/a%2Fb", "/a%00b", "/%ff"] {
      let request = try head("GET \(path) HTTP/1.1\nHost: a\n\n").request
      #expect(throws: HTTPRefusal.self) { try request.pathParts() }
    }
  }

  @Test func aWholeAddressNamesTheHost() throws {
    let head = try head("GET http://one.example/svg?x=1 HTTP/1.1\nHost: other\n\n")
    #expect(head.request.host == "one.example")
    #expect(head.request.path == "/svg")
  }

  @Test func connectionsAreKeptAsTheVersionSays() throws {
    #expect(try !head("GET / HTTP/1.0\n\n").request.keepsConnection)
    #expect(try head("GET / HTTP/1.0\nConnection: keep-alive\n\n").request.keepsConnection)
    #expect(try !head("GET / HTTP/1.1\nHost: a\nConnection: x, Close\n\n").request.keepsConnection)
  }

  @Test func manyHeadersAreRefused() {
    let headers = (0..<200).map { "X\($0): 1\n" }.joined()
    #expect(throws: HTTPRefusal(.headersTooLarge, "there are more than 100 headers")) {
      try head("GET / HTTP/1.1\nHost: a\n\(headers)\n")
    }
  }
}

/// Bodies in chunks.
@Suite struct HTTPChunksTests {
  private func body(_ pieces: [String], limit: Int = 100) throws(HTTPRefusal) -> (
    String?, rest: String
  ) {
    var chunks = HTTPChunks(limit: limit)
    var buffer: [UInt8] = []
    for piece in pieces {
      buffer += piece.utf8
      try chunks.take(&buffer)
    }
    let text = chunks.isComplete ? String(decoding: chunks.body, as: UTF8.self) : nil
    return (text, String(decoding: buffer, as: UTF8.self))
  }

  @Test func chunksAreJoined() throws {
    let whole = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\nGET"
    #expect(try body([whole]) == ("abcde", "GET"))
    #expect(try body(whole.map(String.init)) == ("abcde", "GET"))
    #expect(try body(["3\r\nab"]).0 == nil)
  }

  @Test(arguments: [
    "3\nabc\r\n0\r\n\r\n", "-1\r\n", "\r\n", "3\r\nabcd\r\n0\r\n\r\n", "fffffffff\r\n",
    "0x3\r\nabc\r\n",
    "65\r\n", " 3\r\nabc\r\n",
  ])
  func whatIsNoChunkIsRefused(_ text: String) {
    #expect(throws: HTTPRefusal.self) { try body([text]) }
  }

  @Test func aLineWithoutEndIsRefused() {
    #expect(throws: HTTPRefusal.self) { try body([String(repeating: "1", count: 2_000)]) }
    #expect(throws: HTTPRefusal.self) {
      try body(["1\r\nx\r\n0\r\n"] + [String](repeating: "x: 1234567890\r\n", count: 1_000))
    }
  }
}
