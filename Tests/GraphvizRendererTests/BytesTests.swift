import Foundation
import GradFigure
import Testing

@testable import GradDrawing
@testable import GraphvizRenderer

/// What cairo makes of a drawing.
@Suite struct BytesTests {
  // MARK: The same picture in every format

  @Test(arguments: Style.all.indices, FigureOptions.Direction.allCases)
  func textStandsWhereTheDrawingHasIt(
    _ style: Int, _ direction: FigureOptions.Direction
  ) throws {
    let drawing = try drawing(neuron) { ($0.style, $0.direction) = (Style.all[style], direction) }
    let runs = drawing.lines.flatMap(runs)
    // `size 0 0 -size x y Tm`, before each string that is shown.
    let eps = String(decoding: try drawing.bytes(.eps), as: UTF8.self)
    let places = eps.split(separator: "\n").filter { $0.hasSuffix(" Tm") }.map {
      // Points of the page, as pixels of the drawing.
      $0.split(separator: " ").compactMap { Double($0) }.map { $0 / 0.75 }
    }
    // A string may continue the one before it on its line, without a place of its own.
    func continues(_ index: Int) -> Bool {
      guard index > 0 else { return false }
      let before = runs[index - 1]
      return before.size == runs[index].size
        && abs(before.place.y - runs[index].place.y) < 0.05
    }
    var next = places.startIndex
    for (index, run) in runs.enumerated() {
      let place = next < places.endIndex ? places[next] : [0, 0, 0, 0, 0, 0]
      let isThere =
        abs(place[0] - run.size) < 0.01 && abs(place[4] - run.place.x) < 1
        && abs(place[5] - run.place.y) < 0.05
      if isThere {
        next += 1
      } else {
        #expect(continues(index), "\(run.text) is not at \(run.place)")
      }
    }
    #expect(next == places.endIndex)
    #expect(places.count >= runs.count - runs.indices.count { continues($0) })
  }

  /// The runs of a line, each where it begins on its own baseline.
  private func runs(
    of line: Drawing.TextLine
  ) -> [(text: String, size: Double, place: Point)] {
    var x = line.anchor.x - line.width / 2
    return line.text.runs.map { run in
      let size = line.size * run.level.scale
      defer {
        x +=
          FontMetrics.width(of: run.text, size: size, bold: line.isBold)
          + run.level.gap * line.size
      }
      return (run.text, size, Point(x, line.anchor.y - run.level.rise * line.size))
    }
  }

  @Test func pagesAreAsLargeAsTheDrawing() throws {
    let drawing = try drawing(lecture)
    // As large on paper as in a browser: 96 pixels are 72 points.
    let (wide, high) = (drawing.size.width * 0.75, drawing.size.height * 0.75)
    let pdf = String(decoding: try drawing.bytes(.pdf), as: UTF8.self)
    let box = try #require(pdf.firstMatch(of: /MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]/))
    #expect(abs((Double(box.1) ?? 0) - wide) < 1)
    #expect(abs((Double(box.2) ?? 0) - high) < 1)
    let eps = String(decoding: try drawing.bytes(.eps), as: UTF8.self)
    let bounds = try #require(eps.firstMatch(of: /%%BoundingBox: 0 0 (\d+) (\d+)/))
    #expect(abs((Double(bounds.1) ?? 0) - wide) <= 1)
    #expect(abs((Double(bounds.2) ?? 0) - high) <= 1)
    for scale in [1, 2, 3.5] {
      let png = try drawing.bytes(.png, scale: scale)
      #expect(abs(Double(number(png, at: 16)) - drawing.size.width * scale) <= 1)
      #expect(abs(Double(number(png, at: 20)) - drawing.size.height * scale) <= 1)
    }
  }

  private func number(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  @Test(arguments: [1, 2, 4] as [Double])
  func pixelsSayTheirResolution(_ scale: Double) throws {
    let png = try drawing(lecture).bytes(.png, scale: scale)
    let chunks = chunks(of: png)
    let resolutions = chunks.filter { $0.type == "pHYs" }
    #expect(resolutions.count == 1)
    let body = try #require(resolutions.first).body
    let perMetre = Int((96 * scale / 0.0254).rounded())
    #expect(number(body, at: 0) == perMetre && number(body, at: 4) == perMetre && body[8] == 1)
    #expect(chunks.map(\.type).first == "IHDR" && chunks.map(\.type).last == "IEND")
    // A chunk ends with the CRC-32 of its type and body; that of an empty IEND is known.
    #expect(png.suffix(4) == [0xAE, 0x42, 0x60, 0x82])
  }

  /// Pixels are those that cairo drew, opaque or not.
  @Test(arguments: [true, false]) func pixelsAreStoredAsTheyAre(_ isOpaque: Bool) throws {
    let colors: [UInt32] =
      isOpaque
      ? [0xFF11_1827, 0xFFFF_FFFF, 0xFFC8_1E1E, 0xFF00_0000, 0xFF01_0203, 0xFFFE_FDFC]
      : [0xFF11_1827, 0x0000_0000, 0x8040_2010, 0xFF00_0000, 0x0101_0000, 0xFFFE_FDFC]
    let png = try colors.withUnsafeBytes { bytes in
      let start = try #require(bytes.baseAddress)
      let rows = PixelRows(start: start, bytesPerRow: 12, width: 3, height: 2)
      return try PNGFile().bytes(of: rows, dotsPerInch: 96)
    }
    let chunks = chunks(of: png)
    #expect(chunks.map(\.type) == ["IHDR", "pHYs", "IDAT", "IEND"])
    #expect(chunks[0].body == [0, 0, 0, 3, 0, 0, 0, 2, 8, isOpaque ? 2 : 6, 0, 0, 0])
    // What is premultiplied in cairo is not in PNG: 0x40 of 0x80 is half of all red.
    let expected: [UInt8] =
      isOpaque
      ? [0, 0x11, 0x18, 0x27, 255, 255, 255, 0xC8, 0x1E, 0x1E]
        + [0, 0, 0, 0, 1, 2, 3, 0xFE, 0xFD, 0xFC]
      : [0, 0x11, 0x18, 0x27, 255, 0, 0, 0, 0, 0x80, 0x40, 0x20, 0x80]
        + [0, 0, 0, 0, 255, 255, 0, 0, 1, 0xFE, 0xFD, 0xFC, 255]
    #expect(try uncompressed(chunks[2].body, count: expected.count) == expected)
  }

  /// Each shape is drawn by itself, whatever was drawn before it.
  @Test func nothingIsBetweenATextAndACircle() throws {
    var drawing = try drawing(lecture)
    let line = try #require(drawing.lines.first)
    var part = drawing.parts[0]
    part.shapes = [.text(line)]
    drawing.size = Size(width: 400, height: 400)
    let circle = Drawing.Outline.circle(center: Point(350, 350), radius: 20)
    let stroke = Drawing.Stroke(paint: .ink, width: 2)
    part.shapes.append(.outline(circle, fill: .paper, stroke: stroke))
    drawing.parts = [part]
    let pixels = try drawing.pixels(scale: 1)
    let inked = pixels.colors.indices.filter { pixels.colors[$0] != 0xFFFFFF }.map { index in
      Point(Double(index % pixels.width), Double(index / pixels.width))
    }
    #expect(inked.contains { hypot($0.x - 350, $0.y - 350) < 22 })
    for point in inked where hypot(point.x - 350, point.y - 350) > 23 {
      let dot = Rect(origin: point, size: Size(width: 1, height: 1))
      #expect(line.box.inset(by: -3).overlaps(dot), "\(point)")
    }
  }

  @Test func aPictureWithoutBackgroundIsNotOpaque() throws {
    let figure = try figure(lecture)
    for hasBackground in [true, false] {
      let drawing = Drawing(
        figure, try Layout(figure), theme: .light, hasBackground: hasBackground)
      #expect(try drawing.bytes(.png)[25] == (hasBackground ? 2 : 6))
    }
  }

  /// What zlib makes of `bytes`.
  private func uncompressed(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
    typealias Uncompress =
      @convention(c) (
        UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<CUnsignedLong>, UnsafePointer<UInt8>,
        CUnsignedLong
      ) -> CInt
    let library = try #require(dlopen("libz.so.1", RTLD_NOW) ?? dlopen("libz.1.dylib", RTLD_NOW))
    let uncompress = unsafeBitCast(
      try #require(dlsym(library, "uncompress")), to: Uncompress.self)
    var result = [UInt8](repeating: 0, count: count)
    var length = CUnsignedLong(count)
    #expect(uncompress(&result, &length, bytes, CUnsignedLong(bytes.count)) == 0)
    return Array(result.prefix(Int(length)))
  }

  private func chunks(of png: [UInt8]) -> [(type: String, body: [UInt8])] {
    var chunks: [(String, [UInt8])] = []
    var offset = 8
    while offset + 12 <= png.count {
      let length = number(png, at: offset)
      let type = String(decoding: png[offset + 4..<offset + 8], as: UTF8.self)
      chunks.append((type, Array(png[offset + 8..<offset + 8 + length])))
      offset += 12 + length
    }
    return chunks
  }

  // MARK: The same bytes

  @Test(arguments: CairoFormat.all)
  func bytesDoNotChangeFromRunToRun(_ format: CairoFormat) throws {
    let first = try drawing(neuron).bytes(format)
    #expect(try drawing(neuron).bytes(format) == first)
  }

  @Test func manyThreadsAtOnce() async throws {
    let programs = (0..<8).map { "a = \($0); b = \($0) * 2; y = sigmoid(a * b) + a" }
    let alone = try programs.map { program in
      try (drawing(program).svg(), drawing(program).bytes(.png))
    }
    try await withThrowingTaskGroup(of: (Int, String, [UInt8]?).self) { group in
      for index in 0..<64 {
        group.addTask {
          let drawing = try drawing(programs[index % 8])
          let png = index < 16 ? try drawing.bytes(.png) : nil
          return (index % 8, drawing.svg(), png)
        }
      }
      for try await (program, svg, png) in group {
        #expect(svg == alone[program].0)
        if let png { #expect(png == alone[program].1) }
      }
    }
  }

  @Test func filesBearNoDate() throws {
    let drawing = try drawing(lecture)
    let pdf = String(decoding: try drawing.bytes(.pdf), as: UTF8.self)
    #expect(!pdf.contains("/CreationDate"))
    let eps = String(decoding: try drawing.bytes(.eps), as: UTF8.self)
    #expect(eps.contains("%%CreationDate: 1970-01-01"))
  }

  @Test func filesBearTheDateOfTheirSource() async {
    await #expect(processExitsWith: .success) {
      setenv("SOURCE_DATE_EPOCH", "1700000000", 1)
      let drawing = try drawing(lecture)
      let pdf = String(decoding: try drawing.bytes(.pdf), as: UTF8.self)
      precondition(pdf.contains("/CreationDate (D:20231114221320Z"))
    }
  }

  // MARK: Limits

  @Test func tooManyPixelsAreRefusedWithTheirNumber() throws {
    let drawing = try drawing(lecture)
    let scale = 40_000 / drawing.size.width
    let error = #expect(throws: GraphvizError.self) { try drawing.bytes(.png, scale: scale) }
    #expect(error?.stage == .limit)
    #expect(error?.description.contains("\(Drawing.longestSide)") == true)
    let height = Int(drawing.size.height * scale)
    #expect(error?.description.contains("\(Int(drawing.size.width * scale)) × \(height)") == true)
    #expect(try !drawing.bytes(.pdf, scale: scale).isEmpty)
  }

  @Test(arguments: ["a\"b\\n", "<b>&amp;", "שלום", "損失", "\u{1}\u{7F}", "T 1 2 3 -x"])
  func anyNameIsDrawn(_ name: String) throws {
    var figure = try figure("x = 2; y = 3 * x")
    figure.nodes[0].rows[0][0].content = .line(MathText(name))
    let drawing = Drawing(figure, try Layout(figure), theme: .light)
    for format in CairoFormat.all { #expect(try drawing.bytes(format).count > 500) }
  }

  #if os(Linux)
  /// A layout and an SVG need no fonts, so nothing that loads them is loaded.
  @Test func noFontLibraryIsLoadedForSVG() async {
    await #expect(processExitsWith: .success) {
      let svg = try drawing(neuron).svg()
      // Foundation takes a file of unknown length for a short one, unless it is read to its end.
      let file = FileHandle(forReadingAtPath: "/proc/self/maps")
      let maps = String(decoding: file?.readDataToEndOfFile() ?? Data(), as: UTF8.self)
      precondition(svg.contains("</svg>") && maps.contains("libgvc"))
      for library in ["pango", "cairo", "fontconfig", "freetype"] {
        precondition(!maps.contains("lib\(library)"), "\(library) is loaded")
      }
    }
  }
  #endif
}
