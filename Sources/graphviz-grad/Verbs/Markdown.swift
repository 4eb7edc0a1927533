import ArgumentParser
import GradDocuments
import GraphvizGrad

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Draws the programs in pages of Markdown, which keep their images.
struct Markdown: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the programs in pages of Markdown, and keep their images up to date.",
    discussion: """
      EXAMPLES:
        graphviz-grad markdown README.md
        graphviz-grad markdown docs/*.md --folder images --dark
        graphviz-grad markdown README.md --check

      Below each fenced block of the language grad there is a line with its image afterwards. Nothing else \
      in a page changes.
      """)

  @Argument(help: "Pages of Markdown.", completion: .file(extensions: ["md"]))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder for the pictures, seen from each page (default: figures).", valueName: "folder"))
  var folder: String?

  @Flag(help: "Draw a twin of each picture for dark pages (default: no).")
  var dark = false

  @Flag(help: "Remove pictures of blocks that are no longer there (default: no).")
  var prune = false

  @Flag(help: "Write nothing; print what is not up to date, and exit with 1 if something is not.")
  var check = false

  @OptionGroup var messages: MessageArguments

  func run() throws {
    let work = try pages()
    if !work.mistakes.isEmpty { throw Failure(.program, work.mistakes) }
    let stale = try stalePictures(work)
    let unused = prune ? unusedPictures(work) : []
    let changed = work.pages.filter(\.isChanged)
    if check {
      let paths = changed.map(\.path) + stale.map(\.path) + unused
      try Output.standard.write(paths.map { $0 + "\n" }.joined())
      if paths.isEmpty { return }
      throw Failure(
        .program,
        paths.map {
          Messages.error(
            "out-of-date", "'\($0)' is out of date",
            help: "bring it up to date by the same command without --check")
        })
    }
    var drawn: [(path: String, bytes: [UInt8])] = []
    for picture in stale { drawn.append((picture.path, try bytes(of: picture))) }
    Messages.write(work.warnings)
    // Pages come last: an image that a page shows is there.
    try Output.makeFolders(of: drawn.map { .file($0.path) })
    for file in drawn { try Output.file(file.path).write(file.bytes) }
    for page in changed { try Output.file(page.path).write(page.bytes) }
    for path in unused where unlink(path) != 0 {
      throw Failure.file("cannot remove '\(path)'", errno)
    }
  }

  private func pages() throws -> MarkdownInPlace {
    var work = MarkdownInPlace()
    var name = folder ?? work.folder
    while name.hasSuffix("/"), name.count > 1 { name.removeLast() }
    if name.isEmpty || name.hasPrefix("/") {
      throw Failure.usage(
        "--folder is seen from each page, so '\(name)' cannot be it", help: "--folder figures")
    }
    var mistakes = messages.mistakes()
    if files.isEmpty {
      mistakes.append(
        Messages.error("usage", "no page given", help: "graphviz-grad markdown README.md"))
    }
    if let twice = files.first(where: { file in files.count { $0 == file } > 1 }) {
      mistakes.append(Messages.error("usage", "'\(twice)' was given twice", help: "give it once"))
    }
    if files.contains("-") {
      mistakes.append(
        Messages.error(
          "usage", "standard input cannot be kept up to date", help: "name the page's file"))
    }
    if !mistakes.isEmpty { throw Failure(.usage, mistakes) }
    work.folder = name
    work.hasTwins = dark
    for file in files { work.add(file, try Input.file(file).bytes()) }
    return work
  }

  /// The pictures that are to be drawn.
  private func stalePictures(_ work: MarkdownInPlace) throws -> [MarkdownInPlace.Picture] {
    var stale: [MarkdownInPlace.Picture] = []
    var mistakes: [Diagnostic] = []
    for picture in work.pictures {
      do throws(GraphvizError) {
        let stamp = try Stamp(picture.figure.request, .svg)
        switch stamp.finding(at: picture.path) {
        case .upToDate: continue
        case .outdated:
          if let bytes = try? contents(ofFile: picture.path), !Stamp.marks(bytes) {
            mistakes.append(
              Diagnostic(
                .error, code: "foreign-file",
                "the picture would replace '\(picture.path)', which graphviz-grad has not drawn",
                file: picture.place.source.name, span: picture.place,
                help: "give the block another name, as #cost, or move the file"))
          }
        case .drawn, .changed, .missing: break
        }
        stale.append(picture)
      } catch {
        throw Failure(error)
      }
    }
    if !mistakes.isEmpty { throw Failure(.program, mistakes) }
    return stale
  }

  private func bytes(of picture: MarkdownInPlace.Picture) throws -> [UInt8] {
    do throws(GraphvizError) {
      let drawn = try picture.figure.picture(.svg)
      Messages.write(Messages.warnings(drawn.warnings))
      return drawn.bytes
    } catch {
      if error.stage != .limit { throw Failure(error) }
      throw Failure(.program, [Diagnostic(tooLarge: error, at: picture.place)])
    }
  }

  /// Pictures that blocks of the pages once had: drawn by this tool, and numbered after the page.
  private func unusedPictures(_ work: MarkdownInPlace) -> [String] {
    let used = Set(work.pictures.map(\.path))
    var unused: [String] = []
    for page in work.pages {
      let slash = page.path.lastIndex(of: "/").map { page.path.index(after: $0) }
      let place = page.path[..<(slash ?? page.path.startIndex)] + work.folder
      for name in ((try? FileSearch.names(in: String(place))) ?? []).sorted() {
        let path = "\(place)/\(name)"
        guard name.hasPrefix("\(page.stem)-"), name.hasSuffix(".svg"), !used.contains(path) else {
          continue
        }
        var number = name.dropFirst(page.stem.count + 1).dropLast(4)
        if number.hasSuffix("-dark") { number = number.dropLast(5) }
        guard !number.isEmpty, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
          let bytes = try? contents(ofFile: path), Stamp.marks(bytes)
        else { continue }
        unused.append(path)
      }
    }
    return unused
  }
}
