/// Which names are one, as in Python: those whose form NFKC is the same, such as `µ` (the micro sign)
/// and `μ` (the letter), `ϕ` and `φ`, `ｘ` and `x`.
///
/// <https://docs.python.org/3/reference/lexical_analysis.html#identifiers>
package enum NameForm {
  /// The form by which names are compared, with Swift's `==`; `name` itself where that is its form.
  ///
  /// Compatible letters are replaced; canonical equivalence is left to Swift's strings, but what is
  /// ASCII in form NFKC is ASCII here.
  package static func of(_ name: String) -> String {
    if name.unicodeScalars.allSatisfy(isPlain) { return name }
    var form = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      if let letters = letters[scalar] {
        form.append(contentsOf: letters)
      } else {
        form.append(scalar)
      }
    }
    return String(form)
  }

  /// Whether two names are one.
  package static func areEqual(_ a: String, _ b: String) -> Bool { a == b || of(a) == of(b) }

  /// Whether `scalar` is one of the common letters that stand for no other.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x80, 0xBB..<0x132, 0x391..<0x3D0, 0x400..<0x587, 0x4E00..<0xA000: true
    default: false
    }
  }

  /// What each letter that stands for others stands for.
  private static let letters: [Unicode.Scalar: [Unicode.Scalar]] = {
    // The one letter beside these that is canonically equivalent to an ASCII one is the kelvin sign.
    var letters: [Unicode.Scalar: [Unicode.Scalar]] = ["\u{212A}": ["K"]]
    for entry in table.split(separator: " ") {
      let isRunOfOne = entry.contains("=")
      let sides = entry.split { $0 == ":" || $0 == "=" }
      let ends = sides[0].split(separator: "-").compactMap { UInt32($0, radix: 16) }
      let targets = sides[1].split(separator: ".").compactMap { UInt32($0, radix: 16) }
      for source in ends[0]...ends[ends.count - 1] {
        let step = isRunOfOne ? 0 : source - ends[0]
        guard let scalar = Unicode.Scalar(source) else { continue }
        letters[scalar] = targets.compactMap { Unicode.Scalar($0 + step) }
      }
    }
    return letters
  }()
}
