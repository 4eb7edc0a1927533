public import GradBase

import GradCore
import GradFigure
import GradLanguage

/// An option of a picture as text, as the command line and the `#:` lines of a program write it.
public struct FigureOption: Sendable {
  /// The name without its dashes: `edge-labels`.
  public let name: String
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
    _ name: String,
    _ read: @escaping @Sendable (String, inout PictureOptions) throws(Mistake) -> Void
  ) {
    self.name = name
    self.read = { (text, options, _) throws(Mistake) in try read(text, &options) }
  }

  private init(
    ofFiles name: String,
    _ read: @escaping @Sendable (String, inout PictureOptions, Files) throws(Mistake) -> Void
  ) {
    self.name = name
    self.read = read
  }
}

extension FigureOption {
  /// Every option; the tool's `--help` lists the same.
  public static let all: [FigureOption] = [
    FigureOption("detail") { (text, options) throws(Mistake) in
      let known = ["auto"] + Detail.allCases.map(\.rawValue)
      let word = try choose(text, "detail", known) { $0 }
      options.figure.detail = Detail(rawValue: word)
    },
    FigureOption("style") { (text, options) throws(Mistake) in
      options.figure.style = try choose(text, "style", Style.all, \.name)
    },
    FigureOption(ofFiles: "theme") { (text, options, files) throws(Mistake) in
      if text.hasSuffix(".json") {
        let path = try files.path(of: text)
        do throws(ThemeFile.Fault) {
          options.theme = try ThemeFile(path: path, from: files).theme
        } catch {
          throw Mistake(message: error.message, help: error.help, file: error.number)
        }
      } else {
        options.theme = try choose(text, "theme", Theme.all, \.name)
      }
    },
    FigureOption("notation") { (text, options) throws(Mistake) in
      options.figure.notation = try choose(text, "notation", Notation.all, \.name)
    },
    FigureOption("edge-labels") { (text, options) throws(Mistake) in
      options.figure.edgeLabels = try choose(
        text, "edge label", FigureOptions.EdgeLabels.allCases, \.rawValue)
    },
    FigureOption("arrays") { (text, options) throws(Mistake) in
      options.figure.arrays = try choose(
        text, "way to draw arrays", FigureOptions.Arrays.allCases, \.rawValue)
    },
    FigureOption("entries") { (text, options) throws(Mistake) in
      options.figure.entries = try whole(text, 1...1_000, "entries")
    },
    FigureOption("inputs") { (text, options) throws(Mistake) in
      options.figure.inputs = try choose(
        text, "way to draw inputs", FigureOptions.Inputs.allCases, \.rawValue)
    },
    FigureOption("repeat-inputs") { (text, options) throws(Mistake) in
      options.figure.repeatsInputs = try flag(text)
    },
    FigureOption("title-width") { (text, options) throws(Mistake) in
      options.figure.titleWidth = try whole(text, 8...1_000, "characters")
    },
    FigureOption("direction") { (text, options) throws(Mistake) in
      options.figure.direction = try choose(
        text, "direction", FigureOptions.Direction.allCases, \.rawValue)
    },
    FigureOption("rows") { (text, options) throws(Mistake) in
      options.figure.rows =
        text == "auto" ? .auto : .number(try whole(text, 1...1_000, "rows, nor auto"))
    },
    FigureOption("fit") { (text, options) throws(Mistake) in
      options.figure.fit = try text == "none" ? nil : page(text)
    },
    FigureOption("show") { (text, options) throws(Mistake) in
      options.figure.show = try choose(
        text, "choice of what to show", FigureOptions.Show.allCases, \.rawValue)
    },
    FigureOption("mode") { (text, options) throws(Mistake) in
      options.figure.mode = try choose(text, "mode", FigureOptions.Mode.allCases, \.rawValue)
    },
    FigureOption("wrt") { (text, options) throws(Mistake) in
      options.figure.wrt = list(text)
      if options.figure.wrt.isEmpty {
        throw Mistake(message: "no name is given", help: "names of inputs, such as w,b")
      }
    },
    FigureOption("order") { (text, options) throws(Mistake) in
      guard let order = Int(text), (1...3).contains(order) else {
        throw Mistake(
          message: "'\(text)' is no order of derivatives that is computed", help: "1, 2 or 3")
      }
      options.figure.order = order
    },
    FigureOption("backward") { (text, options) throws(Mistake) in
      options.figure.backward = try choose(
        text, "way to draw the backward pass", FigureOptions.Backward.allCases, \.rawValue)
    },
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
    FigureOption("legend") { (text, options) throws(Mistake) in
      options.figure.hasLegend = try flag(text)
    },
    FigureOption("open") { (text, options) throws(Mistake) in
      options.figure.folding.opened = names(text)
    },
    FigureOption("fold") { (text, options) throws(Mistake) in
      options.figure.folding.folded = names(text)
    },
    FigureOption("depth") { (text, options) throws(Mistake) in
      options.figure.folding.depth = try whole(text, 0...1_000, "calls within each other")
    },
    FigureOption("max-nodes") { (text, options) throws(Mistake) in
      options.figure.maxNodes =
        text == "none" ? nil : try whole(text, 1...1_000_000, "nodes, nor none")
    },
    FigureOption("language") { (text, options) throws(Mistake) in
      options.figure.language = try choose(text, "language", Language.all, \.tag)
    },
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
    FigureOption("standalone") { (text, options) throws(Mistake) in
      options.isStandalone = try flag(text)
    },
    FigureOption("background") { (text, options) throws(Mistake) in
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
  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
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
  /// A word that is none of `known`, with the nearest of them.
  public init(unknown word: String, _ kind: String, _ known: [String]) {
    let nearest = nearestName(to: word, among: known).map { "did you mean '\($0)'? " } ?? ""
    self.init(
      message: "unknown \(kind) '\(word)'",
      help: "\(nearest)known: \(known.joined(separator: ", "))")
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self) }
  fileprivate var isNamePart: Bool {
    isDigit || self == 0x5F || (0x61...0x7A).contains(self | 0x20)
  }
}
