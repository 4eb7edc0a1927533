import GradCore
import TestSupport
import Testing

@testable import GradFigure

/// Logistic regression on three examples.
func vectorised() -> Trace {
  let tape = Tape()
  let w = tape.input([[1], [2]], "w")
  let x = tape.input([[1, 2, -1], [3, 4, -3.2]], "X")
  let b = tape.input(2, "b")
  let y = tape.input([[1, 0, 1]], "Y")
  let z = (w.transposed.matmul(x) + b).named("Z")
  let a = sigmoid(z).named("A")
  let loss = -(y * log(a) + (1 - y) * log(1 - a)).mean()
  return tape.trace(of: loss.named("J"))
}

/// A layer of a network, of as many rows, columns and examples as are asked for.
func layer(_ rows: Int, _ columns: Int, _ examples: Int) -> Trace {
  let tape = Tape()
  func array(_ shape: [Int], _ start: Int) -> NumberArray {
    // Different numbers of both signs, without a pattern that a block's mean would hide.
    NumberArray(
      shape, (0..<shape.reduce(1, *)).map { Double(($0 + start) * 7919 % 1009 - 504) / 600 })
  }
  let w = tape.input(array([rows, columns], 1), "W")
  let x = tape.input(array([columns, examples], 2), "X")
  let b = tape.input(array([rows, 1], 3), "b")
  let h = tanh(w.matmul(x) + b).named("H")
  return tape.trace(of: h.mean().named("J"))
}

/// Figures of arrays: what stands in boxes and at edges, and what is said of it.
@Suite struct ArrayFigureTests {
  private func reading(
    _ trace: Trace, _ change: (inout FigureOptions) -> Void = { _ in }
  ) -> Reading {
    var options = FigureOptions()
    options.detail = .statements
    change(&options)
    return Reading(trace, options)
  }

  private func label(_ reading: Reading, _ source: String, _ target: String) -> String? {
    let trace = reading.trace
    let edge = trace.edges.indices.first {
      trace.nodes[trace.edges[$0].source].id == source
        && trace.nodes[trace.edges[$0].target].id == target
    }
    return edge.flatMap { reading.backwardLabels($0).first?.content.text.plain }
  }

  private func block(_ node: Figure.Node, _ kind: Figure.Cell.Kind) -> Figure.ArrayBlock? {
    for cell in node.rows.joined() where cell.kind == kind {
      if case .array(let block) = cell.content { return block }
    }
    return nil
  }

  /// A shape alone would be taken for the number.
  @Test(arguments: FigureOptions.Direction.allCases)
  func vectorsAtWiresAreTheirEntriesOrSaySo(_ direction: FigureOptions.Direction) throws {
    let program = "x = np.array([1, -2]); w = np.array([1, 2, 3, 4, 5]); y = np.sum(x)*np.sum(w)"
    let figure = try GradFigureTests.figure(program) {
      ($0.style, $0.direction) = (.circuit, direction)
    }
    let labels = figure.labelTexts
    #expect(labels.contains("[1, −2]"))
    #expect(labels.contains("5 entries"))
    #expect(!labels.contains("2") && !labels.contains("5"))
  }

  @Test func titlesHaveTheirShapes() {
    let figure = Figure(reading(vectorised()))
    let titles = figure.nodes.map { $0.rows[0][0].content.text.plain }
    #expect(titles.contains("Z = wᵀ X + b") && titles.contains("A = σ(Z)"))
    let shapes = figure.nodes.map { $0.rows[0][0].aside?.plain }
    #expect(shapes == ["2×1", "2×3", nil, "1×3", "1×3", "1×3", nil])
  }

  @Test func redEdgesReadAsACourseWritesThem() {
    let reading = reading(vectorised())
    #expect(label(reading, "w", "Z") == "X · dZᵀ")
    #expect(label(reading, "X", "Z") == "w · dZ")
    #expect(label(reading, "b", "Z") == "Σ dZ")
    #expect(label(reading, "Z", "A") == "⊙ σ′(Z)")
    #expect(label(reading, "A", "J") == "dJ · ∂J/∂A")
    let layer = self.reading(layer(3, 2, 4))
    #expect(label(layer, "W", "H") == "(dH ⊙ (1 − H²)) · Xᵀ")
    #expect(label(layer, "X", "H") == "Wᵀ · (dH ⊙ (1 − H²))")
    #expect(label(layer, "H", "J") == "1/12 · dJ")
  }

  @Test func theLargerOneTakesAllUnlessEntriesTie() {
    func label(_ b: [Double], _ name: String) -> String? {
      let tape = Tape()
      let sum = tape.input([1, 2], "x") + tape.input(b, "b")
      let larger = maximum(sum, tape.input([0, 4], "y")).named("m")
      return self.label(reading(tape.trace(of: larger.sum().named("J"))), name, "m")
    }
    #expect(label([3, -4], "y") == "⊙ [y > x + b]")
    #expect(label([3, -4], "x") == "⊙ [x + b > y]")
    #expect(label([-1, -4], "x") == "⊙ ∂maximum/∂(x + b)")
  }

  @Test func operationsHaveALabelEach() {
    let tape = Tape()
    let x = tape.input([[1, 2, 3], [4, 5, 6]], "X")
    let y = tape.input([[1, 2, 3]], "Y")
    let sum = (x + y).named("S")
    let scaled = (2 * sum).named("T")
    let turned = scaled.transposed.named("U")
    let flat = turned.reshaped(6).named("V")
    let some = flat[.slice(1, 4, nil)].named("R")
    let rows = x.sum(axis: 0).named("C")
    let reading = reading(tape.trace(of: (some * rows).sum().named("J"))) {
      $0.detail = .operations
    }
    #expect(label(reading, "X", "S") == "×1")
    #expect(label(reading, "Y", "S") == "Σ dS over rows")
    #expect(label(reading, "S", "T") == "×2")
    #expect(label(reading, "T", "U") == "dUᵀ")
    #expect(label(reading, "U", "V") == "reshaped to 3×2")
    #expect(label(reading, "V", "R") == "into [1:4]")
    #expect(label(reading, "X", "C") == "1 · dC over rows")
    #expect(label(reading, "R", "t1") == "⊙ C")
    #expect(label(reading, "t1", "J") == "1 · dJ")
  }

  @Test func whatGrowsByBroadcastingSaysSo() {
    let reading = reading(vectorised())
    let growing = reading.trace.edges.indices.compactMap { edge in
      reading.forwardLabels(edge).first.map {
        "\(reading.trace.nodes[reading.trace.edges[edge].source].id) \($0.content.text.plain)"
      }
    }
    #expect(growing == ["b → 1×3"])
  }

  // MARK: Numbers

  @Test func columnsAreAlignedAtThePoint() throws {
    let figure = Figure(reading(layer(4, 5, 3)))
    for node in figure.nodes {
      for kind in [Figure.Cell.Kind.value, .derivative] {
        guard let block = block(node, kind) else { continue }
        var points: [[Double]] = []
        for case .text(let text, let x, let y, let size, _) in block.items
        where Double(String(text.plain.map { $0 == "−" ? "-" : $0 })) != nil {
          let whole = text.plain.prefix { $0 != "." && $0 != "e" }
          let left = x - text.width(size: size) / 2
          points.append([y, left + FontMetrics.width(of: String(whole), size: size)])
        }
        let columns = points.filter { $0[0] == points[0][0] }.map { $0[1] }
        for point in points {
          #expect(columns.contains { abs($0 - point[1]) < 1e-6 }, "\(point) of \(columns)")
        }
      }
    }
  }

  @Test func differentEntriesNeverLookEqual() {
    var random = SeededRandom(seed: 14)
    for precision in [2, 4] {
      let format = NumberText(precision: precision)
      for _ in 0..<200 {
        let base = Double.random(in: -2...2, using: &random)
        let numbers =
          (0..<6).map { _ in
            base * (1 + Double.random(in: -1e-7...1e-7, using: &random))
          } + [0, 1e-9 * base]
        let text = ArrayText(numbers, format)
        for i in numbers.indices {
          for j in numbers.indices
          where NumberText.significant(numbers[i], 11) != NumberText.significant(numbers[j], 11) {
            #expect(text.entries[i] != text.entries[j], "\(numbers[i]) and \(numbers[j])")
          }
        }
      }
    }
  }

  @Test func aPowerOfTenInCommonSavesRoom() {
    let small = ArrayText([1.234e-5, -5e-7, 9.9e-6], NumberText())
    #expect(small.exponent == -5 && small.factor.plain == "×10⁻⁵")
    #expect(small.entries == ["1.234", "−0.05", "0.99"])
    #expect(ArrayText([1, 2.5, -3], NumberText()).exponent == 0)
    #expect(ArrayText([0, 0], NumberText()).entries == ["0", "0"])
    #expect(ArrayText([.nan, .infinity, 1], NumberText()).entries == ["NaN", "∞", "1"])
  }

  // MARK: Which look

  @Test func smallArraysAreWrittenOutAndLargeOnesAreMaps() throws {
    let figure = Figure(reading(layer(5, 4, 6)))
    func isMap(_ id: String) -> Bool? {
      figure.nodes.first { figure.trace.nodes[$0.traceNode].id == id }
        .flatMap { block($0, .value) }
        .map { $0.items.contains { if case .heat = $0 { true } else { false } } }
    }
    #expect(isMap("W") == false && isMap("X") == false && isMap("H") == true)
    for (look, expected) in [(FigureOptions.Arrays.heat, true), (.entries, false)] {
      let figure = Figure(reading(layer(5, 4, 6)) { $0.arrays = look })
      for node in figure.nodes {
        guard let block = block(node, .value) else { continue }
        #expect(block.items.contains { if case .heat = $0 { true } else { false } } == expected)
      }
    }
    let shapes = Figure(reading(layer(5, 4, 6)) { $0.arrays = .shape })
    #expect(shapes.nodes.allSatisfy { block($0, .value) == nil })
    let few = Figure(reading(layer(5, 4, 6)) { $0.entries = 19 })
    #expect(
      few.nodes[0].rows.joined().contains {
        if case .array(let b) = $0.content { b.items.count < 10 } else { false }
      })
  }

  @Test func slicesOfHigherRanksStandBesideEachOther() throws {
    let tape = Tape()
    let x = tape.input(NumberArray([12, 2, 3], (0..<72).map(Double.init)), "X")
    let figure = Figure(reading(tape.trace(of: x.sum().named("J"))))
    let items = try #require(block(figure.nodes[0], .value)).items
    let texts = items.compactMap { item -> String? in
      if case .text(let text, _, _, _, _) = item { text.plain } else { nil }
    }
    #expect(texts.prefix(8) == ["[0]", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]"])
    #expect(texts.contains("+ 4 more") && texts.last == "0 … 71")
    #expect(items.count { if case .heat = $0 { true } else { false } } == 8)
  }

  @Test func whatIsNoParameterHasNoRedPart() throws {
    let trace = vectorised()
    let marked = trace.marking(parameters: [try #require(trace.index(of: "w"))])
    let figure = Figure(reading(marked))
    let x = try #require(figure.nodes.first { figure.trace.nodes[$0.traceNode].id == "X" })
    #expect(block(x, .value) != nil && block(x, .derivative) == nil)
    #expect(x.rows.joined().allSatisfy { $0.kind != .derivative })
  }

  // MARK: Words

  @Test func descriptionsHaveSmallArraysInFullAndLargeOnesInShort() {
    let small = reading(vectorised()).summary
    #expect(small.contains("X = [[1, 2, −1], [3, 4, −3.2]]"))
    #expect(small.contains("dw = X · dZᵀ = [[0.9985], [2.395]]"))
    let large = reading(layer(5, 6, 7)).summary
    #expect(large.contains("W = 5×6, ") && large.contains("norm "))
  }

  @Test func stepsHaveFormulasAndArrays() {
    let sentences = reading(vectorised()).steps.map(\.sentence)
    #expect(sentences.contains("A = σ(Z) = [[0.9999, 1, 0.004496]]"))
    #expect(
      sentences.contains(
        "dX = w · dZ = [[−4.113e−5, 0.3333, −0.3318], [−8.226e−5, 0.6667, −0.6637]]"))
    #expect(sentences.count == 11)
  }

  @Test func whatComesBackOverSeveralEdgesAddsUpStepByStep() throws {
    let tape = Tape()
    let a = tape.input([1, 2], "a")
    let b = tape.input([3, 5], "b")
    let c = try Variable.applying(.concatenate(axis: 0), to: [a, b]).named("c")
    let output = (c.sum() + a.matmul(b)).named("J")
    let sentences = reading(tape.trace(of: output)).steps.map(\.sentence)
    #expect(sentences.contains("J = sum(c) + a · b = 24"))
    #expect(sentences.contains("da = dJ · b + … = [3, 5] + …"))
    #expect(sentences.contains("da = … + part 1 of dc = [4, 6]"))
  }

  @Test(arguments: Style.all.indices) func everyStyleDrawsArrays(_ index: Int) {
    for direction in FigureOptions.Direction.allCases {
      let figure = Figure(
        Reading(
          vectorised(),
          {
            var options = FigureOptions()
            options.style = Style.all[index]
            options.direction = direction
            return options
          }()))
      let texts =
        figure.nodes.flatMap { $0.rows.joined() }.map(\.content.text.plain)
        + figure.edges.flatMap { $0.labels.map(\.content.text.plain) }
      #expect(texts.allSatisfy { !$0.contains("NaN") }, "\(texts)")
    }
  }

  @Test func entriesThatDifferByRoundingAloneReadAlike() {
    let texts = ArrayText(plain: array([0.0063897722749, 0.006389772274905, 0.02]), NumberText())
    #expect(texts.entries == ["0.00639", "0.00639", "0.02"])
    let others = ArrayText(plain: array([0.0063897, 0.0063898, 0.02]), NumberText())
    #expect(others.entries == ["0.0063897", "0.0063898", "0.02"])
  }

  private func array(_ entries: [Double], _ type: String? = nil) -> NumberArray {
    var array = NumberArray([entries.count], entries)
    array.type = type
    return array
  }

  @Test func numbersOfSinglePrecisionAreAsLongAsThoseBesideThem() {
    func texts(_ entries: [Double], _ type: String?) -> [String] {
      ArrayText(array(entries, type), NumberText()).entries
    }
    let computed = [0.70958215, 0.661626, 0.63073444, 2]
    #expect(texts(computed, "float32") == ["0.7096", "0.6616", "0.6307", "2"])
    #expect(texts(computed, nil) == ["0.7096", "0.661626", "0.6307", "2"])
    // Those that somebody has written stay as they are.
    #expect(texts([33.003, 0.12345, 1], "float32") == ["33.003", "0.12345", "1"])
  }
}
