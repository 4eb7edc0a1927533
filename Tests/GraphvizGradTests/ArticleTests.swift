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
    try picture("lecture\(variant)").expect(trace().picture(.svg, options).text)
    let frames = try frames(options)
    for number in [0, 2, 8] {
      let svg = try SlideFormat.svg.bytes(of: frames, at: number)
      try picture("lecture-\(number)\(variant)").expect(String(decoding: svg, as: UTF8.self))
    }
    let moving = try SlideFormat.svg.bytes(of: frames)
    try picture("lecture-frames\(variant)").expect(String(decoding: moving, as: UTF8.self))
  }

  @Test func everyFigureIsThere() throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: "FromAFormulaToALecture.md"), encoding: .utf8)
    let shown = text.matches(of: /!\[[^\]]+\]\(([^)]+)\)/).map { "\($0.output.1).svg" }
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appending(path: "Resources").path)
    #expect(!shown.isEmpty && Set(shown) == Set(files.filter { !$0.contains("~") }))
  }
}
