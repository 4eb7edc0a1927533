import GradCore
import GradFigure
import Testing

@testable import GradLesson

/// Lessons: forward steps, chain rules, sums at forks, what is used again.
@Suite struct LessonTests {
  private let leibniz = FigureOptions.with { $0.notation = .leibniz }

  @Test func theLecture() throws {
    let sheet = Sheet.lesson(try trace(lecture), leibniz)
    #expect(
      sheet.chains == [
        "u = b·c = 3·2 = 6", "v = a + u = 5 + 6 = 11", "J = 3·v = 3·11 = 33",
        "dJ/dv = dJ/dJ · ∂J/∂v = 1 · 3 = 3", "dJ/du = dJ/dv · ∂v/∂u = 3 · 1 = 3",
        "dJ/dc = dJ/du · ∂u/∂c = 3 · b = 3 · 3 = 9", "dJ/db = dJ/du · ∂u/∂b = 3 · c = 3 · 2 = 6",
        "dJ/da = dJ/dv · ∂v/∂a = 3 · 1 = 3",
      ])
    #expect(sheet.paragraphs.contains("Given: a = 5, b = 3 and c = 2."))
    #expect(
      sheet.paragraphs.contains(
        "b acts on J through u. dJ/du = 3 is known already and is used again."))
    #expect(
      sheet.paragraphs.contains("All derivatives by inputs: dJ/da = 3, dJ/db = 6 and dJ/dc = 9."))
  }

  @Test(arguments: [
    ("dvar", "db = du · ∂u/∂b = 3 · c = 3 · 2 = 6"),
    ("partial", "∂J/∂b = ∂J/∂u · ∂u/∂b = 3 · c = 3 · 2 = 6"),
    ("grad", "b.grad = u.grad · ∂u/∂b = 3 · c = 3 · 2 = 6"),
    ("bar", "b̄ = ū · ∂u/∂b = 3 · c = 3 · 2 = 6"),
  ])
  func notations(_ name: String, _ chain: String) throws {
    let notation = try #require(Notation.all.first { $0.name == name })
    let sheet = Sheet.lesson(try trace(lecture), .with { $0.notation = notation })
    #expect(sheet.chains.contains(chain))
  }

  @Test func contributionsAddUpAtAFork() throws {
    let sheet = Sheet.lesson(try trace(colah), leibniz)
    #expect(
      sheet.chains.contains("de/db = de/dc · ∂c/∂b + de/dd · ∂d/∂b = 2 · 1 + 3 · 1 = 2 + 3 = 5"))
    #expect(
      sheet.paragraphs.contains(
        "b acts on e through c and d; what comes back from each adds up. "
          + "de/dc = 2 and de/dd = 3 are known already and are used again."))
  }

  /// A value that is a sum has the digits that a reader needs to add it up, literals included.
  @Test func valuesAddUpAsPrinted() throws {
    let sheet = Sheet.lesson(
      try trace(
        """
        x = 1.1458372; y = 1.2345678; a = 3*x; b = a + a; c = b + a + y
        d = c - (a + 0.123456789); e = -a + d; J = e*d
        """))
    for chain in [
      "b = a + a = 3.4375 + 3.4375 = 6.875", "c = b + a + y = 6.875 + 3.438 + 1.235 = 11.55",
      "d = c − (a + 0.123457) = 11.5471 − (3.43751 + 0.123457) = 7.98613",
      "e = −a + d = −3.4375 + 7.9861 = 4.5486", "J = e·d = 4.549·7.986 = 36.33",
    ] {
      #expect(sheet.chains.contains(chain), "\(chain)")
    }
  }

  @Test func oneInputOnly() throws {
    var options = leibniz
    options.wrt = ["b"]
    let sheet = Sheet.lesson(try trace(lecture), options)
    #expect(sheet.chains.suffix(3).map { $0.prefix(6) } == ["dJ/dv ", "dJ/du ", "dJ/db "])
    #expect(sheet.items.isEmpty)
  }

  @Test func negativeNumbersStandInBrackets() throws {
    let sheet = Sheet.lesson(try trace("x=-2; y=5; z=-4; q=x+y; f=q*z; g=z-q; h=f*g"))
    #expect(sheet.chains.contains("f = q·z = 3·(−4) = −12"))
    #expect(sheet.chains.contains("g = z − q = −4 − 3 = −7"))
  }

  @Test func anUnusedNodeIsSaidToBeOne() throws {
    let sheet = Sheet.lesson(try trace("x=2; w=3*x; y=x*x"))
    #expect(sheet.paragraphs.contains("Nothing that y needs is computed from w."))
    #expect(sheet.chains.contains("dw = 0"))
  }

  @Test func languages() throws {
    for language in Language.all {
      let sheet = Sheet.lesson(try trace(lecture), .with { $0.language = language })
      #expect(sheet.language == language.tag)
      #expect(sheet.chains.count == 8)
    }
    let sheet = Sheet.lesson(try trace(lecture), .with { $0.language = .traditionalChinese })
    #expect(sheet.title.plain == "逐步求 J 的導數")
    #expect(sheet.paragraphs.contains("b 經由 u 影響 J。du = 3 前面已求得，在此重複使用。"))
  }

  @Test func whatTheWayBackSaved() throws {
    let items = Sheet.lesson(try trace(lecture)).items
    #expect(
      items[0]
        == "One sweep backward: 5 multiplications and 0 additions, 5 operations for all 3 derivatives."
    )
    #expect(items[1] == "One forward-mode sweep for each input: 2 + 3 + 3 = 8 operations.")
    #expect(items[2].contains("4 + 5 + 5 = 14 operations"))
  }

  @Test(arguments: [
    // Operations, partials, backward (products, sums), forward, recomputed.
    (lecture, 3, 5, SweepCost(multiplications: 5, additions: 0), [2, 3, 3], [2, 3, 3]),
    (colah, 3, 5, SweepCost(multiplications: 5, additions: 1), [2, 5], [2, 3]),
    ("x=3; y=x*x", 1, 2, SweepCost(multiplications: 2, additions: 1), [3], [1]),
    // Neither constants nor what the output does not need take part.
    ("x=3; w=exp(x); y=2*3*x", 1, 1, SweepCost(multiplications: 1, additions: 0), [1], [1]),
  ])
  func costs(
    _ program: String, _ operations: Int, _ partials: Int, _ backward: SweepCost, _ forward: [Int],
    _ recomputed: [Int]
  ) throws {
    let cost = DifferentiationCost(try trace(program))
    #expect(cost.operations == operations)
    #expect(cost.partials == partials)
    #expect(cost.backward == backward)
    #expect(cost.forward.map(\.total) == forward)
    #expect(cost.recomputed == recomputed)
  }

  @Test func arraysThatAreKnownAreToldByTheirShape() throws {
    let text =
      "W=np.array([[0.1, 0.5], [-0.3, 0.8]]); x=np.array([0.2, 0.4]); q=W@x; f=np.sum(q**2)"
    let sheet = Sheet.lesson(try trace(text), .with { $0.notation = .dvar })
    #expect(sheet.chains.contains("dW = dq · xᵀ = [[0.088, 0.176], [0.104, 0.208]]"))
    #expect(
      sheet.paragraphs.contains(
        "W acts on f through q. dq (2) is known already and is used again."))
    #expect(sheet.paragraphs.contains("All derivatives by inputs: dW (2×2) and dx (2)."))
  }
}
