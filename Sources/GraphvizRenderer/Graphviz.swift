import CGraphviz
import GradBase

/// The one door into libgvc and libcgraph.
///
/// Both libraries keep state in C globals, so two threads may not be inside them at once, not even
/// with separate contexts and graphs: every C call of this package happens inside ``alone(_:)``.
enum Graphviz {
  // A pthread mutex: NSLock would link all of Foundation, and ThreadSanitizer on Linux does not see
  // Synchronization.Mutex. It is never freed.
  nonisolated(unsafe) private static let lock = {
    let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    return lock
  }()

  /// Runs `body` alone, with an empty message log.
  static func alone<Result: Sendable>(
    _ body: () throws(GraphvizError) -> Result
  ) throws(GraphvizError) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    _ = agseterrf(GraphvizLog.append)
    GraphvizLog.clear()
    return try body()
  }

  /// Runs `body` on a thread whose stack is deep enough for any graph that `dot` is given: `dot`
  /// follows chains of nodes by recursion.
  ///
  /// A graph of a few nodes needs no thread of its own.
  ///
  /// - Throws: What `body` throws; of stage `context` where no such thread can be started, as on any
  ///   other stack the work could crash.
  static func onStack<Result: Sendable>(
    for nodes: Int, _ body: () throws(GraphvizError) -> Result
  ) throws(GraphvizError) -> Result {
    // The smallest stack that a caller is likely to have, 512 KB, holds chains of 4,000.
    if nodes < 500 { return try body() }
    return try withoutActuallyEscaping(body) { (body) throws(GraphvizError) in
      let stackSize = stackSize(for: nodes)
      let work = Work(body)
      do throws(Thread.Refused) {
        try Thread(stackSize: stackSize) { work.run() }.join()
      } catch {
        throw GraphvizError(
          stage: .context,
          messages: [
            "no thread with a stack of \(stackSize >> 20) MB, which a large graph needs, can be "
              + "started: \(String(cString: strerror(error.number)))"
          ])
      }
      return try work.outcome()
    }
  }

  /// The size of a stack for a graph: 30 times what chains of its nodes were seen to take.
  private static func stackSize(for nodes: Int) -> Int {
    (8 << 20) + min(nodes, 126_000) * 4_096
  }

  /// Something to do on another thread, and its result.
  private final class Work<Result> {
    private let body: () throws(GraphvizError) -> Result
    private var result: Swift.Result<Result, GraphvizError>?

    init(_ body: @escaping () throws(GraphvizError) -> Result) { self.body = body }

    func run() {
      do throws(GraphvizError) {
        result = .success(try body())
      } catch {
        result = .failure(error)
      }
    }

    func outcome() throws(GraphvizError) -> Result {
      guard let result else { preconditionFailure("the work was not done") }
      return try result.get()
    }
  }
}

/// Owns a `GVC_t`; only made and used inside ``Graphviz/alone(_:)``.
struct Context: ~Copyable {
  let pointer: OpaquePointer

  private init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { _ = gvFreeContext(pointer) }

  /// The version as Graphviz itself says it: `2.43.0`.
  var version: String { String(cString: gvcVersion(pointer)) }

  /// Lets the context go.
  ///
  /// - Returns: How many files could not be read or written, and 1 more where there was an error.
  consuming func end() -> CInt {
    let pointer = pointer
    discard self
    return gvFreeContext(pointer)
  }

  /// A context that lays out and loads no fonts; an ordinary one where the library of layouts is not
  /// found beside libgvc.
  static func forLayout() throws(GraphvizError) -> Context {
    if let path = pluginPath("dot_layout"), let pointer = cgv_layout_context(path) {
      return Context(pointer)
    }
    return try forDrawing()
  }

  /// A context that can do nothing but say its version.
  static func withoutPlugins() throws(GraphvizError) -> Context {
    guard let pointer = cgv_bare_context() else { throw GraphvizLog.error(at: .context) }
    return Context(pointer)
  }

  /// A context with all of Graphviz's plugins.
  static func forDrawing() throws(GraphvizError) -> Context {
    guard let pointer = gvContext() else { throw GraphvizLog.error(at: .context) }
    return Context(pointer)
  }

  /// The file of the plugin `name` beside libgvc; its version's number is whatever it is.
  static func pluginPath(_ name: String) -> String? {
    guard let library = cgv_library_path().map({ String(cString: $0) }),
      let slash = library.lastIndex(of: "/")
    else { return nil }
    let stem = "\(library[..<slash])/graphviz/libgvplugin_\(name)"
    var found = glob_t()
    defer { globfree(&found) }
    guard glob("\(stem).so.*", 0, nil, &found) == 0 || glob("\(stem).*dylib", 0, nil, &found) == 0,
      found.gl_pathc > 0, let first = found.gl_pathv[0]
    else { return nil }
    return String(cString: first)
  }
}

/// Owns an `Agraph_t`; only made and used inside ``Graphviz/alone(_:)``.
struct Graph: ~Copyable {
  let pointer: UnsafeMutablePointer<Agraph_t>

  init(_ attributes: KeyValuePairs<String, String>) throws(GraphvizError) {
    guard let pointer = cgv_open_digraph("figure") else { throw GraphvizLog.error(at: .context) }
    self.pointer = pointer
    for (name, value) in attributes { _ = cgv_set(pointer, name, value) }
  }

  deinit { agclose(pointer) }

  /// Lays the graph out, lets `body` read it, and frees the layout.
  borrowing func laidOut<Result>(
    by engine: String, in context: borrowing Context,
    _ body: () throws(GraphvizError) -> Result
  ) throws(GraphvizError) -> Result {
    guard gvLayout(context.pointer, pointer, engine) == 0 else {
      throw GraphvizLog.error(at: .layout)
    }
    defer { gvFreeLayout(context.pointer, pointer) }
    return try body()
  }
}
