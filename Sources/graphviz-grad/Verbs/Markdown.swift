import ArgumentParser
import GradBase
import GradDocuments
import GraphvizGrad

/// Draws the programs in pages of Markdown, which keep their images.
struct Markdown: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the programs in pages of Markdown, and keep their images up to date.",
    discussion: """
      EXAMPLES:
        printf '```grad\\na = 5; J = 3*a\\n```\\n' > README.md
        graphviz-grad markdown README.md
        graphviz-grad markdown .
        graphviz-grad markdown *.md --folder images --dark
        graphviz-grad markdown README.md --folder images --dark --check
        graphviz-grad markdown README.md --plain

      Below each fenced block of the language grad there is a line with its image afterwards. Nothing else \
      in a page changes. A folder stands for the pages (*.md) in it and in its folders, but for hidden ones.
      """)

  @Argument(help: "Pages of Markdown, or folders of them.", completion: .file(extensions: ["md"]))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder for the pictures, seen from each page (default: figures).", valueName: "folder"))
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "How the addresses of pictures begin, as /figures of a site (default: as the folder is seen).",
      valueName: "address"))
  var address: String?

  @Flag(help: "Write images of Markdown alone: for Hugo, which leaves out HTML (default: no).")
  var plain = false

  @Flag(help: "Draw a twin of each picture for dark pages (default: no).")
  var dark = false

  @Flag(help: "Remove pictures of blocks that are no longer there (default: no).")
  var prune = false

  @Flag(help: "Write nothing; print what is not up to date, and exit with 1 if something is not.")
  var check = false

  @Flag(help: "Let pages and programs name files beside them, as themes (default: no).")
  var trustHeads = false

  @OptionGroup var messages: MessageArguments
  @OptionGroup var limits: LimitArguments

  func run() throws {
    let work = try pages()
    if !work.mistakes.isEmpty { throw Failure(.program, work.mistakes) }
    let stale = try stalePictures(work)
    var outputs = Outputs()
    outputs.makesFolders = true
    for picture in stale {
      outputs.claim(
        .init(
          output: .file(picture.path), isNamed: false, owner: picture.place.source.name,
          span: picture.place))
    }
    try outputs.check()
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
    var results: [[UInt8]] = []
    let limits = limits.values().limits
    for picture in stale {
      results.append(
        try Watchdog.watching(picture.place.source.name, limits) { try bytes(of: picture) })
    }
    Messages.write(
      work.warnings + HugoSite.warnings(about: work.pages) + JekyllSite.warnings(about: work.pages))
    // Pages come last: an image that a page shows is there.
    for page in changed { outputs.claim(.file(page.path)) }
    try outputs.write(results + changed.map(\.bytes))
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
    var mistakes = messages.mistakes() + limits.values().mistakes
    if files.isEmpty {
      mistakes.append(
        Messages.error("usage", "no page given", help: "graphviz-grad markdown README.md"))
    }
    var known: Set<String> = []
    for file in files {
      if let number = FilePlace(file).file, !known.insert(number).inserted {
        mistakes.append(Messages.error("usage", "'\(file)' was given twice", help: "give it once"))
      }
    }
    if files.contains("-") {
      mistakes.append(
        Messages.error(
          "usage", "standard input cannot be kept up to date", help: "name the page's file"))
    }
    if plain, dark {
      mistakes.append(
        Messages.error(
          "usage", "--dark needs HTML, which --plain leaves out",
          help: "theme=auto at a block draws one picture for both"))
    }
    if !mistakes.isEmpty { throw Failure(mistakes: mistakes) }
    work.folder = name
    work.link = address.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    work.isPlain = plain
    work.hasTwins = dark
    work.trustsHeads = trustHeads
    let limits = limits.values().limits
    work.begins = { Watchdog.begin($0, limits) }
    defer { Watchdog.end() }
    for page in try FileSearch.files(files, endings: [".md"]) {
      let bytes = try Input.file(page.path).bytes()
      // Its images have descriptions, for which the figures are read.
      work.add(page.path, bytes)
    }
    return work
  }

  /// The pictures that are to be drawn.
  private func stalePictures(_ work: MarkdownInPlace) throws -> [MarkdownInPlace.Picture] {
    var stale: [MarkdownInPlace.Picture] = []
    for picture in work.pictures {
      do throws(FigureError) {
        let finding = try picture.figure.finding(at: picture.path, .svg)
        if finding != .upToDate { stale.append(picture) }
      } catch {
        throw Failure(error)
      }
    }
    return stale
  }

  private func bytes(of picture: MarkdownInPlace.Picture) throws -> [UInt8] {
    do throws(FigureError) {
      let drawn = try picture.figure.picture(.svg)
      Messages.write(drawn.warnings.map(Diagnostic.init))
      return drawn.bytes
    } catch {
      guard let mistakes = error.mistakes(at: picture.place) else { throw Failure(error) }
      throw Failure(.program, mistakes)
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
