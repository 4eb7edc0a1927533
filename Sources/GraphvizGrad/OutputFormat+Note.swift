import GraphvizRenderer

extension OutputFormat {
  /// A file of the format with a word in it that readers do not see.
  ///
  /// - Parameters:
  ///   - bytes: The file, as this tool writes it.
  ///   - word: Letters, digits, full stops and hyphens.
  /// - Returns: The file; the same if it is not of the format.
  func noting(_ bytes: [UInt8], _ word: String) -> [UInt8] {
    switch name {
    case "svg", "cmapx": Self.inserting(" data-stamp=\"\(word)\"", before: ">", in: bytes)
    case "html":
      Self.inserting("<meta name=\"stamp\" content=\"\(word)\">\n", before: "</head>", in: bytes)
    case "json": Self.inserting("\n  \"stamp\": \"\(word)\",", before: "\n", in: bytes)
    case "mimebundle":
      Self.inserting("\"stamp\": \"\(word)\", ", before: "\"image/png\": {", in: bytes)
    case "tikz": Array("% \(word)\n".utf8) + bytes
    case "dot": Array("// \(word)\n".utf8) + bytes
    // Comments of a document's structure may stand in its head only, and this one is of ours.
    case "eps": Self.inserting("\n%%Stamp: \(word)", before: "\n", in: bytes)
    case "pdf": bytes + Array("%\(word)\n".utf8)
    case "png": PNGChunk.inserting("tEXt", Array("Comment\0\(word)".utf8), into: bytes)
    default: preconditionFailure("nobody said where \(name) has room for a word")
    }
  }

  /// The first `mark` of a file gets `text` before it.
  private static func inserting(
    _ text: String, before mark: String, in bytes: [UInt8]
  ) -> [UInt8] {
    let mark = Array(mark.utf8)
    guard
      let place = bytes.indices.first(where: { bytes[$0...].starts(with: mark) })
    else { return bytes }
    return bytes[..<place] + Array(text.utf8) + bytes[place...]
  }
}
