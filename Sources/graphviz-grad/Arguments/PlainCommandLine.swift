import ArgumentParser

/// Reads a command line in its plain form into a verb's options, as ArgumentParser would.
///
/// ArgumentParser needs longer to find out what a command line means than it takes to draw a figure.
/// What it declares can be decoded, though: the decoder is asked for every property by its name and its
/// type, which tells what the option is called and whether it takes a value. So nothing is declared
/// twice. Wherever a word is not plain, such as `-ofile`, an option given twice, an unknown name or a
/// request for help, there is no result, and ArgumentParser reads the words: it alone says what is
/// wrong.
final class PlainCommandLine {
  private var words: [Word]
  /// The words that are no options and no values of them, as far as is known.
  private var operands: ArraySlice<String> = []

  private struct Word {
    var text: String
    /// What stands after the `=` of an option.
    var attached: String?
    var isTaken = false
    /// Whether the word before it takes any word as its value, so that it is no option itself.
    var isValue = false

    var isOption: Bool {
      !isValue && text.utf8.first == UInt8(ascii: "-") && text.utf8.count > 1
    }
  }

  /// A word that is not plain.
  struct Unclear: Error {}

  private init(_ words: [String]) {
    let greedy = OptionName.ofProperties.values.filter(\.takesAnyWord).flatMap(\.words)
    var isValue = false
    self.words = words.map { word in
      var result = Word(text: word, isValue: isValue)
      let bytes = word.utf8
      if !isValue, bytes.starts(with: "--".utf8), let sign = bytes.firstIndex(of: UInt8(ascii: "="))
      {
        result.text = String(word[..<sign])
        result.attached = String(word[word.index(after: sign)...])
      }
      isValue = !isValue && result.attached == nil && greedy.contains(word)
      return result
    }
  }

  /// The verb with its options; `nil` where a word is not plain.
  static func verb<Verb: ParsableCommand>(_ type: Verb.Type, _ words: [String]) -> Verb? {
    // Operands are told from values when all options are known; that a word follows none is a guess.
    var operands: [String] = []
    let first = PlainCommandLine(words)
    for (index, word) in first.words.enumerated() where !word.isOption && !word.isValue {
      if index == 0 || !first.words[index - 1].isOption || first.words[index - 1].attached != nil {
        operands.append(word.text)
      }
    }
    // The second reading knows what the first has found.
    for _ in 0..<2 {
      let reading = PlainCommandLine(words)
      reading.operands = operands[...]
      guard let verb = try? Verb(from: Group(line: reading)) else { return nil }
      let rest = reading.words.filter { !$0.isTaken }
      if rest.contains(where: { $0.isOption || $0.attached != nil || $0.text.isEmpty }) {
        return nil
      }
      if rest.map(\.text) == operands { return reading.operands.isEmpty ? verb : nil }
      operands = rest.map(\.text)
    }
    return nil
  }

  // MARK: Values

  private func values(of property: String) throws(Unclear) -> [String] {
    let names = OptionName(property: property).words
    var values: [String] = []
    for index in words.indices where words[index].isOption && names.contains(words[index].text) {
      if words[index].isTaken { throw Unclear() }
      words[index].isTaken = true
      if let attached = words[index].attached {
        if attached.isEmpty { throw Unclear() }
        values.append(attached)
      } else if index + 1 < words.count, !words[index + 1].isTaken, !words[index + 1].isOption {
        words[index + 1].isTaken = true
        let value = words[index + 1].text
        // Some of these, as `---` and `-=`, are no words to ArgumentParser.
        if value.utf8.starts(with: "--".utf8) { throw Unclear() }
        if value.utf8.first == UInt8(ascii: "-"), value.utf8.contains(UInt8(ascii: "=")) {
          throw Unclear()
        }
        values.append(value)
      } else {
        throw Unclear()
      }
    }
    return values
  }

  /// The value of an option that is given once at most.
  private func value(of property: String) throws(Unclear) -> String? {
    let values = try values(of: property)
    if values.count > 1 { throw Unclear() }
    return values.first
  }

  private func flag(_ property: String) throws(Unclear) -> Bool {
    let names = OptionName(property: property).words
    guard let index = words.firstIndex(where: { $0.isOption && names.contains($0.text) }) else {
      return false
    }
    if words[index].attached != nil || words[index].isTaken { throw Unclear() }
    words[index].isTaken = true
    return true
  }

  /// The property called `name` with the value that the words give it; `nil` for one that is no option.
  private func property<Property>(_ type: Property.Type, _ name: String) throws -> Property? {
    if type == Option<String?>.self {
      var option = Option<String?>(name: .long)
      option.wrappedValue = try value(of: name)
      return option as? Property
    }
    if type == Flag<Bool>.self {
      var option = Flag(wrappedValue: false)
      option.wrappedValue = try flag(name)
      return option as? Property
    }
    if type == Option<[String]>.self {
      var option = Option<[String]>(wrappedValue: [])
      option.wrappedValue = try values(of: name)
      return option as? Property
    }
    if type == Option<String>.self {
      guard let value = try value(of: name) ?? OptionName(property: name).fallback else {
        throw Unclear()
      }
      var option = Option<String>(wrappedValue: value)
      option.wrappedValue = value
      return option as? Property
    }
    if type == Argument<[String]>.self {
      var operand = Argument<[String]>(wrappedValue: [])
      operand.wrappedValue = Array(operands)
      operands = []
      return operand as? Property
    }
    if type == Argument<String?>.self {
      var operand = Argument<String?>(help: nil)
      operand.wrappedValue = operands.popFirst()
      return operand as? Property
    }
    return nil
  }

  // MARK: Decoding

  /// A group of options, or all of a verb's.
  private struct Group: Decoder {
    let line: PlainCommandLine
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
      KeyedDecodingContainer(Properties(line: line))
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unclear() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Unclear() }
  }

  private struct Properties<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let line: PlainCommandLine
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Property: Decodable>(_ type: Property.Type, forKey key: Key) throws -> Property {
      // A group decodes its own properties; an option of another type refuses this decoder.
      try line.property(type, key.stringValue) ?? Property(from: Group(line: line))
    }

    func nestedContainer<Other: CodingKey>(
      keyedBy type: Other.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Other> { throw Unclear() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw Unclear()
    }
    func superDecoder() throws -> any Decoder { throw Unclear() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Unclear() }
  }
}
