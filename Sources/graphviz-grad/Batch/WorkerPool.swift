import GradBase
import GradLanguage
import GraphvizGrad

/// Worker processes that share tasks.
struct WorkerPool {
  /// What a worker is started with.
  let arguments: [String]
  /// How many there are at most.
  let size: Int
  /// How long a figure may take.
  let timeout: Duration

  /// After so many figures a worker makes room for a new one: Graphviz loses a little memory with each.
  private static let longestLife = 2_000

  /// How a task ended.
  enum Ending {
    /// With an exit code, 0 for done, and the messages as they are to be printed.
    case answered(code: Int32, messages: String)
    /// It took too long.
    case tookTooLong
    /// It took too much memory.
    case tookTooMuch
    /// The worker died of it.
    case died(String)
  }

  private struct Seat {
    var worker: WorkerProcess
    /// The task it has, and when that has to be done.
    var task: (index: Int, deadline: ContinuousClock.Instant)?
    var finished = 0
  }

  /// Has `count` tasks done; they end in any order.
  ///
  /// - Parameters:
  ///   - count: How many tasks there are.
  ///   - message: What a worker is told of a task when its turn has come, in ``FigureTask/message(_:)``.
  ///   - ended: Hears of each end.
  /// - Throws: ``Failure`` if no worker can be started.
  func run(
    _ count: Int, tellingOf message: (Int) -> [UInt8], whenEnded ended: (Int, Ending) -> Void
  ) throws(Failure) {
    var waiting = (0..<count).makeIterator()
    var seats: [Seat] = []
    func give(_ task: Int, _ seat: inout Seat) {
      // A worker that cannot take its task is dead, which its answers tell.
      _ = seat.worker.send(message(task))
      seat.task = (task, .now + timeout)
    }
    while seats.count < size, let task = waiting.next() {
      seats.append(Seat(worker: try WorkerProcess(arguments)))
      give(task, &seats[seats.count - 1])
    }
    while seats.contains(where: { $0.task != nil }) {
      for index in try readable(seats) {
        guard let task = seats[index].task else { continue }
        let isLate = ContinuousClock.now >= task.deadline
        let worker = seats[index].worker
        let ending: Ending
        switch isLate ? nil : worker.receive() {
        case .answered(let code, let messages)?:
          ending = .answered(code: code, messages: messages)
          seats[index].finished += 1
        case .tookTooMuch?: ending = .tookTooMuch
        case .died(let how)?: ending = .died(how)
        case nil:
          if !isLate { continue }
          worker.kill()
          ending = .tookTooLong
        }
        seats[index].task = nil
        ended(task.index, ending)
        // Where nobody waits, nobody needs another worker.
        guard let next = waiting.next() else { continue }
        var isFresh = seats[index].finished < Self.longestLife
        if case .answered = ending {} else { isFresh = false }
        if !isFresh { seats[index] = Seat(worker: try WorkerProcess(arguments)) }
        give(next, &seats[index])
      }
    }
  }

  /// The seats whose workers have something to say, or have taken too long.
  private func readable(_ seats: [Seat]) throws(Failure) -> [Int] {
    let busy = seats.indices.filter { seats[$0].task != nil }
    var files = busy.map { pollfd(fd: seats[$0].worker.answers, events: Int16(POLLIN), revents: 0) }
    let deadline = busy.compactMap { seats[$0].task?.deadline }.min() ?? .now
    let left = max(.zero, ContinuousClock.now.duration(to: deadline))
    let milliseconds = min(
      60_000,
      left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000 + 1)
    if poll(&files, nfds_t(files.count), Int32(milliseconds)) < 0, errno != EINTR {
      throw .file("cannot wait for workers", errno)
    }
    return zip(busy, files).filter { index, file in
      file.revents != 0 || ContinuousClock.now >= (seats[index].task?.deadline ?? .now)
    }.map(\.0)
  }
}
