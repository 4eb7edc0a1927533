import GradFigure

/// The words of a page around a figure, in one language; those of the figure are ``Words``.
///
/// To add a language, add a file to `PageWords/` and name it in ``all``.
struct PageWords: Sendable {
  /// The language's tag (BCP 47), as ``Words`` has it.
  let language: String
  /// What is said; words in braces are filled in.
  let phrases: [Phrase: String]

  /// Something that a page says.
  enum Phrase: String, Sendable, CaseIterable {
    /// What the sections are.
    case figure, steps, inputs, chainRule
    /// What the buttons do, for who does not see their arrows.
    case first, back, next, last
    /// What the slider of steps is, and where it is, of `{step}` and `{last}`.
    case stepSlider, position
    /// How inputs and nodes are used.
    case inputsHint, chainRuleHint, keys
    /// What the fields of the input `{name}` are.
    case valueOf, sliderOf
    /// Gives all inputs their first values.
    case reset
    /// Moves the node `{name}` a little, or the one that is chosen; by how much.
    case nudge, nudgeChosen, by
    /// The columns of a nudge.
    case node, before, after, change
    /// What the nudge says, `{quotient}`, beside what the derivative says, `{derivative}`.
    case beside
    /// That `{condition}` would turn out otherwise for the inputs given.
    case flipped
  }

  init(language: String, phrases: [Phrase: String]) {
    precondition(phrases.count == Phrase.allCases.count, "a page needs words for every phrase")
    self.language = language
    self.phrases = phrases
  }

  subscript(phrase: Phrase) -> String { phrases[phrase, default: ""] }

  /// Every language.
  static let all: [PageWords] = [english, traditionalChinese]

  /// The words in the language of a figure's.
  init(_ words: Words) {
    self = Self.all.first { $0.language == words.language } ?? .english
  }
}
