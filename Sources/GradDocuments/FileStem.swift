import GradBase
import GradCore

/// Names of files for figures.
enum FileStem {
  private static let longest = 150

  /// What the file of a figure with a name is called.
  ///
  /// - Parameter identifier: The figure's name.
  /// - Returns: The same name if all of it can be in the name of a file, in LaTeX and in addresses;
  ///   otherwise one that no other name becomes.
  static func of(_ identifier: String) -> String {
    let isPlain = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D
        || byte == 0x5F
    }
    let bytes = identifier.utf8.map { isPlain($0) ? $0 : 0x2D }
    // Commands take what begins with a dash for an option.
    let stem = String(decoding: bytes.drop { $0 == 0x2D }, as: UTF8.self)
    // A name of a file has at most 255 bytes, with its extension.
    let isWhole = stem.utf8.count <= longest
    if stem == identifier, isWhole { return stem }
    return (stem.isEmpty ? "" : "\(stem.prefix(longest))-") + digest(identifier)
  }

  /// A short name for a text.
  static func digest(_ text: String) -> String {
    var hash = FNV1a()
    hash.add(text)
    return String(hash.value, radix: 16)
  }
}
