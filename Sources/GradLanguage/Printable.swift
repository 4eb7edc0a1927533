/// A text that cannot steer the terminal that it is shown on: what has no letter is shown as a picture of
/// itself, as `␛` for the byte 27.
///
/// Whatever comes from outside, such as names of files, keys of JSON and words of the command line, goes
/// through here before it is printed.
package func printable(_ text: some StringProtocol) -> String {
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(text) }
  return String(String.UnicodeScalarView(text.unicodeScalars.map(visible)))
}

/// The same for text of several lines, which stay lines.
package func printable(lines text: some StringProtocol) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { $0 == "\n" || $0 == "\t" ? $0 : visible($0) }))
}
