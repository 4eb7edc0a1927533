import Foundation
import GraphvizGrad
import Testing

/// The committed pictures are those that the samples give now.
@Suite struct SamplePicturesTests {
  @Test(arguments: Sample.all)
  func isUpToDate(_ sample: Sample) throws {
    let request = FigureRequest(Source(sample.name, text: try sample.text()))
    let svg = try request.figure().picture(.svg).text
    try CommittedPicture(file: Sample.folder.appending(path: "\(sample.name).svg")).expect(svg)
  }

  @Test(arguments: ArraySampleTests.samples.filter { $0.hasSuffix(".grad") })
  func ofArraysIsUpToDate(_ sample: String) throws {
    let file = ArraySampleTests.folder.appending(path: sample)
    let name = file.deletingPathExtension().lastPathComponent
    let text = try String(contentsOf: file, encoding: .utf8)
    let svg = try FigureRequest(Source(name, text: text)).figure().picture(.svg).text
    try CommittedPicture(file: ArraySampleTests.folder.appending(path: "\(name).svg")).expect(svg)
  }

  @Test func ofTheBackwardPassIsUpToDate() throws {
    let folder = Sample.folder.appending(path: "backward")
    let text = try String(contentsOf: folder.appending(path: "lecture.grad"), encoding: .utf8)
    let figure = try FigureRequest(Source("lecture", text: text)).figure()
    let svg = try figure.picture(.svg).text
    try CommittedPicture(file: folder.appending(path: "lecture.svg")).expect(svg)
    let titles = figure.reading.trace.nodes.map(\.id)
    #expect(titles.suffix(3) == ["d(v)", "d(b)", "d(c)"])
  }

  @Test func everyProgramHasItsNumbers() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Sample.folder.path)
    let programs = files.filter { $0.hasSuffix(".grad") }.map { String($0.dropLast(5)) }
    #expect(Set(programs) == Set(Sample.all.map(\.name)))
  }
}
