import GradFigure
import Testing

@testable import GradDrawing

@Suite struct WriterTests {
  private static let writers: [@Sendable (Drawing) -> String] = [
    { $0.svg() }, { $0.tikz() }, { $0.figure.dot($0.theme) }, { $0.json }, { $0.imageMap() },
  ]

  @Test(arguments: writers.indices)
  func isTheSameEachTime(_ index: Int) throws {
    let texts = try (0..<3).map { _ in try Self.writers[index](drawing(lecture)) }
    #expect(Set(texts).count == 1)
    #expect(texts[0].hasSuffix("\n"))
  }
}
