import GradLesson
import GraphvizGrad
import GraphvizRenderer

/// What a machine has and lacks for figures, in words.
struct Checkup {
  /// What was found: a topic and a finding.
  private(set) var findings: [(topic: String, text: String, isGood: Bool)] = []
  /// What is lacking: what suffers, and the packages that mend it.
  private(set) var missing: [(trouble: String, package: String)] = []

  init(_ installation: Installation, _ fonts: Fonts?) {
    good("graphviz-grad", "\(Version.project), built with Swift \(Version.swift)")
    good("Graphviz", "\(installation.version)" + (installation.library.map { " (\($0))" } ?? ""))
    good(
      "plugins",
      installation.plugins.isEmpty ? "none" : installation.plugins.joined(separator: ", "))
    if installation.laysOutWithoutFonts {
      good("layout", "without fonts: SVG is the same on every machine")
    } else {
      bad(
        "layout", "plugin dot_layout is not beside the library",
        "figures are drawn slowly or not at all", "libgvc6")
    }
    if installation.drawsWithCairo {
      good("png, pdf, eps", "drawn by the plugin pango")
    } else {
      bad("png, pdf, eps", "plugin pango is missing", "png, pdf and eps cannot be drawn", "libgvc6")
    }
    check(fonts)
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
    _ topic: String, _ text: String, _ trouble: String, _ package: String
  ) {
    findings.append((topic, text, false))
    missing.append((trouble, package))
  }

  /// The findings, then what to do.
  var text: String {
    let table = Table(
      columns: ["", "", ""], isNumber: [false, false, false],
      rows: findings.map { [$0.isGood ? "ok" : "!!", $0.topic, $0.text] }
    ).text().drop { $0 == "\n" }
    if missing.isEmpty { return table + "\nNothing is missing.\n" }
    var packages: [String] = []
    for package in missing.flatMap({ $0.package.split(separator: " ").map(String.init) })
    where !packages.contains(package) {
      packages.append(package)
    }
    let troubles = missing.map { "- \($0.trouble)\n" }.joined()
    return table
      + "\n\(troubles)\nTo mend that: apt-get install \(packages.joined(separator: " "))\n"
  }
}
