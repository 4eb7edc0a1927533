import GraphvizRenderer
import Testing

@Suite struct InstallationTests {
  private func installation(_ version: String, _ library: String?) -> Installation {
    Installation(version: version, library: library, plugins: [])
  }

  @Test func thisMachineDrawsWithWhatItWasBuiltWith() throws {
    let installation = try Installation.inspect()
    #expect(installation.isOfItsBuild)
    #expect(installation.version == (try Installation.currentVersion()))
  }

  @Test(arguments: [
    ("2.43.0", "2.42.4", true), ("2.42.2", "2.42.4", true), ("12.1.0", "12.1.2", true),
    ("2.43.0", "2.44.1", false), ("2.43.0", "12.1.2", false), ("12.1.2", "12.2.0", false),
    ("9.0.0", "14.0.0", false), ("2.4", "2.42.4", false),
  ])
  func versionsAgree(_ one: String, _ other: String, _ expected: Bool) {
    #expect(Installation.agree(one, other) == expected)
    #expect(Installation.agree(other, one) == expected)
  }

  @Test func aPluginIsInThePackageOfTheVersionAtHand() {
    let old = installation("2.43.0", "/usr/lib/x86_64-linux-gnu/libgvc.so.6")
    #expect(old.package(ofPlugin: "pango") == "libgvc6")
    #expect(old.package(ofPlugin: "dot_layout") == "libgvc6")
    let new = installation("14.1.2", "/lib/x86_64-linux-gnu/libgvc.so.7")
    #expect(new.package(ofPlugin: "dot_layout") == "libgvc7")
    #expect(new.package(ofPlugin: "pango").hasPrefix("libgvplugin-pango"))
    for library in [nil, "/opt/homebrew/lib/libgvc.6.dylib"] {
      #expect(installation("12.1.2", library).package(ofPlugin: "pango") == "graphviz")
    }
  }
}
