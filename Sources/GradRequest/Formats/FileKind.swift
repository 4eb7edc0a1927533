import GradBase

/// What a file is, whatever it shows.
///
/// A format declares it once, for single figures and for frames.
public struct FileKind: Sendable {
  /// What the command line calls it.
  public let name: String
  /// The extension of its files, without the dot.
  public let fileExtension: String
  /// What a browser calls it.
  public let mediaType: String
  /// Whether its files are text, which a terminal can show.
  public let isText: Bool
  /// Whether its letters come from the machine's fonts.
  public let usesFonts: Bool
  /// Where its files have room for a word that readers do not see.
  let note: Note

  /// Whether its files bear a stamp, by which a picture that is up to date is known.
  public var isStamped: Bool { note.isSomewhere }

  /// A link that holds the file itself (RFC 2397).
  public func link(to bytes: [UInt8]) -> String { "data:\(mediaType);base64,\(base64(bytes))" }
}
