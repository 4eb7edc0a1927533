import GradBase

/// The fonts that PNG, PDF and EPS are drawn with, as fontconfig chooses them.
///
/// Cairo's text comes from the machine's fonts, and where there are none it is left out without a
/// word; so somebody must ask. fontconfig is there where cairo is.
public struct Fonts {
  /// The family that figures ask for; its letters are as wide as Arial's.
  public static let family = "Liberation Sans"

  /// The families whose letters are as wide as the figure's boxes expect.
  private static let sameWidth: Set<String> = ["Liberation Sans", "Arial", "Arimo", "Helvetica"]

  private let fontconfig: Fontconfig
  /// The font that the text of a figure is set in, held for as long as the process runs.
  private let textFont: OpaquePointer?

  /// The fonts of this machine; `nil` if fontconfig is not there.
  public static var installed: Fonts? { opened }

  // What it holds never changes, and fontconfig is safe to call from any thread.
  nonisolated(unsafe) private static let opened = try? Fonts()

  private init() throws(GraphvizError) {
    fontconfig = try Fontconfig()
    textFont = fontconfig.font(for: Self.family)
  }

  /// The family that the text of a figure is set in; `nil` if there are no fonts at all.
  public var textFamily: String? { textFont.flatMap(fontconfig.family) }

  /// Whether letters set in `family` are as wide as the figure's boxes expect.
  public static func fits(_ family: String) -> Bool { sameWidth.contains(family) }

  /// Whether the font of figures has a letter.
  func textHas(_ scalar: Unicode.Scalar) -> Bool {
    textFont.map { fontconfig.has(scalar, $0) } ?? false
  }

  /// The family that `scalar` is set in; `nil` if no font has it.
  public func family(for scalar: Unicode.Scalar) -> String? {
    if textHas(scalar) { return textFamily }
    guard let font = fontconfig.font(for: Self.family, with: scalar) else { return nil }
    defer { fontconfig.letGo(font) }
    return fontconfig.has(scalar, font) ? fontconfig.family(font) : nil
  }
}

/// fontconfig's functions, found by name (<https://fontconfig.pages.freedesktop.org>).
private struct Fontconfig {
  private typealias Parse = @convention(c) (UnsafePointer<CChar>) -> OpaquePointer?
  private typealias Substitute = @convention(c) (OpaquePointer?, OpaquePointer, CInt) -> CInt
  private typealias Complete = @convention(c) (OpaquePointer) -> Void
  private typealias Choose =
    @convention(c) (OpaquePointer?, OpaquePointer, UnsafeMutablePointer<CInt>) -> OpaquePointer?
  private typealias ReadText =
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, CInt, UnsafeMutablePointer<UnsafePointer<CChar>?>
    ) -> CInt
  private typealias ReadSet =
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, CInt, UnsafeMutablePointer<OpaquePointer?>
    ) -> CInt
  private typealias Contains = @convention(c) (OpaquePointer, UInt32) -> CInt

  private let parse: Parse
  private let substitute: Substitute
  private let complete: Complete
  private let choose: Choose
  private let destroy: Complete
  private let readText: ReadText
  private let readSet: ReadSet
  private let contains: Contains

  init() throws(GraphvizError) {
    let library = try SharedLibrary(
      "libfontconfig.so.1", "libfontconfig.1.dylib", package: "fontconfig")
    parse = try library.function("FcNameParse")
    substitute = try library.function("FcConfigSubstitute")
    complete = try library.function("FcDefaultSubstitute")
    choose = try library.function("FcFontMatch")
    destroy = try library.function("FcPatternDestroy")
    readText = try library.function("FcPatternGetString")
    readSet = try library.function("FcPatternGetCharSet")
    contains = try library.function("FcCharSetHasChar")
  }

  /// The font that fontconfig gives for `family`, and for `scalar` in it; `nil` if there is none.
  func font(for family: String, with scalar: Unicode.Scalar? = nil) -> OpaquePointer? {
    let charset = scalar.map { ":charset=\(String($0.value, radix: 16))" } ?? ""
    guard let pattern = parse(family + charset) else { return nil }
    defer { destroy(pattern) }
    _ = substitute(nil, pattern, 0)
    complete(pattern)
    var status: CInt = 0
    return choose(nil, pattern, &status)
  }

  func letGo(_ font: OpaquePointer) { destroy(font) }

  func family(_ font: OpaquePointer) -> String? {
    var text: UnsafePointer<CChar>?
    guard readText(font, "family", 0, &text) == 0, let text else { return nil }
    return String(cString: text)
  }

  func has(_ scalar: Unicode.Scalar, _ font: OpaquePointer) -> Bool {
    var set: OpaquePointer?
    return readSet(font, "charset", 0, &set) == 0
      && set.map { contains($0, scalar.value) != 0 } == true
  }
}
