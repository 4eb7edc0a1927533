import FlyingSocks
import GradBase
import GradRequest
import GraphvizRenderer

/// A server: it listens, and goes on until it is stopped.
package struct Server: Sendable {
  private let listener: Listener
  private let sockets: any AsyncSocketPool
  private let service: Service
  private let limits: ServerLimits

  /// What a server is made with.
  package struct Options: Sendable {
    /// The address that it listens at, in numbers.
    package var address = "127.0.0.1"
    /// The port; 0 for one that is free.
    package var port: UInt16 = 8_000
    /// How many processes draw.
    package var workers = 2
    /// How much clients and figures may take.
    package var limits = ServerLimits()
    /// The folder whose programs are shown; `nil` for none.
    package var folder: String?
    /// Whether programs of the folder may name themes beside them.
    package var trustsHeads = false
    /// Names by which the server may be called where a folder is shown.
    package var hosts: [String] = []

    /// The defaults.
    package init() {}
  }

  /// Why there is no server.
  package struct Refused: ReadableError {
    /// What is wrong, without a full stop.
    package var message: String
    /// What to do about it.
    package var help: String
    /// What is wrong, and what to do about it.
    package var description: String { Self.text(message, help: help) }
  }

  /// Begins to listen.
  ///
  /// - Throws: ``Refused`` where the address cannot be had, or nothing can be drawn.
  package init(_ options: Options) async throws(Refused) {
    limits = options.limits
    let sockets: any AsyncSocketPool = .make(maxEvents: 128)
    self.sockets = sockets
    do {
      try await sockets.prepare()
      Task { try await sockets.run() }
    } catch {
      throw Refused(message: "the system gives no events: \(error)", help: "allow more open files")
    }
    do throws(Listener.Refused) {
      listener = try Listener(options.address, options.port, sockets, limits)
    } catch {
      throw Refused(
        message: "cannot listen at \(options.address), port \(options.port): "
          + String(cString: strerror(error.number)), help: error.help)
    }
    let pool = DrawingPool(size: options.workers, limits, sockets)
    let cache = AnswerCache(limit: limits.cache)
    let artist = Artist(pool, cache)
    service = Service(
      artist: artist, pool: pool, cache: cache, metrics: Metrics(), limits: limits,
      preview: options.folder.map { Preview($0, pool, trustsHeads: options.trustsHeads) },
      hosts: Set(options.hosts),
      listener: listener,
      version: Version.project + ((try? Installation.inspect())?.version ?? ""))
    await pool.start()
    // What cannot be drawn now is not drawn later either: better to say so at once.
    let trial = await pool.draw(DrawingTask(format: "svg", program: Array("J = 3 * 2".utf8)))
    guard trial.outcome == .drawn else {
      await pool.stop()
      throw Refused(message: "nothing can be drawn: \(trial.text)", help: "graphviz-grad doctor")
    }
  }

  /// The port that it listens at.
  package var port: UInt16 { listener.port }

  /// Answers until ``stop()``, and then lets those finish who have asked.
  package func run() async {
    let looking = Task { [listener, service] in
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(50))
        listener.look()
        await service.pool.look()
      }
    }
    let room = Room(limit: limits.room)
    await listener.run { [service, limits, listener] seat in
      await Connection(
        seat: seat, limits: limits, room: room, isOpen: { listener.isOpen },
        answer: { await service.answer($0) }, refuse: { service.refuse($0) }
      ).run()
    }
    // Pages that wait for changes need wait no longer.
    await service.preview?.stop()
    let deadline = ContinuousClock.now + .seconds(10)
    while listener.count > 0, .now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
    looking.cancel()
    await service.pool.stop()
  }

  /// Takes no more clients; ``run()`` ends when those have their answers who have asked.
  package func stop() { listener.stop() }
}
