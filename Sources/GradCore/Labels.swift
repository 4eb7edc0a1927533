/// What is known of the nodes of a tape besides numbers: names, places, calls.
///
/// Kept beside the tape, so that recording a number costs no more than the number.
public struct Labels: Sendable {
  /// The names that statements gave; a name given again belongs to a new version.
  package var names = NodeTexts()
  /// The call whose scope a name belongs to, an index in ``calls`` or -1 for the program itself,
  /// where that is not the call that recorded the node: in `J = f(x)` the node is made in `f`, and
  /// `J` is a name of the program.
  package var scopesOfNames: [UInt32: Int] = [:]
  /// How inputs and constants were written: `"1/3"`, `"pi"`.
  package var spellings = NodeTexts()
  /// How the condition of each ``Where`` or ``WhereElse`` was written: `"x > 0"`.
  package var conditions: [UInt32: String] = [:]
  /// The conditions that chose what was recorded, in the order they were decided.
  package var decisions: [Decision] = []
  /// Where each node was written; empty, or one entry a node.
  package var places: [Place] = []
  /// The innermost call that recorded each node, an index in ``calls`` or -1; empty, or one entry
  /// a node.
  package var callOfNode: [Int32] = []
  /// The calls of functions that the program defines, in the order they began.
  package var calls: [Call] = []
  /// The nodes that the program marks as parameters; where it marks any, the other inputs are data.
  package var parameters: Set<UInt32> = []
  /// Nodes whose numbers the program read to go on with, as a comparison or an index by them does.
  ///
  /// With other numbers it might have recorded something else. Kept where there are arrays.
  package var reads: Set<UInt32> = []
  /// The number of nodes there were when the program named its output; `nil` if it did not.
  package var end: Int?
  /// Of the loop whose first pass alone was recorded, how many passes it has, 0 where that is not known;
  /// `nil` where all that runs was recorded.
  package var passes: Int?

  /// No labels.
  package init() {}

  /// A place in a source text.
  public struct Place: Sendable, Equatable {
    /// From 1.
    public var line: Int32
    /// From 1, in grapheme clusters.
    public var column: Int32

    /// The place at `line` and `column`, both from 1.
    public init(line: Int32, column: Int32) {
      self.line = line
      self.column = column
    }
  }

  /// One call of a function that the program defines.
  package struct Call: Sendable, Equatable {
    /// The function's name.
    package var function: String
    /// Which call of that function it is, from 1.
    package var ordinal: Int
    /// The call it happened in, an index in ``Labels/calls``; `nil` for one in the program itself.
    package var parent: Int?
    /// The nodes passed as arguments.
    package var arguments: [UInt32]
    /// The node returned; the last one where there are several.
    package var result: UInt32
    /// The nodes returned besides, in order.
    package var others: [UInt32] = []
    /// How the program takes each node out of what is returned, `[0]`, where that is several values.
    package var parts: [UInt32: String] = [:]

    /// A call from its parts.
    package init(
      function: String, ordinal: Int, parent: Int?, arguments: [UInt32], result: UInt32
    ) {
      self.function = function
      self.ordinal = ordinal
      self.parent = parent
      self.arguments = arguments
      self.result = result
    }

    /// `f#1`; of a method `net#1.forward`.
    package var id: String {
      guard let dot = function.utf8.lastIndex(of: UInt8(ascii: ".")) else {
        return "\(function)#\(ordinal)"
      }
      return "\(function[..<dot])#\(ordinal)\(function[dot...])"
    }
  }
}
