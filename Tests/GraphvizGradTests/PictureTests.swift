import GraphvizGrad
import TestSupport
import Testing

@Suite struct PictureTests {
  /// Pixels a point, for figures of a width and a height.
  @Test(arguments: [
    (600.0, 200.0, 2.0), (4_000, 2_000, 2), (8_000, 4_000, 1), (40_000, 100, 0.4),
    (10, 32_000, 0.5),
  ])
  func largeFiguresHaveFewerPixels(_ width: Double, _ height: Double, _ scale: Double) {
    let size = Size(width: width, height: height)
    #expect(PictureOptions().resolution.scale(of: size) == scale)
    #expect(PictureOptions.Resolution.scale(2).scale(of: size) == 2)
  }

  private let lecture = "a=5; b=3; c=2; u=b*c; v=a+u; J=3*v"

  @Test(arguments: OutputFormat.all.map(\.name))
  func everyFormatIsWritten(_ name: String) throws {
    let format = try #require(OutputFormat.named(name))
    let picture = try Computation(parsing: lecture).picture(format)
    let starts = [
      "svg": "<svg", "dot": "digraph", "json": "{", "png": "\u{89}PNG", "pdf": "%PDF",
      "eps": "%!PS", "tikz": "% ", "html": "<!DOCTYPE html>", "mimebundle": "{",
      "cmapx": "<map", "typ": "// ", "mermaid": "---\n", "drawio": "<mxfile", "webp": "RIFF",
      "jpg": "\u{FF}\u{D8}\u{FF}",
    ]
    let start = try #require(starts[name]).unicodeScalars.map { UInt8($0.value) }
    #expect(picture.bytes.starts(with: start))
  }

  /// A format is a file of its name, or of what is short for that; a file is a format.
  @Test func everyFileOfFormatsIsInTheCatalog() {
    let known = OutputFormat.all.map(\.name) + SlideFormat.all.map(\.name) + ["powerpoint"]
    let notFormats = ["filekind", "outputformat", "slideformat"]
    let files = fileNames(in: "Sources/GradRequest/Formats").map {
      $0.dropLast(".swift".count).lowercased()
    }
    for file in files where !notFormats.contains(file) {
      #expect(known.contains(file), "\(file) is in no catalog")
    }
    for name in known where name != "pptx" { #expect(files.contains(name), "\(name)") }
  }

  @Test func extensionsFindTheirFormat() {
    for format in OutputFormat.all {
      #expect(OutputFormat.ofFiles(format.fileExtension.uppercased())?.name == format.name)
    }
    #expect(OutputFormat.ofFiles("bmp") == nil)
  }

  @Test(arguments: [
    (PictureOptions.Resolution.scale(1), 1.0), (.dotsPerInch(288), 3), (.width(1_000), 0),
  ])
  func pixelsFollowTheResolution(_ resolution: PictureOptions.Resolution, _ scale: Double) throws {
    let trace = try Computation(parsing: lecture).trace
    var options = PictureOptions()
    options.resolution = resolution
    let bytes = try trace.picture(.png, options).bytes
    let width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
    let expected = scale == 0 ? 1_000 : try trace.drawing(options).size.width * scale
    #expect(abs(Double(width) - expected) <= 1)
  }

  @Test func theHeadOfAProgramSetsThePicture() throws {
    let text = "#: --title 'Three times' --theme dark --of u\na = 5\nu = 3 * a\nv = u * u\n"
    let computation = try Computation(parsing: text)
    #expect(computation.trace.nodes[computation.trace.output].name == "u")
    let svg = try computation.picture().text
    #expect(svg.contains(">Three times</title>"))
    #expect(svg.contains(Theme.dark[.paper]))
    #expect(try !computation.picture(.svg, PictureOptions()).text.contains("Three times"))
  }

  /// DOT has no places, so that nothing is laid out for it, however deep a figure is.
  @Test func aDeepChainIsWrittenWhereNothingHasAPlace() throws {
    let trace = record { tape in
      var x = tape.input(1, "x")
      for _ in 0..<4_000 { x = x + 1 }
      return x
    }
    var options = PictureOptions()
    options.figure.detail = .operations
    options.figure.maxNodes = nil
    let dot = try #require(OutputFormat.named("dot"))
    let text = try trace.picture(dot, options).text
    #expect(text.contains("n4001 [") && text.hasSuffix("}\n"))
  }

  @Test func aFigureTooDenseForItsLabelsSaysSoOnce() throws {
    // Every input leads to every sum.
    let names = (0..<41).map { "x\($0)" }
    let all = names.joined(separator: " + ")
    let sums = names.map { "s\($0) = \(all)" }
    let last = "L = " + names.map { "s\($0)" }.joined(separator: " + ")
    let text = (names.map { "\($0) = 1" } + sums + [last]).joined(separator: "\n")
    let trace = try Computation(parsing: text).trace
    let warning = try #require(trace.picture().warnings.first)
    #expect(warning.code == "too-dense")
    #expect(warning.help.contains("--edge-labels none"))
    var options = PictureOptions()
    options.figure.edgeLabels = .none
    #expect(try trace.picture(.svg, options).warnings.isEmpty)
  }
}
