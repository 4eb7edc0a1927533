/// A text without the signs that Python reads as others: `\\n` is a new line.
func unescaped(_ text: Substring) -> String {
  guard text.contains("\\") else { return String(text) }
  var result = ""
  var rest = text
  while let letter = rest.popFirst() {
    guard letter == "\\", let mark = rest.popFirst() else {
      result.append(letter)
      continue
    }
    if let meant = marks[mark] {
      result += meant
    } else if let count = digits[mark],
      let code = UInt32(rest.prefix(count), radix: 16), let scalar = Unicode.Scalar(code)
    {
      rest = rest.dropFirst(count)
      result.unicodeScalars.append(scalar)
    } else {
      result.append(letter)
      result.append(mark)
    }
  }
  return result
}

private let marks: [Character: String] = [
  "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", "\"": "\"", "0": "\0", "a": "\u{7}",
  "b": "\u{8}", "f": "\u{C}", "v": "\u{B}", "\n": "", "\r\n": "",
]

/// How many hexadecimal digits stand behind a sign.
private let digits: [Character: Int] = ["x": 2, "u": 4, "U": 8]
