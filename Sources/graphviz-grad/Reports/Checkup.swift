import GradLesson
import GraphvizGrad
import GraphvizRenderer

/// What a machine has and lacks for figures, in words.
struct Checkup {
  /// What was found: a topic and a finding.
  private(set) var findings: [(topic: String, text: String, isGood: Bool)] = []
  /// What is lacking: what suffers, and the packages that mend it, if packages do.
  private(set) var missing: [(trouble: String, packages: String)] = []
  init(_ installation: Installation, _ fonts: Fonts?) {
    good("graphviz-grad", "\(Version.project), built with Swift \(Version.swift)")
    let library = installation.library.map { " (\($0))" } ?? ""
    let build = installation.isOfItsBuild ? "" : ", built with \(Installation.builtVersion)"
    good("Graphviz", installation.version + library + build)
    good(
      "plugins",
      installation.plugins.isEmpty ? "none" : installation.plugins.joined(separator: ", "))
    if installation.laysOutWithoutFonts {
      good("layout", "without fonts: SVG is the same on every machine")
    } else {
      bad(
        "layout", "plugin dot_layout is not beside the library",
        "figures are drawn slowly or not at all", installation.layoutPackage)
    }
    check([.png, .pdf, .eps])
    check(fonts)
  }

  /// Draws a small figure in every format, as what a format needs shows in no list.
  private mutating func check(_ formats: [OutputFormat]) {
    let trace = record { tape in tape.input(2, "x") * 3 }
    var troubles: [String: [String]] = [:]
    for format in formats {
      do {
        _ = try trace.picture(format)
      } catch {
        troubles["\(error)", default: []].append(format.name)
      }
    }
    if troubles.isEmpty { good(formats.map(\.name).joined(separator: ", "), "drawn by cairo") }
    for (trouble, names) in troubles.sorted(by: { $0.key < $1.key }) {
      let names = names.joined(separator: ", ")
      bad(names, trouble, "\(names) cannot be drawn", "libcairo2")
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
    var remedy = ""
    if !packages.isEmpty {
      remedy = "To mend that: apt-get install \(packages.joined(separator: " "))\n"
    }
    return table
      + "\n\(troubles)\n" + remedy
  }
}
