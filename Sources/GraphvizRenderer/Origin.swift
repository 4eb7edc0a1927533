import GradBase

/// How the program that runs came to this machine, which decides what can be done about what it lacks.
public enum Origin: Sendable, Equatable {
  /// With the libraries and fonts that it needs, in a folder of its own.
  case bundle(folder: String)
  /// As a package of Debian, which names everything that it needs.
  case debianPackage
  /// Built here, or part of another program.
  case build

  /// That of this process.
  public static let current = Origin(program: realpath(runningProgram, nil))

  /// - Parameter program: The file of the program, which is freed; `nil` if nobody knows it.
  private init(program: UnsafeMutablePointer<CChar>?) {
    defer { free(program) }
    self = program.map { Origin(program: String(cString: $0), exists: isReadable) } ?? .build
  }

  /// - Parameters:
  ///   - program: The file of the program, without links on its way.
  ///   - exists: Whether a file can be read.
  package init(program: String, exists: (String) -> Bool) {
    // Of `/opt/x/bin/graphviz-grad` the folder is `/opt/x/lib/graphviz-grad`.
    var folder = program[...]
    for _ in 0..<2 { folder = folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)] }
    folder += "/lib/graphviz-grad"
    if exists(Self.fontsFile(in: String(folder))) {
      self = .bundle(folder: String(folder))
    } else if program.hasPrefix("/usr/bin/graphviz-grad"), exists(Self.fileOfPackage) {
      self = .debianPackage
    } else {
      self = .build
    }
  }

  /// Where a bundle tells fontconfig which fonts there are.
  private static func fontsFile(in folder: String) -> String { folder + "/fonts.conf" }

  /// What a package of Debian brings along and even the smallest systems keep. (Debian lets no program look
  /// into its list of packages.)
  private static let fileOfPackage = "/usr/share/bash-completion/completions/graphviz-grad"

  /// Has fontconfig know the fonts of a bundle, and Graphviz its plugins and no others.
  ///
  /// To be called before fontconfig and Graphviz are, as they ask the environment once. Whoever has named
  /// a file of fontconfig's keeps it.
  public func prepareEnvironment() {
    guard case .bundle(let folder) = self else { return }
    setenv("FONTCONFIG_FILE", Self.fontsFile(in: folder), 0)
    unsetenv("GVBINDIR")
  }

  /// In words, for a report.
  public var summary: String {
    switch self {
    case .bundle(let folder): "with its own Graphviz, cairo and fonts, in \(folder)"
    case .debianPackage: "as a package of Debian"
    case .build: "as it was built, with this machine's Graphviz, cairo and fonts"
    }
  }

  /// What to do where something is missing that a bundle brings with it, and Debian calls `packages`.
  public func remedy(for packages: String) -> Remedy {
    switch self {
    case .bundle: .words("install graphviz-grad again, whole: what is missing belongs to it")
    case .debianPackage, .build: .packages(packages)
    }
  }

  /// Where the server comes from, if it is not beside the program.
  public var wayToTheServer: String {
    switch self {
    case .bundle:
      "it is in a wheel of its own: pip install graphviz_grad_serve-….whl, made beside that of graphviz-grad"
    case .debianPackage, .build:
      "it is to stand beside graphviz-grad or on the PATH; swift build --product graphviz-grad-serve builds it"
    }
  }

  /// What to do where the text of figures has no font, or one of other widths.
  public var remedyForText: Remedy {
    if case .bundle(let folder) = self {
      let (chosen, own) = (getenv("FONTCONFIG_FILE"), Self.fontsFile(in: folder))
      if let chosen, String(cString: chosen) != own {
        return .words(
          "unset FONTCONFIG_FILE, which names other fonts than those of graphviz-grad")
      }
    }
    return remedy(for: "fonts-liberation")
  }

  /// What to do where no font of the machine has letters that the figure's own never have.
  ///
  /// - Parameters:
  ///   - packages: What Debian calls a font with them.
  ///   - family: What everybody calls it.
  /// - Returns: What to install.
  public func remedy(forLettersIn packages: String, of family: String) -> Remedy {
    if case .bundle = self, !isReadable("/usr/bin/apt-get") {
      return .words("install a font that has them, such as \(family)")
    }
    return .packages(packages)
  }
}

/// Whether a file can be read.
private func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }
