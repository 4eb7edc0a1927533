package import GradCore

/// What the language means by a name that the program gives no meaning of its own.
package enum KnownName: Sendable {
  /// A function of the operator table.
  case function(OperatorRow)
  /// A function that Python has besides those of numbers: `len`, `range`.
  case word
  /// A constant with its value.
  case constant(Double)
  /// A module, whose functions are those of the language.
  case module
  /// A function that is its argument, or the value of it: `tensor`, `float`.
  case wrapper
  /// A function that differentiates: `grad`.
  case gradient

  /// What a name means; `nil` if the language does not know it.
  package init?(_ name: String) {
    if let type = OperatorRow.named(name) {
      self = .function(type.row)
    } else if let value = Vocabulary.constants[name] {
      self = .constant(value)
    } else if let word = Vocabulary.word(name) {
      switch word {
      case .module, .submodule: self = .module
      case .gradient: self = .gradient
      case .argument, .value, .valueOrArgument: self = .wrapper
      }
    } else if Word.named(name) != nil {
      self = .word
    } else {
      return nil
    }
  }

  /// The names of functions of numbers that programs call, without those that are written as signs.
  package static let functions: [String] = OperatorRow.names.filter { name in
    name.utf8.allSatisfy { $0 < 0x80 } && OperatorRow.named(name) != nil
  }

  /// The names of Python's own functions that programs may call.
  package static let words: [String] = Word.names

  /// The names of constants.
  package static let constants: [String] = Vocabulary.constants.keys.sorted()

  /// The names of modules that programs may name.
  package static let modules: [String] = Vocabulary.modules

  /// The names of functions that stand for no operation.
  package static let wrappers: [String] = Vocabulary.wrappers

  /// The names of functions that differentiate.
  package static let gradients: [String] = Vocabulary.gradients

  /// The digits of exponents as they are typeset, in one text.
  package static let superscriptDigits = text(superscripts.keys.filter { $0 != "⁻" })

  /// Fractions that are one letter, in one text.
  package static let fractionSigns = text(fractions.keys)

  /// The signs that multiply as they are typeset, in one text.
  package static let timesSigns = text(Lexer.timesSigns)

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars.sorted()))
  }

  /// The words of the language that are no names.
  package static let keywords: [String] = Token.keywords.keys.sorted()

  /// The signs of the language, longest first.
  package static let operators: [String] = Token.operators.joined().filter {
    $0.kind.class == .operator
  }.map { String(decoding: $0.text, as: UTF8.self) }.sorted {
    ($1.utf8.count, $0) < ($0.utf8.count, $1)
  }

  /// Whether a text can be a name of a program.
  package static func canBeName(_ text: String) -> Bool {
    var lexer = Lexer(Source("", text: text))
    lexer.run()
    return lexer.report.diagnostics.isEmpty && lexer.tokens.first?.kind == .name
      && lexer.tokens.first?.end == Int32(text.utf8.count) && lexer.tokens.count == 3
  }
}
