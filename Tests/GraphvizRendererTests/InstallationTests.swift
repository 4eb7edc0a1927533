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

  @Test(arguments: [
    ("/usr/lib/x86_64-linux-gnu/libgvc.so.6", "libgvc6"), ("/lib/libgvc.so.7", "libgvc7"),
    ("/opt/homebrew/lib/libgvc.6.dylib", "graphviz"), (nil, "graphviz"),
  ])
  func layoutsAreInTheLibrarysPackage(_ library: String?, _ package: String) {
    #expect(installation("12.1.2", library).layoutPackage == package)
  }
}
