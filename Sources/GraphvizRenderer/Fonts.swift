import GradBase

/// The fonts that PNG, PDF and EPS are drawn with, as fontconfig chooses them.
///
/// Cairo's text comes from the machine's fonts, and where there are none it is left out without a
/// word; so somebody must ask. fontconfig is opened at run time: it is there where Graphviz's pango
/// plugin is, and nothing else needs it.
public struct Fonts {
  /// The family that figures ask for; its letters are as wide as Arial's.
  public static let family = "Liberation Sans"

  /// The families whose letters are as wide as the figure's boxes expect.
  private static let sameWidth: Set<String> = ["Liberation Sans", "Arial", "Arimo", "Helvetica"]

  private let match: Match

  /// Opens fontconfig; `nil` if it is not on this machine.
  public init?() {
    guard let match = Match() else { return nil }
    self.match = match
  }

  /// The family that the text of a figure is set in; `nil` if there are no fonts at all.
  public var textFamily: String? { match.family(for: Self.family) }

  /// Whether letters set in `family` are as wide as the figure's boxes expect.
  public static func fits(_ family: String) -> Bool { sameWidth.contains(family) }

  /// The family that `scalar` is set in; `nil` if no font has it.
  public func family(for scalar: Unicode.Scalar) -> String? {
    match.family(for: Self.family, with: scalar)
  }
}

/// fontconfig's functions, found by name (<https://fontconfig.pages.freedesktop.org>).
private struct Match {
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

  init?() {
    let names = ["libfontconfig.so.1", "libfontconfig.1.dylib"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
      let parse = dlsym(library, "FcNameParse"),
      let substitute = dlsym(library, "FcConfigSubstitute"),
      let complete = dlsym(library, "FcDefaultSubstitute"),
      let choose = dlsym(library, "FcFontMatch"),
      let destroy = dlsym(library, "FcPatternDestroy"),
      let readText = dlsym(library, "FcPatternGetString"),
      let readSet = dlsym(library, "FcPatternGetCharSet"),
      let contains = dlsym(library, "FcCharSetHasChar")
    else { return nil }
    self.parse = unsafeBitCast(parse, to: Parse.self)
    self.substitute = unsafeBitCast(substitute, to: Substitute.self)
    self.complete = unsafeBitCast(complete, to: Complete.self)
    self.choose = unsafeBitCast(choose, to: Choose.self)
    self.destroy = unsafeBitCast(destroy, to: Complete.self)
    self.readText = unsafeBitCast(readText, to: ReadText.self)
    self.readSet = unsafeBitCast(readSet, to: ReadSet.self)
    self.contains = unsafeBitCast(contains, to: Contains.self)
  }

  /// The family that fontconfig gives for `wanted`, and for `scalar` in it.
  func family(for wanted: String, with scalar: Unicode.Scalar? = nil) -> String? {
    let charset = scalar.map { ":charset=\(String($0.value, radix: 16))" } ?? ""
    guard let pattern = parse(wanted + charset) else { return nil }
    defer { destroy(pattern) }
    _ = substitute(nil, pattern, 0)
    complete(pattern)
    var status: CInt = 0
    guard let font = choose(nil, pattern, &status) else { return nil }
    defer { destroy(font) }
    if let scalar {
      var set: OpaquePointer?
      guard readSet(font, "charset", 0, &set) == 0, let set, contains(set, scalar.value) != 0
      else { return nil }
    }
    var text: UnsafePointer<CChar>?
    guard readText(font, "family", 0, &text) == 0, let text else { return nil }
    return String(cString: text)
  }
}
