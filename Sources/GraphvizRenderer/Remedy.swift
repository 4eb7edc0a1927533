/// What to do about something that is missing.
public enum Remedy: Sendable, Equatable {
  /// To install packages of Debian, whose names have spaces between them.
  case packages(String)
  /// Something else, in words.
  case words(String)

  /// As a line for a person: `apt-get install fonts-liberation`.
  public var text: String { Self.text(of: [self]) }

  /// Several in one line, in which nothing is said twice and all packages are installed at once.
  public static func text(of remedies: [Remedy]) -> String {
    var packages: [Substring] = []
    var steps: [String] = []
    for remedy in remedies {
      switch remedy {
      case .packages(let names):
        for name in names.split(separator: " ") where !packages.contains(name) {
          packages.append(name)
        }
      case .words(let words): if !steps.contains(words) { steps.append(words) }
      }
    }
    if !packages.isEmpty { steps.append("apt-get install \(packages.joined(separator: " "))") }
    return steps.joined(separator: "; ")
  }
}
