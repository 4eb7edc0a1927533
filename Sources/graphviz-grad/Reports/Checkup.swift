import GradLesson
import GraphvizGrad
import GraphvizRenderer

/// What a machine has and lacks for figures, in words.
struct Checkup {
  /// How good a finding is, as the mark at the head of its line.
  enum Mark: String {
    case good = "ok"
    /// Some figure of some people suffers.
    case optional = "--"
    case bad = "!!"
  }

  /// What was found: a topic and a finding.
  private(set) var findings: [(mark: Mark, topic: String, text: String)] = []
  /// What is lacking: what suffers, and what mends it.
  private(set) var missing: [(trouble: String, remedy: Remedy)] = []
  /// What few need and is lacking.
  private(set) var wishes: [(trouble: String, remedy: Remedy)] = []
  /// How the program came here, by which it is mended.
  private let origin: Origin

  init(_ installation: Installation, _ fonts: Fonts?, _ origin: Origin) {
    self.origin = origin
    good("graphviz-grad", "\(Version.project), built with Swift \(Version.swift)")
    good("installed", origin.summary)
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
        "figures are drawn slowly or not at all",
        origin.remedy(for: installation.layoutPackage))
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
      bad(names, trouble, "\(names) cannot be drawn", origin.remedy(for: "libcairo2"))
    }
  }

  private mutating func check(_ fonts: Fonts?) {
    guard let fonts else {
      bad(
        "fonts", "fontconfig is missing", "png, pdf and eps have no text",
        origin.remedy(for: "fontconfig fonts-liberation"))
      return
    }
    if let family = fonts.textFamily {
      if Fonts.fits(family) {
        good("text", "set in \(family)")
      } else {
        bad(
          "text", "set in \(family), whose letters have other widths",
          "text of png, pdf and eps may touch its boxes", origin.remedyForText)
      }
    } else {
      bad("text", "no fonts at all", "png, pdf and eps have no text", origin.remedyForText)
    }
    if let family = fonts.family(for: "θ") {
      good("Greek", "set in \(family)")
    } else {
      bad("Greek", "no font", Self.trouble("Greek"), origin.remedyForText)
    }
    if let family = fonts.family(for: "權") {
      good("Chinese", "set in \(family)")
    } else {
      findings.append((.optional, "Chinese", "no font"))
      let remedy = origin.remedy(forLettersIn: "fonts-noto-cjk", of: "Noto Sans CJK")
      wishes.append((Self.trouble("Chinese"), remedy))
    }
  }

  private static func trouble(_ script: String) -> String {
    "\(script) names are boxes in png, pdf and eps"
  }

  private mutating func good(_ topic: String, _ text: String) {
    findings.append((.good, topic, text))
  }

  private mutating func bad(
    _ topic: String, _ text: String, _ trouble: String, _ remedy: Remedy
  ) {
    findings.append((.bad, topic, text))
    missing.append((trouble, remedy))
  }

  /// The findings, then what to do.
  var text: String {
    let table = Table(
      columns: ["", "", ""], isNumber: [false, false, false],
      rows: findings.map { [$0.mark.rawValue, $0.topic, $0.text] }
    ).text().drop { $0 == "\n" }
    var text = String(table) + "\n"
    if missing.isEmpty {
      text += "Nothing is missing\(wishes.isEmpty ? "" : " that every figure needs").\n"
    } else {
      text += missing.map { "- \($0.trouble)\n" }.joined()
      text += "\nTo mend that: \(Remedy.text(of: missing.map(\.remedy)))\n"
    }
    for wish in wishes { text += "\(wish.trouble); if you need them: \(wish.remedy.text)\n" }
    return text
  }
}
