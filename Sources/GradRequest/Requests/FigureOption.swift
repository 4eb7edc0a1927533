public import GradBase

import GradCore
import GradFigure
import GradLanguage

/// An option of a picture as text, as the command line and the `#:` lines of a program write it.
public struct FigureOption: Sendable {
  /// The name without its dashes: `edge-labels`.
  public let name: String
  /// The words that its value may be; empty where they are without number.
  public let words: [String]
  private let read: @Sendable (String, inout PictureOptions, Files) throws(Mistake) -> Void

  /// Takes the option's value.
  ///
  /// - Parameters:
  ///   - text: The value.
  ///   - options: The options to change.
  ///   - files: The files that the value may name.
  /// - Throws: What is wrong with the value.
  public func apply(
    _ text: String, _ options: inout PictureOptions, _ files: Files
  ) throws(Mistake) {
    try read(text, &options, files)
  }

  /// Looks at a value without taking it.
  ///
  /// - Throws: What is wrong with it.
  public func check(_ text: String, _ files: Files) throws(Mistake) {
    var ignored = PictureOptions()
    try read(text, &ignored, files)
  }

  /// What is wrong with a value.
  public struct Mistake: ReadableError {
    /// What is wrong, without a full stop.
    public var message: String
    /// What would be right.
    public var help: String?
    /// Why a file could not be read, as in `errno`; `nil` for all other mistakes.
    public var file: Int32?

    /// A mistake from its parts.
    public init(message: String, help: String?, file: Int32? = nil) {
      (self.message, self.help, self.file) = (message, help, file)
    }
    /// What is wrong, and what would be right.
    public var description: String { Self.text(message, help: help) }
  }

  private init(
    _ name: String, words: [String] = [],
    _ read: @escaping @Sendable (String, inout PictureOptions) throws(Mistake) -> Void
  ) {
    self.init(ofFiles: name, words: words) { (text, options, _) throws(Mistake) in
      try read(text, &options)
    }
  }

  private init(
    ofFiles name: String, words: [String],
    _ read: @escaping @Sendable (String, inout PictureOptions, Files) throws(Mistake) -> Void
  ) {
    self.name = name
    self.words = words
    self.read = read
  }

  /// An option whose value is one of several words; messages call it a `kind`.
  private init<Choice: Sendable>(
    _ name: String, _ kind: String, _ choices: [Choice],
    _ word: @escaping @Sendable (Choice) -> String,
    _ take: @escaping @Sendable (inout PictureOptions, Choice) -> Void
  ) {
    self.init(name, words: choices.map(word)) { (text, options) throws(Mistake) in
      take(&options, try Self.choose(text, kind, choices, word))
    }
  }

  /// An option that may stand without a value.
  private init(flag name: String, _ take: @escaping @Sendable (inout PictureOptions, Bool) -> Void)
  {
    self.init(name, words: ["true", "false"]) { (text, options) throws(Mistake) in
      take(&options, try Self.flag(text))
    }
  }
}

extension FigureOption {
  /// Every option; the tool's `--help` lists the same.
  public static let all: [FigureOption] = [
    FigureOption("detail", "detail", ["auto"] + Detail.allCases.map(\.rawValue), { $0 }) {
      $0.figure.detail = Detail(rawValue: $1)
    },
    FigureOption("style", "style", Style.all, { $0.name }) { $0.figure.style = $1 },
    FigureOption(ofFiles: "theme", words: Theme.all.map(\.name)) {
      (text, options, files) throws(Mistake) in
      if text.hasSuffix(".json") {
        let path = try files.path(of: text)
        do throws(ThemeFile.Fault) {
          options.theme = try ThemeFile(path: path, from: files).theme
        } catch {
          throw Mistake(message: error.message, help: error.help, file: error.number)
        }
      } else {
        options.theme = try choose(text, "theme", Theme.all, { $0.name })
      }
    },
    FigureOption("notation", "notation", Notation.all, { $0.name }) { $0.figure.notation = $1 },
    FigureOption("edge-labels", "edge label", FigureOptions.EdgeLabels.allCases, { $0.rawValue }) {
      $0.figure.edgeLabels = $1
    },
    FigureOption("arrays", "way to draw arrays", FigureOptions.Arrays.allCases, { $0.rawValue }) {
      $0.figure.arrays = $1
    },
    FigureOption("entries") { (text, options) throws(Mistake) in
      options.figure.entries = try whole(text, 1...1_000, "entries")
    },
    FigureOption("inputs", "way to draw inputs", FigureOptions.Inputs.allCases, { $0.rawValue }) {
      $0.figure.inputs = $1
    },
    FigureOption(flag: "repeat-inputs") { $0.figure.repeatsInputs = $1 },
    FigureOption("title-width") { (text, options) throws(Mistake) in
      options.figure.titleWidth = try whole(text, 8...1_000, "characters")
    },
    FigureOption("direction", "direction", FigureOptions.Direction.allCases, { $0.rawValue }) {
      $0.figure.direction = $1
    },
    FigureOption("rows", words: ["auto"]) { (text, options) throws(Mistake) in
      options.figure.rows =
        text == "auto" ? .auto : .number(try whole(text, 1...1_000, "rows, nor auto"))
    },
    FigureOption("fit", words: ["16:9", "4:3", "a4", "none"]) { (text, options) throws(Mistake) in
      options.figure.fit = try text == "none" ? nil : page(text)
    },
    FigureOption("show", "choice of what to show", FigureOptions.Show.allCases, { $0.rawValue }) {
      $0.figure.show = $1
    },
    FigureOption("mode", "mode", FigureOptions.Mode.allCases, { $0.rawValue }) {
      $0.figure.mode = $1
    },
    FigureOption("wrt") { (text, options) throws(Mistake) in
      options.figure.wrt = list(text)
      if options.figure.wrt.isEmpty {
        throw Mistake(message: "no name is given", help: "names of inputs, such as w,b")
      }
    },
    FigureOption("order", words: ["1", "2", "3"]) { (text, options) throws(Mistake) in
      guard let order = Int(text), (1...3).contains(order) else {
        throw Mistake(
          message: "'\(text)' is no order of derivatives that is computed", help: "1, 2 or 3")
      }
      options.figure.order = order
    },
    FigureOption(
      "backward", "way to draw the backward pass", FigureOptions.Backward.allCases, \.rawValue
    ) { $0.figure.backward = $1 },
    FigureOption("nudge") { (text, options) throws(Mistake) in
      options.figure.nudge = try Nudge(parsing: text)
    },
    FigureOption("blank") { (text, options) throws(Mistake) in
      options.figure.blanks = Blanks(parsing: text)
    },
    FigureOption("precision") { (text, options) throws(Mistake) in
      options.figure.numbers.precision = try whole(text, 1...15, "significant digits")
    },
    FigureOption("decimals") { (text, options) throws(Mistake) in
      options.figure.numbers.decimals = try whole(text, 0...15, "digits after the point")
    },
    FigureOption("focus") { (text, options) throws(Mistake) in options.figure.focus = text },
    FigureOption(flag: "legend") { $0.figure.hasLegend = $1 },
    FigureOption("open") { (text, options) throws(Mistake) in
      options.figure.folding.opened = names(text)
    },
    FigureOption("fold") { (text, options) throws(Mistake) in
      options.figure.folding.folded = names(text)
    },
    FigureOption("depth") { (text, options) throws(Mistake) in
      options.figure.folding.depth = try whole(text, 0...1_000, "calls within each other")
    },
    FigureOption("max-nodes", words: ["none"]) { (text, options) throws(Mistake) in
      options.figure.maxNodes =
        text == "none" ? nil : try whole(text, 1...1_000_000, "nodes, nor none")
    },
    FigureOption("language", "language", Language.all, { $0.tag }) { $0.figure.language = $1 },
    FigureOption("title") { (text, options) throws(Mistake) in options.figure.title = text },
    FigureOption("id-prefix") { (text, options) throws(Mistake) in
      let isName =
        text.utf8.allSatisfy(\.isNamePart) && !(text.utf8.first.map(\.isDigit) ?? true)
      if !isName {
        throw Mistake(message: "'\(text)' cannot begin an id", help: "letters, digits and _")
      }
      options.idPrefix = text
    },
    FigureOption("scale") { (text, options) throws(Mistake) in
      options.resolution = .scale(try number(text, 0.01...100, "scale"))
    },
    FigureOption("dpi") { (text, options) throws(Mistake) in
      options.resolution = .dotsPerInch(try number(text, 1...9_600, "dpi"))
    },
    FigureOption("width") { (text, options) throws(Mistake) in
      options.resolution = .width(Double(try whole(text, 1...32_767, "pixels")))
    },
    FigureOption(flag: "standalone") { $0.isStandalone = $1 },
    FigureOption("background", words: ["none", "white", "black"]) {
      (text, options) throws(Mistake) in
      options.background = try background(text)
    },
  ]

  /// Those of which one only can hold: they all say how many pixels there are.
  public static let sizes = ["scale", "dpi", "width"]

  /// Those that may stand without a value.
  public static let flags = ["legend", "repeat-inputs", "standalone"]

  /// The option called `name`.
  public static func named(_ name: String) -> FigureOption? { all.first { $0.name == name } }

  // MARK: Values

  private static func choose<Choice>(
    _ text: String, _ kind: String, _ choices: [Choice], _ name: (Choice) -> String
  ) throws(Mistake) -> Choice {
    if let choice = choices.first(where: { name($0) == text }) { return choice }
    throw Mistake(unknown: text, kind, choices.map(name))
  }

  private static func whole(
    _ text: String, _ range: ClosedRange<Int>, _ unit: String
  ) throws(Mistake) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw Mistake(
        message: "'\(text)' is no number of \(unit)",
        help: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// What a flag says: nothing or `true` for yes.
  private static func flag(_ text: String) throws(Mistake) -> Bool {
    switch text {
    case "", "true": return true
    case "false": return false
    default: throw Mistake(message: "'\(text)' is neither true nor false", help: nil)
    }
  }

  /// The names in a list with commas.
  private static func names(_ text: String) -> Set<String> { Set(list(text)) }

  /// The same in their order.
  static func list(_ text: String) -> [String] {
    var depth = 0
    return text.split { letter in
      if letter == "[" { depth += 1 }
      if letter == "]" { depth -= 1 }
      return letter == "," && depth <= 0
    }.map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
  }

  private static func number(
    _ text: String, _ range: ClosedRange<Double>, _ kind: String
  ) throws(Mistake) -> Double {
    guard let number = Double(text), range.contains(number) else {
      throw Mistake(
        message: "'\(text)' is no \(kind)",
        help: "a number from \(shortestText(range.lowerBound)) to \(shortestText(range.upperBound))"
      )
    }
    return number
  }

  private static func page(_ text: String) throws(Mistake) -> PageShape {
    if let page = PageShape(parsing: text) { return page }
    throw Mistake(message: "'\(text)' is no page", help: "16:9, 4:3, a4, 800x600 or none")
  }

  private static func background(_ text: String) throws(Mistake) -> PictureOptions.Background {
    switch text {
    case "none": return .none
    case "white": return .color("#ffffff")
    case "black": return .color("#000000")
    default:
      var digits = text.dropFirst().lowercased()
      if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
      guard text.hasPrefix("#"), digits.count == 6, digits.utf8.allSatisfy(\.isHexDigit) else {
        throw Mistake(
          message: "'\(text)' is no background", help: "none, white, black, #rgb or #rrggbb")
      }
      return .color("#\(digits)")
    }
  }
}

extension FigureOption.Mistake {
  /// A word that is none of `known`, with the nearest of them, or the one that ends in it, as
  /// `model.encoder` does in `encoder`; of many, `most` are listed.
  public init(unknown word: String, _ kind: String, _ known: [String], most: Int = .max) {
    let whole = known.first { $0.hasSuffix(".\(word)") } ?? nearestName(to: word, among: known)
    let nearest = whole.map { "did you mean '\($0)'? " } ?? ""
    let rest = known.count > most ? " and \(known.count - most) more" : ""
    self.init(
      message: "unknown \(kind) '\(word)'",
      help: "\(nearest)known: \(known.prefix(most).joined(separator: ", "))\(rest)")
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self) }
  fileprivate var isNamePart: Bool {
    isDigit || self == 0x5F || (0x61...0x7A).contains(self | 0x20)
  }
}
