import GradLesson
import GraphvizGrad
import GraphvizRenderer

/// What a machine has and lacks for figures, in words.
struct Checkup {
  /// What was found: a topic and a finding.
  private(set) var findings: [(topic: String, text: String, isGood: Bool)] = []
  /// What is lacking: what suffers, and the packages that mend it, if packages do.
  private(set) var missing: [(trouble: String, packages: String)] = []
  /// Whether this program has to be built again.
  private var isOfAnotherBuild = false

  init(_ installation: Installation, _ fonts: Fonts?) {
    good("graphviz-grad", "\(Version.project), built with Swift \(Version.swift)")
    let library = installation.library.map { " (\($0))" } ?? ""
    isOfAnotherBuild = !installation.isOfItsBuild
    if isOfAnotherBuild {
      let version = "built with \(Installation.builtVersion), runs with \(installation.version)"
      bad("Graphviz", version + library, "png, pdf and eps cannot be drawn", "")
    } else {
      good("Graphviz", installation.version + library)
    }
    good(
      "plugins",
      installation.plugins.isEmpty ? "none" : installation.plugins.joined(separator: ", "))
    if installation.laysOutWithoutFonts {
      good("layout", "without fonts: SVG is the same on every machine")
    } else {
      bad(
        "layout", "plugin dot_layout is not beside the library",
        "figures are drawn slowly or not at all", installation.package(ofPlugin: "dot_layout"))
    }
    if !isOfAnotherBuild { check([.png, .pdf, .eps], installation) }
    check(fonts)
  }

  /// Draws a small figure in every format, as what a format needs shows in no list.
  private mutating func check(_ formats: [OutputFormat], _ installation: Installation) {
    let trace = record { tape in tape.input(2, "x") * 3 }
    let names = formats.map(\.name).joined(separator: ", ")
    var troubles: [String: [String]] = [:]
    for format in formats {
      do {
        _ = try trace.picture(format)
      } catch {
        troubles["\(error)", default: []].append(format.name)
      }
    }
    if troubles.isEmpty { good(names, "drawn by the plugin pango") }
    for (trouble, names) in troubles.sorted(by: { $0.key < $1.key }) {
      let lacks = installation.drawsWithCairo ? trouble : "plugin pango is missing"
      if let folder = Installation.pluginFolder {
        bad(
          names.joined(separator: ", "), "\(lacks); GVBINDIR makes Graphviz look in '\(folder)'",
          "\(names.joined(separator: ", ")) cannot be drawn", "")
        continue
      }
      let package =
        installation.drawsWithCairo ? "libcairo2" : installation.package(ofPlugin: "pango")
      bad(
        names.joined(separator: ", "), lacks,
        "\(names.joined(separator: ", ")) cannot be drawn", package)
    }
  }

  private mutating func check(_ fonts: Fonts?) {
    guard let fonts else {
      bad(
        "fonts", "fontconfig is missing", "png, pdf and eps have no text",
        "fontconfig fonts-liberation")
      return
    }
    if let family = fonts.textFamily {
      if Fonts.fits(family) {
        good("text", "set in \(family)")
      } else {
        bad(
          "text", "set in \(family), whose letters have other widths",
          "text of png, pdf and eps may touch its boxes", "fonts-liberation")
      }
    } else {
      bad("text", "no fonts at all", "png, pdf and eps have no text", "fonts-liberation")
    }
    for (script, letter, package) in [
      ("Greek", "θ", "fonts-liberation"), ("Chinese", "權", "fonts-noto-cjk"),
    ] {
      guard let scalar = letter.unicodeScalars.first else { continue }
      if let family = fonts.family(for: scalar) {
        good(script, "set in \(family)")
      } else {
        bad(script, "no font", "\(script) names are boxes in png, pdf and eps", package)
      }
    }
  }

  private mutating func good(_ topic: String, _ text: String) {
    findings.append((topic, text, true))
  }

  private mutating func bad(
    _ topic: String, _ text: String, _ trouble: String, _ packages: String
  ) {
    findings.append((topic, text, false))
    missing.append((trouble, packages))
  }

  /// The findings, then what to do.
  var text: String {
    let table = Table(
      columns: ["", "", ""], isNumber: [false, false, false],
      rows: findings.map { [$0.isGood ? "ok" : "!!", $0.topic, $0.text] }
    ).text().drop { $0 == "\n" }
    if missing.isEmpty { return table + "\nNothing is missing.\n" }
    var packages: [String] = []
    for package in missing.flatMap({ $0.packages.split(separator: " ").map(String.init) })
    where !packages.contains(package) {
      packages.append(package)
    }
    let troubles = missing.map { "- \($0.trouble)\n" }.joined()
    var remedies = isOfAnotherBuild ? [Installation.rebuilding] : []
    if Installation.pluginFolder != nil, missing.contains(where: \.packages.isEmpty) {
      remedies.append("unset GVBINDIR, so that Graphviz finds its plugins")
    }
    if !packages.isEmpty { remedies.append("apt-get install \(packages.joined(separator: " "))") }
    return table
      + "\n\(troubles)\n" + remedies.map { "To mend that: \($0)\n" }.joined()
  }
}

extension Installation {
  /// What to do where Graphviz is another than the one this program was built with.
  fileprivate static let rebuilding =
    "build graphviz-grad again with this Graphviz (swift package clean, then swift build)"

  /// What to do where a figure could not be drawn; `nil` if nothing is lacking that is known.
  func remedy(of error: GraphvizError) -> String? {
    if error.stage == .context, !isOfItsBuild { return Self.rebuilding }
    if error.stage != .render || drawsWithCairo { return nil }
    return
      "this Graphviz lacks the plugin pango: apt-get install \(package(ofPlugin: "pango")), or see "
      + "graphviz-grad doctor"
  }
}
