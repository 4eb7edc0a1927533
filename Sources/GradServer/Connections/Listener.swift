import FlyingSocks
import GradBase
import Synchronization

/// The socket that clients come to, and the seats of those that have come.
final class Listener: Sendable {
  /// Why nobody can come.
  struct Refused: Error {
    /// As in `errno`.
    var number: Int32
    /// What is to be done about it.
    var help: String
  }

  private struct State {
    var seats: [Int: Seat] = [:]
    var count = 0
    var isOpen = true
  }

  private let socket: Socket
  private let pool: any AsyncSocketPool
  private let limits: ServerLimits
  private let state = Mutex(State())
  /// The port, which the system chose where it was asked to.
  let port: UInt16

  /// Listens at an address, such as `127.0.0.1` or `::1`.
  init(
    _ address: String, _ port: UInt16, _ pool: any AsyncSocketPool, _ limits: ServerLimits
  ) throws(Refused) {
    (self.pool, self.limits) = (pool, limits)
    do {
      if address.contains(":") {
        socket = try Socket(domain: AF_INET6)
        try Self.prepare(socket)
        try socket.bind(to: .inet6(ip6: address, port: port))
      } else {
        socket = try Socket(domain: AF_INET)
        try Self.prepare(socket)
        try socket.bind(to: .inet(ip4: address, port: port))
      }
      try socket.listen()
      switch try socket.sockname() {
      case .ip4(_, let port), .ip6(_, let port): self.port = port
      case .unix: self.port = port
      }
    } catch SocketError.failed(_, let number, _) {
      throw Refused(
        number: Int32(number),
        help: number == EADDRINUSE ? "--port 0 takes one that is free" : "--listen 127.0.0.1")
    } catch {
      throw Refused(
        number: EINVAL, help: "--listen takes an address in numbers: 127.0.0.1, ::1, 0.0.0.0")
    }
  }

  private static func prepare(_ socket: Socket) throws {
    try socket.setValue(true, for: .localAddressReuse)
    try socket.setFlags(.nonBlocking)
    _ = fcntl(socket.file.rawValue, F_SETFD, FD_CLOEXEC)
  }

  var isOpen: Bool { state.withLock(\.isOpen) }
  /// How many clients are connected.
  var count: Int { state.withLock(\.seats.count) }

  // MARK: Coming and going

  /// Takes clients, and calls `welcome` for each, until ``stop()``.
  func run(_ welcome: @escaping @Sendable (Seat) async -> Void) async {
    while isOpen {
      do {
        let file = try socket.accept().file
        _ = fcntl(file.rawValue, F_SETFD, FD_CLOEXEC)
        let client = Socket(file: file)
        try client.setFlags(.nonBlocking)
        // Answers are written at once: nothing is gained by waiting for more.
        var yes: Int32 = 1
        setsockopt(
          file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        sit(Seat(client, pool), welcome)
      } catch SocketError.blocked {
        do {
          try await pool.suspendSocket(socket, untilReadyFor: .connection)
        } catch {
          return
        }
      } catch {
        // The system has no room for another socket now; those that are open will be closed.
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  private func sit(_ seat: Seat, _ welcome: @escaping @Sendable (Seat) async -> Void) {
    let (number, leaves) = state.withLock { state -> (Int?, Seat?) in
      if !state.isOpen { return (nil, nil) }
      var leaves: Seat?
      if state.seats.count >= limits.connections {
        // Who asks for nothing makes room for who does.
        guard let idle = state.seats.first(where: { $0.value.phase == .idle }) else {
          return (nil, nil)
        }
        leaves = idle.value
        state.seats[idle.key] = nil
      }
      state.count += 1
      state.seats[state.count] = seat
      return (state.count, leaves)
    }
    leaves?.shutIfLate(.now, always: true)
    guard let number else { return seat.close() }
    Task {
      await welcome(seat)
      seat.close()
      state.withLock { _ = $0.seats.removeValue(forKey: number) }
    }
  }

  /// Sends those away that take too long.
  func look() {
    let now = ContinuousClock.now
    for seat in state.withLock({ Array($0.seats.values) }) { seat.shutIfLate(now) }
  }

  /// Takes no more clients, and lets those go that ask for nothing.
  func stop() {
    let seats = state.withLock { state in
      state.isOpen = false
      return Array(state.seats.values)
    }
    // Whoever waits for clients wakes up.
    _ = shutdown(socket.file.rawValue, Int32(SHUT_RDWR))
    for seat in seats where seat.phase == .idle || seat.phase == .stream {
      seat.shutIfLate(.now, always: true)
    }
  }
}
