/// Work that a command is to do once, as tests count it.
package enum Milestone: Sendable, Equatable {
  /// A program was parsed; messages call it by this name.
  case parsed(String)
  /// A trace was read for a figure.
  case read

  /// Hears of each, in the task that does the work; `nil` for nobody.
  @TaskLocal package static var observer: (@Sendable (Milestone) -> Void)?
}
