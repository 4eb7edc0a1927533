import Foundation
import GradCore
import GradFigure
import GradLanguage
import Testing

@testable import GradDrawing

/// Frames as texts: JSON, reveal.js, Slidev and SVG that moves.
///
/// What they show is tried in the real
/// programs by `Tests/Scripts/slides.py`.
@Suite struct SlideTextTests {
  @Test func jsonListsTheFrames() throws {
    struct List: Decodable {
      struct Edge: Decodable, Equatable {
        var from, to: String
        var operand: Int
      }
      struct Frame: Decodable {
        var number: Int
        var pass: String
        var node: String?
        var edge: Edge?
        var sentence: String
      }
      var schema, output: String
      var size: [Double]
      var total: Int
      var frames: [Frame]
    }
    let frames = try frames(lecture) { $0.numbers = [1...1, 8...8] }
    let list = try JSONDecoder().decode(List.self, from: Data(frames.json.utf8))
    #expect(list.schema == "graphviz-grad/frames/1" && list.output == "J" && list.total == 10)
    #expect(list.size == [frames.drawing.size.width, frames.drawing.size.height])
    #expect(list.frames.map(\.number) == [1, 8])
    #expect(list.frames.map(\.pass) == ["forward", "backward"])
    #expect(list.frames.map(\.node) == ["u", nil])
    #expect(list.frames.map(\.edge) == [nil, List.Edge(from: "b", to: "u", operand: 0)])
    #expect(list.frames[1].sentence == "db = du · ∂u/∂b = 3 · 2 = 6")
  }

  @Test func idsAreUniqueWhereAllFramesAreOne() throws {
    let frames = try frames(lecture) {
      $0.emphasizesCurrent = true
      $0.showsGhosts = true
    }
    for text in [frames.reveal(), frames.slidev(), frames.animation(milliseconds: 1_000)] {
      let ids = text.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
      #expect(ids.count > 15)
      #expect(Set(ids).count == ids.count)
    }
  }

  /// No white box on a dark slide, and none of its reader's wishes.
  @Test func colorsOfRevealFollowTheSlide() throws {
    let text = try frames(lecture).reveal()
    #expect(text.contains(">rect.fill_paper{fill:none}"))
    #expect(text.contains(" .fill_ink{fill:rgb(from currentColor calc("))
    #expect(!text.contains("prefers-color-scheme"))
    #expect(try !frames(lecture, theme: .dark).reveal().contains("<style>"))
  }

  @Test func aRunInsideTheWalkComesAndGoes() throws {
    let frames = try frames(lecture) { $0.emphasizesCurrent = true }
    #expect(
      frames.reveal().contains("class=\"fragment current-visible\" data-fragment-index=\"0\""))
    #expect(frames.slidev().contains("<g v-click=\"[1, 2]\">"))
    let motion = frames.animation(milliseconds: 1_000)
    #expect(motion.contains("<g class=\"show_1_2\" visibility=\"hidden\">"))
    #expect(
      motion.contains(
        "show_1_2{0%{visibility:hidden}10%{visibility:visible}20%{visibility:hidden}}"))
  }

  @Test func bracesAreNoJavaScript() throws {
    let text = try frames(lecture, figure: { $0.title = "{{ 1 + 1 }} -- <b>" }).slidev()
    #expect(text.contains("&#123;&#123; 1 + 1 }} -- &lt;b&gt;"))
    #expect(!text.contains("{"))
  }

  @Test func slidevHasItsStylesAfterThePicture() throws {
    let text = try frames(lecture, theme: .auto).slidev()
    let picture = try #require(text.range(of: "</svg>"))
    let style = try #require(text.range(of: "<style>"))
    #expect(picture.upperBound < style.lowerBound)
    #expect(text.contains("prefers-color-scheme:dark"))
  }

  @Test func darkPagesAndMotionShareOneStyleSheet() throws {
    let text = try frames(lecture, theme: .auto).animation(milliseconds: 500)
    #expect(text.matches(of: /<style>/).count == 1)
    #expect(text.contains("prefers-color-scheme:dark"))
    #expect(text.contains("@media (prefers-reduced-motion:no-preference)"))
    #expect(text.contains("5000ms step-end}"))
  }
}
