import GraphvizGrad
import Testing

/// What the test of committed pictures compares where Graphviz is of another version.
@Suite struct PictureContentTests {
  private let svg: String
  /// The first part of the picture's ids.
  private let prefix: String

  init() throws {
    svg = try Computation(parsing: "a = 5; b = 3; J = a * b").picture(.svg).text
    prefix = String(try #require(svg.firstMatch(of: /\ id="(g[0-9a-z]+)"/)).output.1)
  }

  /// Every number of a place gets larger, and the digest in the ids is another.
  private func moved(_ svg: String) -> String {
    svg.replacing(prefix, with: "gother")
      .replacing(/\ (x|y|cx|cy|width|height)="([0-9.]+)/) { " \($0.output.1)=\"1\($0.output.2)" }
      .replacing(/\ (d|viewBox)="([^"]*)/) { match in
        " \(match.output.1)=\"" + String(match.output.2).replacing(/[0-9]+/) { "1\($0.output)" }
      }
  }

  @Test func aPictureWhoseNodesAreElsewhereSaysTheSame() {
    let other = moved(svg)
    #expect(other != svg)
    #expect(PictureContent(other).lines == PictureContent(svg).lines)
  }

  @Test(arguments: [
    (">15<", ">16<"), ("data-derivative=\"3\"", "data-derivative=\"4\""), ("J = a·b", "J = a+b"),
    ("class=\"edge forward", "class=\"edge backward"), ("ID_title ID_desc", "ID_title ID_note"),
    ("ID_title ID_desc", "ID_title"), ("fill=\"#ffffff\"", "fill=\"#000000\""),
    ("id=\"ID_n1\"", "id=\"ID_n9\""), ("font-size=\"", "font-size=\"1"),
    ("stroke-width=\"", "stroke-width=\"1"), ("</g>\n</svg>", "</svg>"),
  ])
  func aPictureThatSaysSomethingElseIsFound(_ old: String, _ new: String) {
    let other = svg.replacing(
      old.replacing("ID", with: prefix), with: new.replacing("ID", with: prefix))
    #expect(other != svg, "the picture has \(old)")
    #expect(PictureContent(moved(other)).lines != PictureContent(svg).lines)
  }
}
