import GradBase
import GradEditor
import GradLanguage
import GraphvizGrad
import Synchronization

/// A conversation with an editor over standard input and output.
///
/// One thread reads, one answers, and one for each text that was changed last works out its numbers; so an
/// endless program keeps nobody from typing.
struct EditorSession {
  private let patience: Duration
  private let nodes: Int
  private let mailbox = Mailbox()
  private var server: LanguageServer
  private var works: [String: Work] = [:]
  /// How many threads work out numbers, with those that nobody waits for any more.
  private var busy = 0

  /// Numbers that are being worked out.
  private struct Work {
    var evaluation: Evaluation
    var stop: StopSign
    var deadline: ContinuousClock.Instant
  }

  /// Tells a thread that nobody waits for it any more.
  private final class StopSign: Sendable {
    private let isUp = Atomic(false)
    func raise() { isUp.store(true, ordering: .relaxed) }
    var isRaised: Bool { isUp.load(ordering: .relaxed) }
  }

  /// More threads than this do not begin: where so many are at work, each is in one long operation.
  private static let mostThreads = 4

  init(patience: Duration, nodes: Int) {
    self.patience = patience
    self.nodes = nodes
    server = LanguageServer(files: .system, version: Version.project)
  }

  /// Talks until the editor ends the conversation.
  ///
  /// - Returns: The exit code.
  mutating func run() throws(Failure) -> Int32 {
    try startReading()
    while true {
      let now = ContinuousClock.now
      let limit = works.values.map(\.deadline).min().map { max(.zero, $0 - now) }
      var messages: [[UInt8]] = []
      var outgoing: [LanguageServer.Outgoing] = []
      var hasEnded = false
      for item in mailbox.take(within: limit) {
        switch item {
        case .frame(.message(let bytes)): messages.append(bytes)
        case .frame(.broken(let reason)):
          outgoing += server.receive(messages)
          messages = []
          outgoing += server.receiveBrokenFrame(reason)
        case .frame(.lost(let reason)):
          outgoing += server.receiveBrokenFrame(reason)
          hasEnded = true
        case .end: hasEnded = true
        case .evaluated(let evaluated):
          busy -= 1
          outgoing += server.receive(messages)
          messages = []
          outgoing += take(evaluated)
        }
      }
      outgoing += server.receive(messages)
      outgoing += giveUp()
      if let code = perform(outgoing) { return code }
      if hasEnded { return server.isShutDown ? 0 : 1 }
    }
  }

  private mutating func take(_ evaluated: Evaluated) -> [LanguageServer.Outgoing] {
    if let work = works[evaluated.uri], work.evaluation.version == evaluated.version {
      works[evaluated.uri] = nil
    }
    return server.take(evaluated)
  }

  /// Ends the wait for numbers that take too long.
  private mutating func giveUp() -> [LanguageServer.Outgoing] {
    let now = ContinuousClock.now
    var outgoing: [LanguageServer.Outgoing] = []
    for (uri, work) in works where work.deadline <= now {
      work.stop.raise()
      works[uri] = nil
      outgoing += server.take(work.evaluation.late)
    }
    return outgoing
  }

  /// Does what the server asks for.
  ///
  /// - Returns: The exit code, where it is time to end.
  private mutating func perform(_ outgoing: [LanguageServer.Outgoing]) -> Int32? {
    var bytes: [UInt8] = []
    var newest: [String: Evaluation] = [:]
    for item in outgoing {
      switch item {
      case .message(let message): bytes += FrameReader.framed(message)
      case .evaluate(let evaluation): newest[evaluation.uri] = evaluation
      case .exit(let code):
        _ = send(bytes)
        return code
      }
    }
    if !send(bytes) { return 1 }
    for evaluation in newest.values { start(evaluation) }
    return nil
  }

  /// Works out the numbers of a text on a thread of its own; those of earlier versions are not wanted any
  /// more.
  private mutating func start(_ evaluation: Evaluation) {
    works[evaluation.uri]?.stop.raise()
    let stop = StopSign()
    let end = ContinuousClock.now + patience
    // A little later than the thread itself would see it.
    works[evaluation.uri] = Work(
      evaluation: evaluation, stop: stop, deadline: end + .milliseconds(200))
    guard busy < Self.mostThreads else { return }
    let mailbox = mailbox
    let patience = Patience(nodes: nodes) { !stop.isRaised && ContinuousClock.now < end }
    do throws(Thread.Refused) {
      let thread = try Thread(stackSize: 8 << 20) {
        mailbox.put([.evaluated(evaluation.run(patience))])
      }
      thread.detach()
      busy += 1
    } catch {
      // Without a thread, the wait ends at its time.
    }
  }

  // MARK: Standard input and output

  private func startReading() throws(Failure) {
    let mailbox = mailbox
    do throws(Thread.Refused) {
      let thread = try Thread(stackSize: 1 << 20) {
        var frames = FrameReader()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
          let count = buffer.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
          if count < 0, errno == EINTR { continue }
          if count <= 0 { break }
          frames.take(buffer[..<count])
          var items: [Mailbox.Item] = []
          while let frame = frames.next() {
            items.append(.frame(frame))
            if case .lost = frame { break }
          }
          if !items.isEmpty { mailbox.put(items) }
        }
        mailbox.put([.end])
      }
      thread.detach()
    } catch {
      throw .usage("no thread can be started: \(String(cString: strerror(error.number)))")
    }
  }

  /// Sends bytes to the editor; false where it does not listen any more.
  private func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
