import GradCore
import GradFigure
package import GradLanguage
import GradRequest

/// The numbers of a program by the places of its text.
package struct Numbers: Sendable {
  /// The numbers as the figure writes them, a node for every name.
  let reading: Reading
  /// The text that they are the numbers of.
  let buffer: TextBuffer
  /// The nodes of the whole trace with the bytes at which they are written, in the order of the text.
  private let places: [Place]
  /// The node of the reading of each node of the whole trace; -1 for none.
  private let drawn: [Int]
  /// The byte before which the text has not changed since; `nil` where all of it is as it was.
  private(set) var end: Int?
  /// Where each statement of the program itself begins and ends, and whether it has a block.
  private let statements: [Program.Extent]

  private struct Place {
    var offset: Int
    var node: Int
  }

  /// Why there are no numbers, or what else is to be said about them.
  package struct Outcome: Sendable {
    /// The numbers; `nil` where the program has none.
    package var numbers: Numbers?
    /// All that is to be said.
    package var diagnostics: [Diagnostic] = []
    /// Why nobody waited for the numbers; `nil` where they came, or cannot come.
    package var note: String?
  }

  /// The numbers of a text.
  ///
  /// - Parameters:
  ///   - analysis: The text, read.
  ///   - patience: How long to wait.
  /// - Returns: The numbers, and all that is wrong.
  package static func outcome(of analysis: Analysis, _ patience: Patience) -> Outcome {
    do throws(ProgramError) {
      let program = analysis.program
      if program.isTrace { return Outcome(diagnostics: program.diagnostics()) }
      let computation = try Computation(program.recorded(with: patience))
      var options = PictureOptions()
      var diagnostics = computation.warnings
      do throws(ProgramError) {
        try computation.head.apply(to: &options)
      } catch {
        diagnostics += error.diagnostics
      }
      let numbers = Numbers(analysis, computation.trace, options.figure)
      return Outcome(numbers: numbers, diagnostics: diagnostics)
    } catch {
      var outcome = Outcome(diagnostics: error.diagnostics)
      outcome.takeLimits(patience, analysis)
      return outcome
    }
  }

  private init(_ analysis: Analysis, _ trace: Trace, _ options: FigureOptions) {
    var options = options.ofEditor
    if options.wrt.contains(where: { trace.index(of: $0) == nil }) { options.wrt = [] }
    reading = Reading(trace, options)
    buffer = analysis.buffer
    let source = analysis.source
    var places: [Place] = []
    places.reserveCapacity(reading.full.nodes.count)
    for index in reading.full.nodes.indices {
      guard let place = reading.full.nodes[index].place, let offset = source.offset(of: place)
      else { continue }
      places.append(Place(offset: offset, node: index))
    }
    // Nodes at one place stay in the order in which they were computed.
    self.places = places.sorted { ($0.offset, $0.node) < ($1.offset, $1.node) }
    var drawn = [Int](repeating: -1, count: reading.full.nodes.count)
    for (index, origin) in reading.origins.enumerated().reversed() { drawn[origin] = index }
    self.drawn = drawn
    statements = analysis.program.extents
  }

  /// The whole trace.
  var trace: Trace { reading.full }

  /// Whether all of the text is as it was when it was computed, so that derivatives hold too.
  var areWhole: Bool { end == nil }

  /// The nodes written at a byte, in the order they were computed, as far as they still hold.
  func nodes(at offset: Int) -> [Int] {
    placed(in: offset..<offset + 1).map(\.node).filter { holds($0) }
  }

  /// The nodes written at the bytes of a stretch, as far as they still hold.
  func nodes(in range: Range<Int>) -> [Int] {
    placed(in: range).map(\.node).filter { holds($0) }.sorted()
  }

  private func placed(in range: Range<Int>) -> ArraySlice<Place> {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].offset < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return places[low...].prefix { $0.offset < range.upperBound }
  }

  /// Whether a node has the number that it had.
  ///
  /// What stands before a change has its value whatever comes after it, unless it is in a function, which
  /// may be called after it. Its derivative depends on all that follows.
  private func holds(_ node: Int) -> Bool {
    guard let end else { return true }
    let nodes = reading.full.nodes
    guard nodes[node].call == nil, nodes[node].scope == nil, let place = nodes[node].place else {
      return false
    }
    let line = Int(place.line) - 1
    return line < buffer.lineStarts.count && buffer.lineStarts[line] < end
  }

  /// The node of the reading that a node of the trace is; `nil` if no figure shows it.
  func drawn(_ node: Int) -> Int? { drawn[node] < 0 ? nil : drawn[node] }

  /// The numbers that hold for another text, which begins alike.
  package func kept(for other: TextBuffer) -> Numbers {
    var kept = self
    let same = buffer.bytes.withUnsafeBufferPointer { old in
      other.bytes.withUnsafeBufferPointer { new in
        let count = min(old.count, new.count)
        return (0..<count).first { old[$0] != new[$0] } ?? count
      }
    }
    kept.end = nil
    if same == buffer.bytes.count, same == other.bytes.count { return kept }
    var end = same
    if let last = statements.last(where: { $0.range.lowerBound <= same }),
      last.hasBlock || last.range.upperBound >= same
    {
      end = last.range.lowerBound
    }
    // A line that goes on is not the line that it was.
    end = buffer.lineStarts[buffer.line(of: end)]
    if end > 0, other.goesOn(from: end) {
      // What comes belongs to the block above.
      end = statements.last { $0.range.lowerBound < end }?.range.lowerBound ?? 0
      end = buffer.lineStarts[buffer.line(of: end)]
    }
    kept.end = end
    return kept
  }
}

extension TextBuffer {
  /// Whether the first line that holds anything, from a byte at the begin of a line on, is part of the
  /// statement above it: it is indented, or an `else:`.
  fileprivate func goesOn(from start: Int) -> Bool {
    for line in line(of: start)..<lineStarts.count {
      let bytes = bytes[lineRange(line)]
      guard let first = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
      if first > bytes.startIndex { return true }
      return ["el", "except", "finally"].contains { bytes.starts(with: $0.utf8) }
    }
    return false
  }
}

extension FigureOptions {
  /// The same for what an editor shows: every name, nothing moved and nothing folded.
  fileprivate var ofEditor: FigureOptions {
    var options = FigureOptions()
    options.notation = notation
    options.numbers = numbers
    options.language = language
    options.wrt = mode == .reverse ? wrt : []
    options.detail = .calls
    options.entries = 12
    return options
  }
}

extension Numbers.Outcome {
  /// Takes what says that patience ended for a note: the program is not wrong.
  fileprivate mutating func takeLimits(_ patience: Patience, _ analysis: Analysis) {
    let isCut = patience.nodes < Program.nodeLimit
    guard
      let index = diagnostics.firstIndex(where: {
        $0.code == "interrupted" || $0.code == "too-many-nodes" && isCut
      })
    else { return }
    let isOfTime = diagnostics[index].code == "interrupted"
    diagnostics = analysis.diagnostics
    note =
      isOfTime
      ? "the program takes too long for an editor to show its numbers"
      : "the program has too many nodes for an editor to show its numbers"
  }
}
