import ArgumentParser
import GradBase
import GradCore
import GradFigure
import GradLanguage
import GraphvizGrad

/// The options of gradient descent.
struct DescentArguments: ParsableArguments {
  @Flag(help: "Show steps of gradient descent, by what --wrt names (default: no).")
  var descend = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many steps there are, 1 to \(grouped(DescentRequest.mostSteps)) (default: as many as the "
        + "program's loop has passes, else 100).",
      valueName: "number"))
  var steps: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What a step is multiplied by, such as 0.009 (default: the program's own, else 0.1; "
        + "1 for newton).",
      valueName: "number"))
  var rate: String?

  @Option(
    help: ArgumentHelp(
      "How the parameters are moved: \(words(Optimizer.all.map(\.name))) (default: the program's "
        + "own, else sgd).", valueName: "optimizer"),
    completion: .list(Optimizer.all.map(\.name)))
  var optimizer: String?

  @Option(
    help: ArgumentHelp(
      "The steps that have a frame, such as 0,1,10,100 (default: 0, 1, 2, 5, 10, 20, 50 and so on).",
      valueName: "numbers"))
  var showSteps: String?

  /// The descent that is asked for.
  ///
  /// - Parameter frames: The other options of frames, some of which say nothing of a descent.
  /// - Returns: What is asked for, `nil` if it is no descent, and everything that is wrong with it.
  func options(beside frames: FrameArguments) -> (DescentRequest?, [Diagnostic]) {
    guard descend else { return (nil, mistakesWithout) }
    var mistakes: [Diagnostic] = []
    func mistake(_ message: String, _ help: String?) {
      mistakes.append(Messages.error("bad-option", message, help: help))
    }
    let all: [(String, Bool, String)] = [
      ("pass", frames.pass != nil, "every frame shows both passes"),
      ("emphasis", frames.emphasis != nil, "every frame shows all numbers of a step"),
      ("ghost", frames.ghost, "every frame shows all numbers of a step"),
    ]
    for (option, isGiven, help) in all where isGiven {
      mistake("--\(option) says nothing of --descend", "leave it out: \(help)")
    }
    var request = DescentRequest()
    if let optimizer {
      request.optimizer = Optimizer.named(optimizer)
      if request.optimizer == nil {
        let known = Optimizer.all.map(\.name)
        let unknown = FigureOption.Mistake(unknown: optimizer, "optimizer", known)
        mistake("--optimizer: \(unknown.message)", unknown.help)
      }
    }
    if let rate {
      let (value, problem) = Self.rate(rate)
      request.rate = value
      if let problem { mistake("--rate: \(problem)", "a positive number, such as 0.1") }
    }
    if let steps {
      request.count = Int(steps)
      if !(1...DescentRequest.mostSteps).contains(request.count ?? 0) {
        mistake(
          "--steps: '\(steps)' is no number of steps",
          "a whole number from 1 to \(grouped(DescentRequest.mostSteps))")
      }
    }
    if let showSteps {
      request.shown = Self.list(showSteps)
      if request.shown == nil {
        mistake(
          "--show-steps: '\(showSteps)' is no list of steps", "whole numbers, such as 0,1,10,100")
      }
    }
    return mistakes.isEmpty ? (request, []) : (nil, mistakes)
  }

  /// Options of descent that are given without it.
  private var mistakesWithout: [Diagnostic] {
    [
      ("steps", steps), ("rate", rate), ("optimizer", optimizer), ("show-steps", showSteps),
    ].filter { $0.1 != nil }.map { name, _ in
      Messages.error(
        "bad-option", "--\(name) says nothing without --descend", help: "add --descend")
    }
  }

  /// A rate, or what is wrong with it.
  private static func rate(_ text: String) -> (value: Double?, problem: String?) {
    guard let value = Double(text), !value.isNaN else { return (nil, "'\(text)' is no number") }
    if value == 0 { return (nil, "a rate of \(text) moves nothing") }
    if value < 0 { return (nil, "a rate of \(text) goes up instead of down") }
    return value.isInfinite ? (nil, "'\(text)' is not finite") : (value, nil)
  }

  /// Steps in rising order, each once; `nil` for what is no list of them.
  private static func list(_ text: String) -> [Int]? {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      item.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(item) : nil
    }
    let known = numbers.compactMap(\.self)
    return known.count == numbers.count ? Array(Set(known)).sorted() : nil
  }
}
