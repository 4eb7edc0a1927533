/// An option of a figure with its value, as text; ``FigureOption`` says what it means.
public struct OptionText: Sendable, Equatable {
  /// The name without its dashes.
  public var name: String
  /// The value as text.
  public var value: String
  /// Which files it may name: none unless somebody trusts whoever wrote it.
  public var files = FileAccess.none

  /// An option with its value.
  public init(_ name: String, _ value: String, files: FileAccess = .none) {
    self.name = name
    self.value = value
    self.files = files
  }
}
