import Testing

@testable import GradFigure

@Suite struct ThemeTests {
  /// Every theme, and the dark half of those that have one.
  static let all: [Theme] = Theme.all + Theme.all.compactMap(\.darkTheme)

  @Test(arguments: all.indices)
  func everyPaintHasAColourOfSixDigits(_ index: Int) throws {
    let theme = Self.all[index]
    for paint in Paint.allCases {
      let color = try #require(theme.colors[paint], "\(theme.name) has no \(paint)")
      #expect(Color(color) != nil, "\(theme.name): \(paint) is \(color)")
    }
  }

  /// What each paint is drawn on.
  private static let grounds: [(paint: Paint, grounds: [Paint])] = [
    (.ink, [.paper, .box, .inputBox, .outputBox]), (.muted, [.paper]),
    (.line, [.paper, .box, .inputBox, .outputBox]),
    (.forward, [.paper, .box, .inputBox, .outputBox]),
    (.backward, [.paper, .box, .inputBox, .outputBox]), (.signal, [.paper]),
    (.alert, [.paper, .box, .inputBox, .outputBox]),
  ]

  /// WCAG 2.1, success criterion 1.4.3.
  @Test(arguments: all.indices)
  func textAndLinesStandOutFromTheirGround(_ index: Int) throws {
    let theme = Self.all[index]
    for (paint, grounds) in Self.grounds {
      for ground in grounds {
        let contrast = try #require(Color(theme[paint])).contrast(
          to: #require(Color(theme[ground])))
        #expect(contrast >= 4.5, "\(theme.name): \(paint) on \(ground) has \(contrast)")
      }
    }
  }

  @Test func everyPaintThatIsNoGroundIsChecked() {
    let grounds: Set<Paint> = [.paper, .box, .inputBox, .outputBox]
    #expect(Set(Self.grounds.map(\.paint)) == Set(Paint.allCases).subtracting(grounds))
  }

  /// Readers who lack a kind of cone, and copies without colour, still tell the flows apart: by
  /// lightness or hue, or by dashes.
  @Test(arguments: all.indices)
  func theFlowsDifferForEveryReader(_ index: Int) throws {
    let theme = Self.all[index]
    for (first, second) in [(Paint.forward, Paint.backward), (.signal, .backward)] {
      let (a, b) = try (#require(Color(theme[first])), #require(Color(theme[second])))
      for vision in Color.Vision.allCases {
        let distance = a.seen(by: vision).distance(to: b.seen(by: vision))
        #expect(
          distance >= 10 || theme.dashesBackward,
          "\(theme.name): \(first) and \(second) are \(distance) apart for \(vision)")
      }
    }
  }

  @Test func theSimulationMakesRedAndGreenAlike() throws {
    let (red, green) = try (#require(Color("#a05030")), #require(Color("#60701f")))
    let whole = red.distance(to: green)
    #expect(red.seen(by: .deuteranopia).distance(to: green.seen(by: .deuteranopia)) < whole / 2)
    let (black, white) = try (#require(Color("#000000")), #require(Color("#ffffff")))
    #expect(abs(black.contrast(to: white) - 21) < 1e-9)
    #expect(abs(black.distance(to: white) - 100) < 0.01)
  }

  @Test func autoIsLightAndDark() {
    #expect(Theme.auto.colors == Theme.light.colors)
    #expect(Theme.auto.darkTheme?.colors == Theme.dark.colors)
    #expect(Theme.light.darkTheme == nil)
  }

  @Test func whatIsFaintIsNearerThePaper() throws {
    for theme in Self.all {
      let paper = try #require(Color(theme[.paper]))
      for paint in [Paint.ink, .forward, .backward, .line] {
        let (full, faint) = try (
          #require(Color(theme[paint])), #require(Color(theme.color(paint, .faded)))
        )
        #expect(faint.contrast(to: paper) < full.contrast(to: paper))
        #expect(faint.contrast(to: paper) > 1.2)
      }
      for paint in [Paint.ink, .muted, .forward, .backward, .signal, .alert] {
        let faint = try #require(Color(theme.color(paint, .faded)))
        for ground in [Paint.paper, .box, .inputBox, .outputBox] {
          let contrast = try faint.contrast(to: #require(Color(theme.color(ground, .faded))))
          #expect(contrast >= 3, "\(theme.name): faint \(paint) on \(ground) has \(contrast)")
          #expect(theme.color(paint, .faded) != theme[paint])
        }
      }
    }
    #expect(Theme.mixed("#ffffff", "#000000", 0.5) == "#808080")
    #expect(Theme.mixed("#123456", "#000000", 1) == "#123456")
  }
}
