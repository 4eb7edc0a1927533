import GraphvizRenderer
import Testing

/// How the program was installed, by its place, and what to do about what it lacks.
@Suite struct OriginTests {
  private func origin(_ program: String, _ files: Set<String>) -> Origin {
    Origin(program: program) { files.contains($0) }
  }

  @Test func aBundleHasItsFontsBesideIt() {
    let folder = "/home/ann/my tools/x/lib/graphviz-grad"
    #expect(
      origin("/home/ann/my tools/x/bin/graphviz-grad", [folder + "/fonts.conf"])
        == .bundle(folder: folder))
    // At the root of a system too.
    #expect(
      origin("/bin/graphviz-grad", ["/lib/graphviz-grad/fonts.conf"])
        == .bundle(folder: "/lib/graphviz-grad"))
  }

  @Test func aPackageHasItsCompletions() {
    let files: Set = ["/usr/share/bash-completion/completions/graphviz-grad"]
    #expect(origin("/usr/bin/graphviz-grad", files) == .debianPackage)
    #expect(origin("/usr/bin/graphviz-grad", []) == .build)
    #expect(origin("/usr/local/bin/graphviz-grad", files) == .build)
    #expect(origin("graphviz-grad", files) == .build)
  }

  @Test func theTestsAreABuild() {
    #expect(Origin.current == .build)
  }

  @Test func remediesFitTheOrigin() {
    let bundle = Origin.bundle(folder: "/opt/x/lib/graphviz-grad")
    #expect(bundle.remedy(for: "libcairo2").text.hasPrefix("install graphviz-grad again"))
    for origin in [Origin.build, .debianPackage] {
      #expect(origin.remedy(for: "libcairo2").text == "apt-get install libcairo2")
      #expect(origin.remedyForText.text == "apt-get install fonts-liberation")
      #expect(
        origin.remedy(forLettersIn: "fonts-noto-cjk", of: "Noto Sans CJK")
          == .packages("fonts-noto-cjk"))
    }
  }

  @Test func theWayToTheServerFitsTheOrigin() {
    let bundle = Origin.bundle(folder: "/opt/x/lib/graphviz-grad")
    #expect(bundle.wayToTheServer.contains("pip install graphviz_grad_serve"))
    #expect(Origin.build.wayToTheServer.contains("swift build --product graphviz-grad-serve"))
  }

  @Test func severalRemediesAreOneLine() {
    let text = Remedy.text(of: [
      .packages("fontconfig fonts-liberation"), .words("install it again"),
      .packages("fonts-liberation libcairo2"), .words("install it again"),
    ])
    #expect(text == "install it again; apt-get install fontconfig fonts-liberation libcairo2")
  }
}
