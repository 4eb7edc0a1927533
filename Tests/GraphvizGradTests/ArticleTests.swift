import Foundation
import GradDrawing
import GraphvizGrad
import Testing

/// The figures of the article "From a formula to a lecture" are those that its commands make now.
@Suite struct ArticleTests {
  private static let folder = Sample.folder.deletingLastPathComponent()
    .appending(path: "Sources/GraphvizGrad/Documentation.docc")

  private func trace() throws -> Trace {
    let lecture = try #require(Sample.all.first { $0.name == "lecture" })
    return try Computation(parsing: lecture.text()).trace
  }

  private func frames(_ options: PictureOptions) throws -> Frames {
    var choice = Frames.Options()
    choice.emphasizesCurrent = true
    choice.hasSentences = true
    return try trace().frames(options, choice)
  }

  private func picture(_ name: String) -> CommittedPicture {
    CommittedPicture(file: Self.folder.appending(path: "Resources/\(name).svg"))
  }

  @Test(arguments: ["", "~dark"])
  func figuresAreUpToDate(variant: String) throws {
    var options = PictureOptions()
    if !variant.isEmpty { options.theme = .dark }
    let frames = try frames(options)
    let files = try SlideFormat.svg.bytes(of: frames)
    for number in [0, 2, 8] {
      let svg = files[number]
      try picture("lecture-\(number)\(variant)").expect(String(decoding: svg, as: UTF8.self))
    }
    let moving = try SlideFormat.svg.bytes(of: frames, isMoving: true)[0]
    try picture("lecture-frames\(variant)").expect(String(decoding: moving, as: UTF8.self))
  }

  @Test func everyFigureIsThere() throws {
    let articles = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    var shown: Set<String> = []
    for article in articles where article.hasSuffix(".md") {
      let text = try String(
        contentsOf: Self.folder.appending(path: article), encoding: .utf8)
      for match in text.matches(of: /(?m)^!\[[^\]]+\]\(([^)\/]+)\)/) {
        let name = String(match.output.1)
        shown.insert(name.hasSuffix(".svg") ? name : "\(name).svg")
      }
    }
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appending(path: "Resources").path)
    #expect(shown == Set(files.filter { $0.hasSuffix(".svg") && !$0.contains("~") }))
  }
}
