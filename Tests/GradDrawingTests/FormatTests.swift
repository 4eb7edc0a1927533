import TestSupport
import Testing

@testable import GradDrawing

@Suite struct FormatTests {
  /// A format is a file of its name; what it needs besides stands in files that begin with it.
  @Test func everyFormatIsInTheCatalog() {
    let files = fileNames(in: "Sources/GradDrawing/Writers/Formats")
    let stems = files.filter { $0.hasSuffix(".swift") }
      .map { $0.dropLast(6).lowercased() }
    let names = Format.all.map(\.name)
    for name in names { #expect(stems.contains(name), "\(name) has no file") }
    for stem in stems {
      #expect(names.contains { stem.hasPrefix($0) }, "\(stem) belongs to no format")
    }
    #expect(Set(names).count == names.count)
    #expect(Set(Format.all.map(\.fileExtension)).count == names.count)
  }

  @Test(arguments: Format.all.indices)
  func isTheSameEachTime(_ index: Int) throws {
    let texts = try (0..<3).map { _ in
      try Format.all[index].write(drawing(lecture), Format.Options())
    }
    #expect(Set(texts).count == 1)
    #expect(texts[0].hasSuffix("\n"))
  }
}
