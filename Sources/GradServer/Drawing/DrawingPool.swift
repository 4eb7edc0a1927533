import FlyingSocks
import GradBase
import GradLanguage

/// The worker processes, and who waits for them.
actor DrawingPool {
  private let size: Int
  private let limits: ServerLimits
  private let sockets: any AsyncSocketPool
  private var idle: [DrawingWorker] = []
  private var busy: [ObjectIdentifier: DrawingWorker] = [:]
  private var waiting: [Ticket] = []
  private var isStopped = false
  /// How many workers died, or took too long.
  private(set) var losses = 0

  private struct Ticket {
    var deadline: ContinuousClock.Instant
    var continuation: CheckedContinuation<DrawingWorker?, Never>
  }

  /// How much there is to do.
  struct Load: Sendable {
    var workers: Int
    var busy: Int
    var waiting: Int
    var losses: Int
  }

  init(size: Int, _ limits: ServerLimits, _ sockets: any AsyncSocketPool) {
    (self.size, self.limits, self.sockets) = (size, limits, sockets)
  }

  var load: Load {
    Load(
      workers: idle.count + busy.count, busy: busy.count, waiting: waiting.count, losses: losses)
  }

  /// Has a task drawn as soon as a worker is free.
  func draw(_ task: DrawingTask) async -> DrawingAnswer {
    guard let worker = await worker() else { return .busy }
    let ending = await worker.draw(task.message, within: limits.time)
    giveBack(worker, ending)
    switch ending {
    case .answer(let answer): return answer
    case .tookTooLong:
      return DrawingAnswer(
        .tooMuch,
        [
          .ofServer(
            "timeout", "the figure took longer than \(limits.time)",
            help: "draw less of it: the option 'detail' with 'statements'")
        ])
    case .tookTooMuch:
      return DrawingAnswer(
        .tooMuch,
        [
          .ofServer(
            "memory", "the figure took more memory than \(limits.memory / 1_000_000) MB",
            help: "draw less of it: the option 'detail' with 'statements', a smaller 'scale'")
        ])
    case .died(let how):
      return DrawingAnswer(
        .failed,
        [
          .ofServer(
            "worker", "the process that drew the figure \(how)",
            help: "a report with the program is welcome")
        ])
    }
  }

  private func worker() async -> DrawingWorker? {
    if isStopped { return nil }
    fill()
    if let worker = idle.popLast() {
      busy[ObjectIdentifier(worker)] = worker
      return worker
    }
    if waiting.count >= limits.queue { return nil }
    return await withCheckedContinuation { continuation in
      waiting.append(Ticket(deadline: .now + limits.time, continuation: continuation))
    }
  }

  private func giveBack(_ worker: DrawingWorker, _ ending: DrawingWorker.Ending) {
    busy[ObjectIdentifier(worker)] = nil
    if case .answer = ending {
      if worker.isFresh, !isStopped { idle.append(worker) } else { worker.end() }
    } else {
      losses += 1
    }
    fill()
    serve()
  }

  /// Gives idle workers to those who wait, the first come first.
  private func serve() {
    while !waiting.isEmpty, let worker = idle.popLast() {
      busy[ObjectIdentifier(worker)] = worker
      waiting.removeFirst().continuation.resume(returning: worker)
    }
  }

  /// Starts as many workers as are missing.
  private func fill() {
    while !isStopped, idle.count + busy.count < size {
      guard
        let worker = DrawingWorker(
          ["worker", "--memory=\(limits.memory)", "--picture=\(limits.picture)"], sockets)
      else { return }
      idle.insert(worker, at: 0)
    }
  }

  /// Starts all workers.
  func start() { fill() }

  /// Ends figures that take too long, and sends those away who have waited for too long.
  func look() {
    let now = ContinuousClock.now
    for worker in busy.values { worker.endIfLate(now) }
    while let first = waiting.first, first.deadline <= now {
      waiting.removeFirst().continuation.resume(returning: nil)
    }
    fill()
    serve()
  }

  /// Ends all workers.
  func stop() {
    isStopped = true
    for ticket in waiting { ticket.continuation.resume(returning: nil) }
    waiting.removeAll()
    for worker in idle + busy.values { worker.end() }
    idle.removeAll()
  }
}

extension DrawingAnswer {
  /// There are too many others.
  static var busy: DrawingAnswer {
    DrawingAnswer(
      .busy, [.ofServer("busy", "too many figures are being drawn", help: "ask again in a second")])
  }
}
