/// A text in the making as bytes, written front to back.
///
/// A large file is made of millions of short pieces, so that each of them goes to a stage, where it costs
/// its bytes and one comparison, and full stages go to an array or to a sink.
package struct ByteText: ~Copyable {
  /// What is no longer on the stage.
  private var bytes: [UInt8] = []
  /// Takes the text in pieces of some size, so that a long one is never there as a whole.
  private let sink: (([UInt8]) -> Void)?
  /// The last part of the text.
  @usableFromInline let stage = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.room)
  @usableFromInline var filled = 0
  /// How many bytes the stage holds.
  @inlinable package static var room: Int { 4_096 }
  private static let piece = 1 << 16

  /// An empty text, of which about so many bytes are expected.
  package init(reserving count: Int = 0) {
    sink = nil
    bytes.reserveCapacity(count)
  }

  /// An empty text that goes to `sink` while it is written; ``finish()`` sends the rest.
  package init(to sink: @escaping ([UInt8]) -> Void) {
    self.sink = sink
    bytes.reserveCapacity(Self.piece + Self.room)
  }

  deinit { stage.deallocate() }

  /// What has been written so far, but for what a sink took.
  package var text: String {
    String(decoding: bytes + UnsafeBufferPointer(start: stage, count: filled), as: UTF8.self)
  }

  /// Ends the text.
  ///
  /// - Returns: The text; nothing if it went to a sink.
  package mutating func finish() -> [UInt8] {
    flush()
    var rest: [UInt8] = []
    swap(&rest, &bytes)
    guard let sink else { return rest }
    sink(rest)
    return []
  }

  @usableFromInline mutating func flush() {
    bytes.append(contentsOf: UnsafeBufferPointer(start: stage, count: filled))
    filled = 0
    guard let sink, bytes.count >= Self.piece else { return }
    sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes a byte.
  @inlinable package mutating func put(_ byte: UInt8) {
    if filled == Self.room { flush() }
    stage[filled] = byte
    filled &+= 1
  }

  /// Writes a text as it is.
  package mutating func put(_ part: consuming String) { part.withUTF8 { put($0) } }

  /// Writes bytes.
  package mutating func put(_ part: UnsafeBufferPointer<UInt8>) {
    guard let base = part.baseAddress else { return }
    if filled + part.count > Self.room { flush() }
    if part.count > Self.room { return bytes.append(contentsOf: part) }
    (stage + filled).update(from: base, count: part.count)
    filled &+= part.count
  }

  /// Writes bytes in place.
  ///
  /// - Parameters:
  ///   - most: How many bytes there is to be room for; no more than ``room``.
  ///   - body: Writes them, and returns how many they are.
  @inlinable package mutating func put(
    atMost most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int
  ) {
    if filled &+ most > Self.room { flush() }
    filled &+= body(stage + filled)
  }
}
