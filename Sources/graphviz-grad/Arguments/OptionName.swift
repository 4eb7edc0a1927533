import ArgumentParser

/// How an option is called that is not called as its property.
///
/// Stands here once, by the name of the property: the declarations of the verbs take it from here by
/// `.property("path")`, and ``PlainCommandLine`` by the key that it decodes.
struct OptionName: Sendable {
  var short: Character?
  var long: String?
  /// Whether the next word is its value whatever it looks like, such as `-x` for `-e`.
  var takesAnyWord = false
  /// What a property that is always there holds where nothing is given.
  var fallback: String?

  static let ofProperties: [String: OptionName] = [
    "expressions": OptionName(short: "e", takesAnyWord: true),
    "settings": OptionName(long: "set", takesAnyWord: true),
    "output": OptionName(long: "of"),
    "path": OptionName(short: "o", long: "output", fallback: "-"),
    "format": OptionName(short: "T", long: "format"),
    "formats": OptionName(short: "T", long: "format"),
    "rate": OptionName(long: "rate", takesAnyWord: true),
    "steps": OptionName(long: "steps", takesAnyWord: true),
    "scriptArguments": OptionName(long: "script-argument", takesAnyWord: true),
    "jobs": OptionName(short: "j", long: "jobs"),
  ]

  /// The words that name the option on a command line.
  var words: [String] {
    (short.map { ["-\($0)"] } ?? []) + (long.map { ["--\($0)"] } ?? [])
  }

  /// What ArgumentParser calls a property: its own words, with dashes between them.
  init(property: String) {
    if let known = Self.ofProperties[property] {
      self = known
      return
    }
    var long = ""
    for scalar in property.unicodeScalars {
      if scalar.properties.isUppercase { long += "-" }
      long += scalar.properties.lowercaseMapping
    }
    self.long = long
  }

  private init(
    short: Character? = nil, long: String? = nil, takesAnyWord: Bool = false,
    fallback: String? = nil
  ) {
    (self.short, self.long) = (short, long)
    (self.takesAnyWord, self.fallback) = (takesAnyWord, fallback)
  }
}

extension NameSpecification {
  /// The names that stand in ``OptionName`` for the property called `name`.
  static func property(_ name: String) -> NameSpecification {
    let name = OptionName(property: name)
    return NameSpecification(
      (name.short.map { [.customShort($0)] } ?? []) + (name.long.map { [.customLong($0)] } ?? []))
  }
}
