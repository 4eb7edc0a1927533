package import GradCore

/// What a frame of descent says besides the figure.
package struct DescentCaption: Sendable {
  /// How many updates came before.
  package var step: Int
  /// `Step 10 of 100: J = 0.45`.
  package var title: MathText
  /// How the parameters are moved, in lines; with the numbers of this step where they are few.
  package var rules: [MathText]
  /// The step, the loss and the parameters.
  package var sentence: MathText
  /// The same with the derivatives and the rule, for who cannot see the picture.
  package var description: String
}

extension Reading {
  /// What the frame of one step of a descent says; the reading is that of the step's computation.
  package func caption(of descent: Descent, at number: Int) -> DescentCaption {
    let step = descent.steps[number]
    let parameters = descent.names.map { name in
      full.index(of: name).map { self.name(ofOrigin: $0) } ?? MathText(name)
    }
    let derivatives = parameters.map { options.notation.derivative(name(of: trace.output), $0) }
    let isLast = number == descent.steps.count - 1
    let loss: MathText = "\(name(of: trace.output)) = \(self.number(step.loss))"
    let title = words.descent.step(String(number), String(descent.options.count), loss)
    func list(_ names: [MathText], _ arrays: [NumberArray]) -> [MathText] {
      let texts = zip(names, arrays).prefix(Self.mostParameters).map { name, array in
        let text = array.shape.isEmpty ? self.number(array.entries[0]) : text(of: array)
        return "\(name) = \(text)" as MathText
      }
      return names.count > texts.count ? texts + [MathText("…")] : texts
    }
    let values = list(parameters, step.parameters)
    let isNumber = step.parameters.count == 1 && step.parameters[0].shape.isEmpty
    // Of the last step the update that led to it, if there was one.
    let update = min(number, descent.rates.count - 1)
    let rates =
      update >= 0 ? descent.rates[update] : parameters.map { _ in descent.options.rate }
    let rule = DescentRule(
      descent.options, parameters, derivatives, self, rates: rates.map { self.number($0) },
      isOfNumber: isNumber)
    let solves = isNumber && descent.options.optimizer.solves
    let second = solves ? (try? full.hessian(by: descent.names))?[0, 0] : nil
    var rules = rule.lines
    if !isLast {
      let next = descent.steps[number + 1]
      for index in rules.indices {
        rules[index].append(rule.numbers(ofLine: index, step, next, second, rates))
      }
    }
    let end: MathText? =
      switch descent.ending {
      case .notFinite(let step, let name) where isLast:
        words.descent.stops(
          String(step), full.index(of: name).map { self.name(ofOrigin: $0) } ?? MathText(name))
      case .singular(let step) where isLast: words.descent.singular(String(step))
      default: nil
      }
    if let end { rules.append(end) }
    let sentence = words.descent.sentence(title, values)
    return DescentCaption(
      step: number, title: title, rules: rules, sentence: sentence,
      description: [
        sentence.plain, words.descent.derivatives(list(derivatives, step.derivatives)).plain,
        isLast ? end?.plain : words.descent.next(rules).plain,
      ].compactMap(\.self).joined(separator: " "))
  }

  /// The rule of a descent with `{rate}` for its rate.
  package func ruleForAnyRate(
    _ options: Descent.Options, of names: [String]
  ) -> [String] {
    let parameters = names.map { name in
      full.index(of: name).map { self.name(ofOrigin: $0) } ?? MathText(name)
    }
    let derivatives = parameters.map {
      self.options.notation.derivative(name(of: trace.output), $0)
    }
    return DescentRule(
      options, parameters, derivatives, self, rates: parameters.map { _ in "{rate}" },
      isOfNumber: false
    )
    .lines.map(\.plain)
  }

  /// What a descent is, in one sentence.
  package func summary(of descent: Descent) -> String {
    let names = descent.names.map { name in
      full.index(of: name).map { self.name(ofOrigin: $0) } ?? MathText(name)
    }
    let steps = descent.steps
    let rates = descent.rates.joined()
    let (least, most) = (
      rates.min() ?? descent.options.rate, rates.max() ?? descent.options.rate
    )
    return words.descent.summary(
      descent.options.optimizer.name,
      least == most ? number(most) : "\(number(least)) … \(number(most))", names,
      name(of: trace.output), number(steps[0].loss), number(steps[steps.count - 1].loss),
      String(steps.count - 1)
    ).plain
  }

  /// How many parameters a sentence names at most.
  private static let mostParameters = 6
}

/// The rule by which descent moves parameters, written with their names.
struct DescentRule {
  /// The rule, line by line.
  let lines: [MathText]
  /// Which parameter each line moves, and how many numbers it takes for it; `nil` for one that moves none.
  private let moved: [Int?]
  private let reading: Reading
  private let options: Descent.Options

  /// How many lines there are at most with the names of all parameters; else one stands for all.
  private static let mostLines = 4

  init(
    _ options: Descent.Options, _ names: [MathText], _ derivatives: [MathText], _ reading: Reading,
    rates: [MathText], isOfNumber: Bool
  ) {
    (self.options, self.reading) = (options, reading)
    if options.optimizer.solves {
      let line = Self.solving(
        options, names, derivatives, reading, rates.first ?? "1", isOfNumber)
      lines = isOfNumber ? [line] : [line, "\(MathName.text("theta")) = \(Self.list(names))"]
      moved = lines.map { _ in isOfNumber ? 0 : nil }
      return
    }
    let rule = options.optimizer.rule
    let isShort = names.count * rule.count <= Self.mostLines
    if !isShort, names.count > 1 {
      let any = MathName.text("theta")
      let derivative = reading.options.notation.derivative(
        reading.name(of: reading.trace.output), any)
      // Parameters that have rates of their own share their letter.
      let isOne = Set(rates.map(\.plain)).count == 1
      let rate = isOne ? rates[0] : MathName.text("alpha")
      lines =
        rule.map { Self.line($0, any, derivative, index: MathText(), rate, options, reading) }
        + ["\(any) = \(Self.list(names))"]
      moved = lines.map { _ in nil }
      return
    }
    var lines: [MathText] = []
    var moved: [Int?] = []
    for (place, (name, derivative)) in zip(names, derivatives).enumerated() {
      let isPlain = names.count == 1 && !options.optimizer.memories.contains(name.plain)
      for template in rule {
        lines.append(
          Self.line(
            template, name, derivative, index: isPlain ? MathText() : name, rates[place], options,
            reading))
        moved.append(template.hasPrefix("{w} ←") ? place : nil)
      }
    }
    (self.lines, self.moved) = (lines, moved)
  }

  /// What follows the rule of one number: ` = 2 − 0.009 · 0.5 = 1.9955`; nothing for an array.
  ///
  /// - Parameters:
  ///   - index: The line.
  ///   - step: The numbers before.
  ///   - next: The numbers after.
  ///   - second: The second derivative by the number, where the rule divides by it.
  ///   - rates: What the update multiplies by, for each parameter.
  /// - Returns: The numbers, behind the rule.
  func numbers(
    ofLine index: Int, _ step: Descent.Step, _ next: Descent.Step, _ second: Double?,
    _ rates: [Double]
  ) -> MathText {
    guard index < moved.count, let place = moved[index], step.parameters[place].shape.isEmpty else {
      return MathText()
    }
    let (before, after) = (step.parameters[place].entries[0], next.parameters[place].entries[0])
    let digits = reading.options.numbers.digits(ofPair: before, after)
    func text(_ number: Double) -> MathText { reading.options.numbers.text(number, .other, digits) }
    if !options.optimizer.memories.isEmpty { return " = \(text(after))" }
    let derivative = reading.number(step.derivatives[place].entries[0]).beginning(.signed)
    if let second {
      let factor = Self.factor(reading.number(rates[place]))
      let below = reading.number(second).beginning(.signed)
      return " = \(text(before)) − \(factor)\(derivative) / \(below) = \(text(after))"
    }
    return " = \(text(before)) − \(reading.number(rates[place])) · \(derivative) = \(text(after))"
  }

  /// Newton's rule: of one number with its second derivative, `x ← x − dx / d²x`, else with the
  /// Hessian.
  private static func solving(
    _ options: Descent.Options, _ names: [MathText], _ derivatives: [MathText],
    _ reading: Reading, _ rate: MathText, _ isOfNumber: Bool
  ) -> MathText {
    let (notation, output) = (reading.options.notation, reading.name(of: reading.trace.output))
    let factor = Self.factor(rate)
    if isOfNumber {
      let second = notation.second(output, names[0], names[0])
      return "\(names[0]) ← \(names[0]) − \(factor)\(derivatives[0]) / \(notation.divisor(second))"
    }
    let any = MathName.text("theta")
    var inverse: MathText = "H"
    inverse.append("−1", .raised)
    return "\(any) ← \(any) − \(factor)\(inverse) · \(notation.derivative(output, any))"
  }

  /// `0.5 · `; nothing for a rate of 1.
  private static func factor(_ rate: MathText) -> MathText {
    rate.plain == "1" ? MathText() : "\(rate) · "
  }

  /// The names of parameters, six at most.
  private static func list(_ names: [MathText]) -> MathText {
    var list = names.prefix(6).joined(separator: ", ")
    if names.count > 6 { list.append(", …") }
    return list
  }

  /// One line of a rule, its words in braces replaced.
  private static func line(
    _ template: String, _ name: MathText, _ derivative: MathText, index: MathText, _ rate: MathText,
    _ options: Descent.Options, _ reading: Reading
  ) -> MathText {
    var line = MathText()
    let pieces = template.split(omittingEmptySubsequences: false) { $0 == "{" || $0 == "}" }
    for (place, piece) in pieces.enumerated() {
      let word = String(piece)
      if place.isMultiple(of: 2) {
        for (part, text) in word.split(separator: "ᵗ", omittingEmptySubsequences: false)
          .enumerated()
        {
          if part > 0 { line.append("t", .raised) }
          line.append(unicode: String(text))
        }
        continue
      }
      switch word {
      case "w": line.append(name)
      case "dw":
        let isPower = place + 1 < pieces.count && pieces[place + 1].hasPrefix("²")
        line.append(isPower && derivative.plain.contains("/") ? "(\(derivative))" : derivative)
      case "rate": line.append(rate)
      default:
        let (isRest, constant) =
          word.hasPrefix("1-") ? (true, String(word.dropFirst(2))) : (false, word)
        if let value = options.optimizer.constants.first(where: { $0.name == constant })?.value {
          line.append(reading.number(isRest ? 1 - value : value))
        } else {
          line.append(MathName.text(word))
          if !index.isEmpty { line.append(index.plain, .lowered) }
        }
      }
    }
    return line
  }
}
