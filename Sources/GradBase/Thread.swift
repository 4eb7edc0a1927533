/// A thread of the C library's, with a stack of some size.
package struct Thread {
  #if canImport(Glibc)
  private var id = pthread_t()
  #else
  private var id: pthread_t?
  #endif

  /// What a thread does; the one that starts it hands it over.
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts a thread, which somebody has to wait for; what is wrong, as in `errno`, where none can be had.
  package init(stackSize: Int, _ body: @escaping () -> Void) throws(Refused) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    let work = Unmanaged.passRetained(Work(body))
    let number = pthread_create(
      &id, &attributes,
      { pointer in
        // Some systems hand over a pointer that may be nil.
        let pointer: UnsafeMutableRawPointer? = pointer
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if number != 0 {
      work.release()
      throw Refused(number: number)
    }
  }

  /// Why no thread was started.
  package struct Refused: Error {
    /// As in `errno`.
    package let number: Int32
  }

  /// Waits for its end.
  package func join() {
    #if canImport(Glibc)
    pthread_join(id, nil)
    #else
    if let id { pthread_join(id, nil) }
    #endif
  }

  /// Lets it run as long as the process.
  package func detach() {
    #if canImport(Glibc)
    pthread_detach(id)
    #else
    if let id { pthread_detach(id) }
    #endif
  }
}
