import Foundation
import GradCore
import GradFigure
import GradLanguage
import Testing

@testable import GradDrawing

/// A drawing one step at a time: which frames there are, and what each of them shows.
@Suite struct FramesTests {
  private static let fork = "a = 2; b = 1; c = a + b; d = b + 1; e = c * d"

  private func texts(_ drawing: Drawing, where isWanted: (Drawing.Part) -> Bool = { _ in true })
    -> [String]
  {
    drawing.parts.filter(isWanted).flatMap(\.shapes).compactMap { shape in
      if case .text(let line) = shape { line.text.plain } else { nil }
    }
  }

  // MARK: Which frames

  @Test func thereIsAFrameForEachValueAndEachEdge() throws {
    let frames = try frames(lecture)
    #expect(frames.total == 10)
    #expect(frames.frames.map(\.number) == Array(0..<10))
    #expect(frames.frames.map(\.step.pass.rawValue).filter { $0 == "forward" }.count == 4)
    let trace = frames.drawing.figure.trace
    #expect(
      frames.frames.map { $0.step.node.map { trace.nodes[$0].id } }
        == [nil, "u", "v", "J", "J", nil, nil, nil, nil, nil])
    #expect(
      frames.frames.suffix(5).map { frame in
        frame.step.edge.map { trace.nodes[trace.edges[$0].source].id }
      } == ["v", "a", "u", "b", "c"])
  }

  @Test func framesAreChosenByPassNumberAndFirst() throws {
    #expect(
      try frames(lecture) { $0.pass = .forward }.frames.map(\.number) == [0, 1, 2, 3])
    #expect(
      try frames(lecture) { $0.pass = .backward }.frames.map(\.number)
        == [4, 5, 6, 7, 8, 9])
    let some = try frames(lecture) {
      $0.numbers = [2...2, 4...6]
      $0.first = 1
    }
    #expect(some.frames.map(\.number) == [2, 4, 5, 6])
    #expect(some.frames.map(\.step.number) == [1, 3, 4, 5])
    #expect(some.total == 10)
  }

  @Test func valuesAloneHaveNoWayBack() throws {
    #expect(
      try frames(lecture, figure: { $0.show = .forward }).frames.map(\.number) == [0, 1, 2, 3])
  }

  @Test func aProgramOfOneInputHasFrames() throws {
    let frames = try frames("J = 3")
    #expect(
      frames.frames.map(\.step.sentence) == ["Given: J = 3.", "Back from the output: dJ = 1."])
  }

  // MARK: What they show

  @Test func numbersComeWithTheirSteps() throws {
    let frames = try frames(lecture)
    let numbers = frames.drawings.map { drawing in
      Set(texts(drawing) { if case .number = $0.owner { true } else { false } })
    }
    #expect(numbers[0] == ["5", "3", "2"])
    #expect(numbers[1] == ["5", "3", "2", "6"])
    #expect(numbers[3] == ["5", "3", "2", "6", "11", "33"])
    #expect(numbers[4] == numbers[3].union(["dJ = 1"]))
    #expect(numbers[5] == numbers[4].union(["dv = 3"]))
    #expect(
      numbers[9] == numbers[3].union(["dJ = 1", "dv = 3", "da = 3", "du = 3", "db = 6", "dc = 9"]))
  }

  @Test(arguments: [Style.lecture.name, Style.circuit.name, Style.record.name], [false, true])
  func nothingMovesOrGoesAway(style: String, isLively: Bool) throws {
    let style = try #require(Style.all.first { $0.name == style })
    let frames = try frames(Self.fork) {
      $0.emphasizesCurrent = isLively
      $0.showsGhosts = isLively
    } figure: {
      $0.style = style
    }
    let drawings = frames.drawings
    let boxes = drawings.map { drawing in
      drawing.parts.compactMap { part in
        if case .node = part.owner { part.box } else { nil }
      }
    }
    #expect(boxes[0].count == frames.drawing.figure.nodes.count)
    #expect(boxes.allSatisfy { $0 == boxes[0] })
    #expect(drawings.allSatisfy { $0.size == drawings[0].size })
    for (before, after) in zip(drawings, drawings.dropFirst()) {
      let gone = Set(texts(before)).subtracting(texts(after))
      #expect(gone.isEmpty)
    }
  }

  @Test func theLastFrameShowsTheWholeFigure() throws {
    let frames = try frames(lecture)
    let (trace, _) = try Program(Source("test", text: lecture)).trace()
    let whole = frames.drawings[9]
    #expect(whole.parts.allSatisfy { $0.tone == .full })
    for node in Figure(Reading(trace)).nodes {
      for cell in node.rows.joined() { #expect(texts(whole).contains(cell.content.text.plain)) }
    }
    #expect(whole.parts.count { if case .backward = $0.owner { true } else { false } } == 5)
  }

  @Test func whatIsToComeIsAGhost() throws {
    let first = try frames(lecture) { $0.showsGhosts = true }.drawings[0]
    let ghosts = texts(first) { $0.tone == .ghost }
    #expect(Set(ghosts).isSuperset(of: ["6", "11", "33", "dJ = 1", "dc = 9", "×3", "×2"]))
    #expect(try frames(lecture).drawings[0].parts.allSatisfy { $0.tone != .ghost })
    #expect(Theme.light.color(.ink, .ghost) == "#cfd1d4")
  }

  @Test func valuesFlowAlongFaintLines() throws {
    let drawings = try frames(lecture).drawings
    let tones = drawings.map { drawing in
      drawing.parts.filter { if case .forward = $0.owner { true } else { false } }.map(\.tone)
    }
    #expect(tones[0] == Array(repeating: .faded, count: 5))
    #expect(tones[1].count { $0 == .full } == 2)
    #expect(tones[3] == Array(repeating: .full, count: 5))
  }

  @Test func onlyTheStepAtHandIsBold() throws {
    let frames = try frames(lecture) { $0.emphasizesCurrent = true }
    let bold = frames.drawings.map { drawing in
      drawing.parts.filter { if case .node = $0.owner { false } else { true } }.flatMap(\.shapes)
        .compactMap { shape in
          if case .text(let line) = shape, line.isBold { line.text.plain } else { nil }
        }
    }
    #expect(
      bold == [
        [], ["6"], ["11"], ["33"], ["dJ = 1"], ["×3", "dv = 3"], ["×1", "da = 3"],
        ["×1", "du = 3"], ["×2", "db = 6"], ["×3", "dc = 9"],
      ])
    let widths = frames.drawings[5].parts.compactMap { part -> Double? in
      guard case .backward = part.owner, case .outline(_, _, let stroke?)? = part.shapes.first
      else {
        return nil
      }
      return stroke.width
    }
    #expect(widths == [2.8])
  }

  @Test func aNumberIsNotToldBeforeItIsThere() throws {
    let svg = try frames(lecture).drawings[0].svg()
    #expect(!svg.contains(">33<") && !svg.contains("data-derivative"))
    #expect(svg.contains("data-name=\"J\"") && svg.contains("data-value=\"5\""))
  }

  @Test func everyFrameIsDescribedByItsSentence() throws {
    let drawing = try frames(lecture).drawings[1]
    #expect(drawing.summary == "u = b·c = 3 · 2 = 6")
    #expect(drawing.heading == "Computation graph of J · 1")
  }

  @Test func sentencesHaveRoomBelow() throws {
    let plain = try frames(lecture)
    let spoken = try frames(lecture) { $0.hasSentences = true }
    #expect(spoken.drawing.size.height > plain.drawing.size.height + 15)
    for (frame, drawing) in zip(spoken.frames, spoken.drawings) {
      #expect(texts(drawing) { $0.owner == .sentence } == [frame.step.sentence])
    }
  }

  @Test func longSentencesAreBrokenBeforeEqualsSigns() throws {
    let terms = (1...12).map { "some_input_\($0)" }
    let program =
      terms.map { "\($0) = 1; " }.joined() + "s = " + terms.joined(separator: " + ") + "; J = 2 * s"
    let (trace, _) = try Program(Source("test", text: program)).trace()
    let sentence = Reading(trace).steps[1].sentence
    var drawing = try frames("J = 3").drawing
    drawing.size.width = 900
    SentenceLines([sentence], width: 900).add(to: &drawing)
    let lines = texts(drawing) { $0.owner == .sentence }
    #expect(lines.count > 2)
    #expect(lines.last == "= 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 12")
    for case .text(let line) in drawing.parts.flatMap(\.shapes) where line.kind == .sentence {
      #expect(line.width <= 884)
      #expect(line.box.maxY <= drawing.size.height)
    }
  }
}
