import FlyingSocks
import GradBase
import Synchronization

/// The place of one client: its socket, and until when what it does now has to be done.
///
/// The times are looked at by one task for all seats, since a timer for each request would cost more than
/// many an answer. Who is late has its socket shut, which wakes whoever waits for it.
final class Seat: Sendable {
  /// What the client is waited for.
  enum Phase { case idle, head, body, drawing, answer, stream }

  private struct State {
    var phase = Phase.idle
    var deadline: ContinuousClock.Instant?
    var isLate = false
    var isOpen = true
  }

  private let socket: Socket
  private let pool: any AsyncSocketPool
  private let state = Mutex(State())

  init(_ socket: Socket, _ pool: any AsyncSocketPool) {
    (self.socket, self.pool) = (socket, pool)
  }

  var phase: Phase { state.withLock(\.phase) }
  /// Whether its time was over.
  var isLate: Bool { state.withLock(\.isLate) }

  /// Begins something that may last `time`.
  func begin(_ phase: Phase, for time: Duration?) {
    state.withLock { state in
      state.phase = phase
      state.deadline = time.map { .now + $0 }
    }
  }

  // MARK: Bytes

  /// What the client sends next; `nil` when it has gone or is late.
  func read() async -> [UInt8]? {
    while true {
      do {
        return try socket.read(atMost: 65_536)
      } catch SocketError.blocked {
        do { try await pool.suspendSocket(socket, untilReadyFor: .read) } catch { return nil }
      } catch {
        return nil
      }
    }
  }

  /// Sends all bytes; whether the client took them.
  func write(_ bytes: [UInt8]) async -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { systemWrite(socket.file.rawValue, $0) }
      if count > 0 {
        sent += count
      } else if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
        do { try await pool.suspendSocket(socket, untilReadyFor: .write) } catch { return false }
      } else if count < 0, errno == EINTR {
        continue
      } else {
        return false
      }
    }
    return true
  }

  // MARK: The end

  /// Shuts the socket if what it does has taken too long, or in any case for `always`.
  func shutIfLate(_ now: ContinuousClock.Instant, always: Bool = false) {
    state.withLock { state in
      guard state.isOpen, always || state.deadline.map({ $0 <= now }) ?? false else { return }
      state.isLate = true
      // A client that asks too slowly can still be told so.
      let isAsking = state.phase == .head || state.phase == .body
      _ = shutdown(socket.file.rawValue, Int32(isAsking && !always ? SHUT_RD : SHUT_RDWR))
      state.deadline = nil
    }
  }

  /// Sends no more, so that the client reads the answer before it hears that nobody reads its own bytes.
  func finishWriting() {
    state.withLock { state in
      if state.isOpen { _ = shutdown(socket.file.rawValue, Int32(SHUT_WR)) }
    }
  }

  func close() {
    state.withLock { state in
      guard state.isOpen else { return }
      state.isOpen = false
      try? socket.close()
    }
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if os(Linux)
  send(file, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
  #else
  send(file, bytes.baseAddress, bytes.count, 0)
  #endif
}
