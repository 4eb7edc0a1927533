/// How much clients and figures may take.
package struct ServerLimits: Sendable {
  /// How many bytes a body may have, and a program that stands in an address.
  package var body = 1_000_000
  /// How many bytes the lines before a body may have.
  package var head = 65_536
  /// How many clients may be connected.
  package var connections = 1_000
  /// How many figures may wait for a worker.
  package var queue = 64
  /// How long a figure may take.
  package var time = Duration.seconds(10)
  /// How much memory a figure may take, in bytes.
  package var memory = 1_000_000_000
  /// How many bytes of answers are kept for who asks again.
  package var cache = 64_000_000
  /// How many bytes a picture may have.
  package var picture = 32_000_000

  /// How many bytes long bodies and long answers may have together.
  var room: Int { max(256_000_000, 4 * picture) }
  /// How long a connection may be silent between requests.
  var idleTime = Duration.seconds(30)
  /// How long the head of a request may take once it has begun.
  var headTime = Duration.seconds(5)
  /// How long a body may take.
  var bodyTime = Duration.seconds(20)
  /// How long a client may take to read an answer.
  var answerTime = Duration.seconds(30)

  /// The defaults.
  package init() {}
}
