public import GradBase

/// The files that a program may read: `np.load("data.npy")`.
///
/// This module opens none by itself: whoever records a program hands in how its files are read, and which.
public struct ProgramFiles: Sendable {
  /// Why a file is not read, with a way out.
  public struct Fault: ReadableError, Equatable {
    /// What is wrong, without a full stop.
    public var message: String
    /// What would be right; `nil` if that is plain.
    public var help: String?
    /// What is wrong, and what would be right.
    public var description: String { Self.text(message, help: help) }

    /// What is wrong with a file.
    public init(_ message: String, help: String? = nil) {
      (self.message, self.help) = (message, help)
    }
  }

  /// The bytes of the file that a program calls by a name.
  public var contents: @Sendable (_ name: String) throws(Fault) -> [UInt8]

  /// Files from the function that reads them.
  public init(contents: @escaping @Sendable (_ name: String) throws(Fault) -> [UInt8]) {
    self.contents = contents
  }

  /// No files at all.
  public static let none = ProgramFiles { name throws(Fault) in
    throw Fault(
      "\(quoted(name)) is a file, and this program may read none",
      help: "give the array on the command line: --set X=@\(name)")
  }
}

extension Program {
  /// The names in the text that may be those of files: all that it reads is among them.
  ///
  /// So that a picture can be known to be out of date without the program being run, a program names its
  /// files in full and in quotes.
  public var fileNames: [String] {
    var names: [String] = []
    guard ["load", "loadtxt", "genfromtxt"].contains(where: { self.names.existing($0) != nil })
    else {
      return []
    }
    for (index, token) in tokens.enumerated() where token.kind == .string {
      let text = plainText(Int32(index))
      if ArrayFile.hasKnownEnding(text), !names.contains(text) { names.append(text) }
    }
    return names
  }
}
