public import GraphvizRenderer

import GradBase
import GradCore
import GradLanguage

/// What a file carries to tell whether it is still the picture of its program.
///
/// A stamp is a line of text: `graphviz-grad-3-`, the version of Graphviz as far as it matters for places,
/// and two digests. The first is that of everything else a picture comes from: the program, the options,
/// the files of the theme and of data, and the version of this tool, but neither time nor place. The second
/// is that of the file without it, so that a file which somebody changed is known too. Both are 64-bit FNV-1a
/// of words of eight bytes: they guard against change, not against forgery.
public struct Stamp: Sendable, Equatable {
  private let origin: UInt64
  private let version: String
  private static let marker = "graphviz-grad-3-"
  /// What earlier versions of this tool began a stamp with: one with other digests, and one without a version
  /// of Graphviz.
  private static let (earlierMarker, firstMarker) = ("graphviz-grad-2-", "graphviz-grad-1-")

  /// The stamp of a figure in a format; draws nothing.
  ///
  /// - Throws: ``GraphvizRenderer/GraphvizError`` if Graphviz is not there.
  public init(_ request: FigureRequest, _ format: OutputFormat) throws(GraphvizError) {
    version = Installation.generation(of: try Installation.currentVersion())
    var digest = Digest()
    for text in [Version.project, format.name] { digest.add(text) }
    let newest = Dictionary(request.options.map { ($0.name, $0.value) }) { $1 }
    for (name, value) in newest.sorted(by: { $0.key < $1.key }) {
      digest.add(name)
      digest.add(value)
    }
    for value in request.values {
      digest.add(value.name)
      digest.add(value.spelling)
      if let array = value.array { digest.add(array) }
    }
    digest.add(request.output.map { "of \($0)" } ?? "")
    digest.add(request.variant.map { "seed \($0)" } ?? "")
    for file in request.sources {
      digest.add(((try? request.files.contents(file)) ?? [])[...])
    }
    digest.add(request.source.bytes[...])
    origin = digest.value
  }

  /// What a file is in the light of a stamp.
  public enum Finding: Sendable, Equatable {
    /// It is what would be drawn now.
    case upToDate
    /// The program, the options or this tool are others now, or it was not drawn by this tool.
    case outdated
    /// All is as it was, but a Graphviz of another version drew it, which may put nodes elsewhere.
    case drawn(with: String, now: String)
    /// It was changed after it was drawn.
    case changed
    /// It is not there.
    case missing

    /// What the file is, in words: `'x.svg' is missing`.
    public var words: String {
      switch self {
      case .upToDate: "up to date"
      case .outdated: "out of date"
      case .drawn(let old, let new): "out of date: drawn with Graphviz \(old), this is \(new)"
      case .changed: "changed by hand"
      case .missing: "missing"
      }
    }
  }

  /// Compares a file with what would be drawn now.
  ///
  /// What is no plain file, as `/dev/null`, holds nothing that could be compared.
  public func finding(at path: String) -> Finding {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return .missing }
    return (try? contents(ofFile: path)).map(finding(in:)) ?? .missing
  }

  /// Compares the contents of a file with what would be drawn now.
  public func finding(in bytes: [UInt8]) -> Finding {
    guard let found = Self.found(in: bytes) else { return .outdated }
    if found.origin != Self.text(origin) { return .outdated }
    let content = Self.digest(of: bytes, around: found.place)
    if found.content != Self.text(content) { return .changed }
    return found.version == version
      ? .upToDate : .drawn(with: found.version, now: version)
  }

  /// Whether a file was drawn by this tool, whatever it shows and whoever changed it since.
  public static func marks(_ bytes: [UInt8]) -> Bool {
    let first = bytes.firstPlace(of: firstMarker).map {
      $0..<min(bytes.count, $0 + firstMarker.utf8.count + 33)
    }
    let places = [found(in: bytes)?.place, found(in: bytes, after: earlierMarker)?.place, first]
    return places.compactMap(\.self).contains { Note.isOwn($0, of: bytes) }
  }

  /// A file with a stamp that tells who made it, and whether somebody changed it since, but not what it
  /// comes from.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - kind: What the file is.
  /// - Returns: The file with the stamp; the same bytes if they are not of the kind.
  public static func signed(_ bytes: [UInt8], _ kind: FileKind) -> [UInt8] {
    var signed = bytes
    Stamp(origin: 0, version: "0").put(on: &signed, kind)
    return signed
  }

  private init(origin: UInt64, version: String) { (self.origin, self.version) = (origin, version) }

  /// Puts the stamp into a file, which may be large, at a place where its format has room for words.
  func put(on bytes: inout [UInt8], _ kind: FileKind) {
    let note = kind.note
    func text(_ content: UInt64) -> String {
      "\(Self.marker)\(version)-\(Self.text(origin))-\(Self.text(content))"
    }
    let plain = note.hasChecksum ? bytes : []
    note.add(text(0), to: &bytes)
    guard let found = Self.found(in: bytes) else { return }
    let digest = text(Self.digest(of: bytes, around: found.place))
    if note.hasChecksum {
      bytes = plain
      note.add(digest, to: &bytes)
    } else {
      bytes.replaceSubrange(found.place, with: digest.utf8)
    }
  }

  /// Without the stamp and the four bytes after it, which may be a checksum of it.
  private static func digest(of bytes: [UInt8], around place: Range<Int>) -> UInt64 {
    var digest = Digest()
    digest.add(bytes[..<place.lowerBound])
    digest.add(bytes[min(bytes.count, place.upperBound + 4)...])
    return digest.value
  }

  /// The parts of a file's stamp, and where it is.
  private static func found(
    in bytes: [UInt8], after marker: String = Self.marker
  ) -> (version: String, origin: String, content: String, place: Range<Int>)? {
    guard let start = bytes.firstPlace(of: marker) else { return nil }
    let version = bytes[(start + marker.utf8.count)...].prefix(32).prefix {
      $0 != UInt8(ascii: "-")
    }
    let digests = version.endIndex + 1
    let end = digests + 33
    if end > bytes.count { return nil }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    return (
      text(version.indices), text(digests..<digests + 16), text(digests + 17..<end), start..<end
    )
  }

  private static func text(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A digest of texts and bytes, one after another.
private struct Digest {
  private var hash = FNV1a()
  var value: UInt64 { hash.value }

  mutating func add(_ text: String) {
    hash.add(text)
    hash.add(number: UInt64(text.utf8.count))
  }

  mutating func add(_ array: NumberArray) {
    hash.add(number: UInt64(array.shape.count))
    for size in array.shape { hash.add(number: UInt64(size)) }
    for entry in array.entries { hash.add(number: entry.bitPattern) }
  }

  // Where one text ends and the next begins matters.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    hash.add(words: bytes)
    hash.add(number: UInt64(bytes.count))
  }
}
