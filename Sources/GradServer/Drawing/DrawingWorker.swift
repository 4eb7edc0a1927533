import FlyingSocks
import GradBase
import Synchronization

/// A worker process, as the server sees it.
final class DrawingWorker: Sendable {
  private struct State {
    var process: pid_t
    /// When it has to be done; `nil` while it has nothing to do.
    var deadline: ContinuousClock.Instant?
    var isLate = false
    var finished = 0
  }

  private let seat: Seat
  private let state: Mutex<State>

  /// After so many figures a worker makes room for a new one: Graphviz loses a little memory with each.
  private static let longestLife = 2_000

  /// Starts a process of this program with the words `arguments`; `nil` where the system has no room.
  init?(_ arguments: [String], _ pool: any AsyncSocketPool) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, streamType, 0, &ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var process: pid_t = 0
    let number = spawn(
      runningProgram, arguments, input: ends[1], output: ends[1], process: &process)
    GradBase.close(ends[1])
    let socket = Socket(file: .init(rawValue: ends[0]))
    seat = Seat(socket, pool)
    state = Mutex(State(process: process))
    guard number == 0, (try? socket.setFlags(.nonBlocking)) != nil else {
      seat.close()
      return nil
    }
  }

  /// How a task ended.
  enum Ending {
    case answer(DrawingAnswer)
    case tookTooLong
    case tookTooMuch
    case died(String)
  }

  /// Whether it is to draw more.
  var isFresh: Bool { state.withLock { $0.process > 0 && $0.finished < Self.longestLife } }

  /// Has a task done.
  func draw(_ message: [UInt8], within time: Duration) async -> Ending {
    state.withLock { $0.deadline = .now + time }
    defer { state.withLock { $0.deadline = nil } }
    var buffer: [UInt8] = []
    if await seat.write(message) {
      while let piece = await seat.read(), !piece.isEmpty {
        buffer += piece
        if let fields = Fields.take(from: &buffer) {
          state.withLock { $0.finished += 1 }
          guard let answer = DrawingAnswer(fields) else { break }
          return .answer(answer)
        }
      }
    }
    return end()
  }

  /// Ends it if its time is over.
  func endIfLate(_ now: ContinuousClock.Instant) {
    state.withLock { state in
      guard let deadline = state.deadline, deadline <= now, state.process > 0 else { return }
      state.isLate = true
      state.deadline = nil
      kill(state.process, SIGKILL)
    }
  }

  /// Ends it at once, and says how it had ended before.
  @discardableResult func end() -> Ending {
    let (process, isLate) = state.withLock { state in
      defer { state.process = 0 }
      return (state.process, state.isLate)
    }
    seat.close()
    guard process > 0 else { return .died("ended") }
    // It may be about to tell by its exit code why it ends; what it draws is of no use any more.
    var status: Int32 = 0
    var waited = waitpid(process, &status, WNOHANG)
    for _ in 0..<20 where waited == 0 {
      usleep(1_000)
      waited = waitpid(process, &status, WNOHANG)
    }
    if waited == 0 {
      kill(process, SIGKILL)
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    if isLate { return .tookTooLong }
    let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
    if signal != 0 {
      return .died("was ended by signal \(signal) (\(String(cString: strsignal(signal))))")
    }
    return code == WorkerWatch.tookTooMuch ? .tookTooMuch : .died("ended with exit code \(code)")
  }
}

#if os(Linux)
private let streamType = Int32(SOCK_STREAM.rawValue)
#else
private let streamType = SOCK_STREAM
#endif
