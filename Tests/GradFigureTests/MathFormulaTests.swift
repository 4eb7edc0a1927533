import GradCore
import GradLanguage
import TestSupport
import Testing

@testable import GradFigure

@Suite struct MathFormulaTests {
  @Test(
    arguments: [
      ("3*v", "3·v"), ("sigmoid(v)", "σ(v)"), ("v**2", "v²"), ("v**(w+1)", "v^(w + 1)"),
      ("(v+w)**2", "(v + w)²"), ("-v**2", "−v²"), ("(-v)**2", "(−v)²"), ("2**-v", "2^(−v)"),
      ("v*(w+1)", "v·(w + 1)"), ("v/(w*2)", "v / (w·2)"), ("v/w/2", "(v/w) / 2"),
      ("v/(w/2)", "v / (w/2)"), ("v-(w-1)", "v − (w − 1)"), ("v-w-1", "v − w − 1"),
      ("v-(w+1)", "v − (w + 1)"), ("-(v*w)", "−(v·w)"), ("v*-w", "v·(−w)"),
      ("sqrt(v+w)", "√(v + w)"),
      ("1/2*v**2", "(1/2)·v²"), ("-(v/w)*sin(v)", "−(v/w)·sin(v)"),
      ("-v/w*sin(v)", "(−v / w)·sin(v)"),
      ("v*(w/2)", "v·(w/2)"), ("(v/w)**2", "(v/w)²"), ("v*w/2", "v·w / 2"), ("v/w + 1", "v/w + 1"),
      ("-(v+w)", "−(v + w)"), ("(v+w)/2", "(v + w) / 2"), ("v - -w", "v − (−w)"),
      ("v + -w*2", "v + (−w·2)"), ("1.2e-7**v", "(1.2e−7)^(v)"), ("sqrt(v)*w", "√(v)·w"),
      ("w*sqrt(v)", "w·√v"), ("w*sqrt(v)/2", "w·√(v) / 2"), ("sqrt(v) + w", "√v + w"),
      ("-sqrt(v)*w", "−√(v)·w"), ("sqrt(v)**2", "(√v)²"), ("square(square(v))", "(v²)²"),
      ("sin(cos(v)/w)/2", "sin(cos(v) / w) / 2"),
      ("sqrt(v)", "√v"), ("abs(v-w)", "|v − w|"), ("log2(v)", "log₂(v)"), ("exp(-v)", "exp(−v)"),
      ("max(v,w)", "max(v, w)"), ("relu(v)", "ReLU(v)"), ("2*pi*v", "2·π·v"), ("v*1e-7", "v·1e−7"),
      ("(v**2)**w", "(v²)^(w)"), ("v**w**2", "v^(w²)"),
      ("v**(w**(v+1))", "v^(w^(v + 1))"), ("v**(2*w**2)", "v^(2·w²)"), ("square(v+w)", "(v + w)²"),
    ] as [(String, String)])
  func formulasAsMathematics(_ program: String, _ text: String) throws {
    let trace = try trace("v = 0.5; w = 1.5; J = \(program)")
    let figure = Figure(Reading(trace))
    let shown = trace.mathFormula(
      of: trace.output, in: nil, downTo: { trace.nodes[$0].name != nil },
      mention: { MathText(trace.nodes[$0].name ?? "?") })
    #expect(shown.plain == text)
    #expect(!figure.summary.isEmpty)
  }

  /// A formula means what it is printed for: read again as a program, it has the same value.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func whatIsPrintedHasTheValueOfWhatWasWritten(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let names = ["a", "b", "c"]
    let head = "a = 0.75; b = 1.25; c = 2.5; "
    for _ in 0..<10 {
      let program = expression(depth: 4, names, &random)
      let trace = try trace(head + "J = " + program)
      guard trace.nodes[trace.output].kind == .operation else { continue }
      let text = trace.mathFormula(
        of: trace.output, in: nil, downTo: { trace.nodes[$0].name != nil },
        mention: { MathText(trace.nodes[$0].name ?? "?") })
      let again = try GradFigureTests.trace(head + "J = " + spelled(text))
      let (old, new) = (trace.nodes[trace.output], again.nodes[again.output])
      expectClose(
        new.value, old.value, tolerance: 1e-12, "seed \(seed): \(program) as \(text.plain)")
      #expect(!hasDoubtfulStroke(text.plain), "seed \(seed): \(program) as \(text.plain)")
      expectClose(
        again["a"]?.derivative ?? .nan, trace["a"]?.derivative ?? .nan, tolerance: 1e-12,
        "seed \(seed): \(program) as \(text.plain)")
    }
  }

  /// Whether a product or a quotient goes on behind a stroke, where readers see no brackets:
  /// `1 / 2·x`, or behind a root.
  private func hasDoubtfulStroke(_ text: String) -> Bool {
    var isBehindStroke = [false]
    var last: Character = " "
    for letter in text {
      switch letter {
      case "(": isBehindStroke.append(false)
      case ")": isBehindStroke.removeLast()
      case "/" where isBehindStroke.last == true, "·" where isBehindStroke.last == true: return true
      case "/": isBehindStroke[isBehindStroke.count - 1] = true
      case "+", "−", ",": isBehindStroke[isBehindStroke.count - 1] = false
      default: break
      }
      last = letter
    }
    return last == "/"
  }

  @Test func theReaderOfTestsIsNotBlind() {
    for text in ["1 / 2·x²", "a/b / c", "(a + 1) / b·c"] { #expect(hasDoubtfulStroke(text)) }
    for text in ["(1/2)·x²", "a·b / c", "a/b + c·d", "f(a/b, c·d)"] {
      #expect(!hasDoubtfulStroke(text))
    }
  }

  /// An expression by chance, with brackets only where the reader needs them or not.
  private func expression(
    depth: Int, _ names: [String], _ random: inout SeededRandom
  ) -> String {
    if depth == 0 || Int.random(in: 0..<6, using: &random) == 0 {
      return Int.random(in: 0..<4, using: &random) == 0
        ? "\(Int.random(in: 1...9, using: &random))"
        : names[Int.random(in: 0..<names.count, using: &random)]
    }
    func part() -> String {
      let text = expression(depth: depth - 1, names, &random)
      return "(\(text))"
    }
    switch Int.random(in: 0..<13, using: &random) {
    case 10: return "\(part()) / \(Int.random(in: 2...9, using: &random))"
    case 11: return "sqrt(\(names[Int.random(in: 0..<names.count, using: &random)])) * \(part())"
    case 12: return "\(Int.random(in: 1...9, using: &random)) / \(names[0]) * \(part())"
    case 0: return "\(part()) + \(part())"
    case 1: return "\(part()) - \(part())"
    case 2: return "\(part()) * \(part())"
    case 3: return "\(part()) / (2 + \(part())**2)"
    case 4: return "-\(part())"
    case 5: return "\(part())**2"
    case 6: return "2**(sin(\(part())))"
    case 7: return "sigmoid(\(part()))"
    case 8: return "max(\(part()), \(part()))"
    default: return "sqrt(abs(\(part())) + 1)"
    }
  }

  /// Mathematics as a program writes it: raised text is a power, signs are ASCII.
  private func spelled(_ text: MathText) -> String {
    var program = ""
    for run in text.runs {
      var part = run.text
      for (sign, word) in [("·", "*"), ("−", "-"), ("σ", "sigmoid"), ("²", "**2"), ("^", "**")] {
        part = part.replacing(sign, with: word)
      }
      program += run.level == .raised ? "**(\(part))" : part
    }
    // `|x|` and `√x` have no spelling of their own.
    return roots(bars(program))
  }

  /// `|x|` as `abs(x)`; in these formulas bars that open follow a sign or a bracket.
  private func bars(_ text: String) -> String {
    var result = ""
    var last: Character = "("
    for letter in text {
      if letter == "|" {
        result += "(,+-*/| √".contains(last) ? "abs(" : ")"
      } else {
        result.append(letter)
      }
      if letter != " " { last = letter == "|" && result.hasSuffix(")") ? ")" : letter }
    }
    return result
  }

  /// `√(x)` and `√x` as `sqrt(x)`.
  private func roots(_ text: String) -> String {
    text.replacing(/√([a-z])/) { "sqrt(\($0.1))" }.replacing("√", with: "sqrt")
  }
}
