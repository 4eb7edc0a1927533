import GradCore

/// Values that are sums, with the digits that make them add up as printed.
extension Reading {
  /// The right-hand side of node `index` with the values of its operands in the place of their names and
  /// `dot` as the sign of multiplication, `3·2`, and the value, `6`.
  package func valueEquation(
    of index: Int, dot: String = "·"
  ) -> (numbers: MathText, value: MathText) {
    guard valueAfter(of: index) == nil, let sum = sum(of: origins[index]) else {
      return (formulaInNumbers(of: index, dot: dot), value(of: index))
    }
    let total = trace.nodes[index].value
    let digits = options.numbers.digits(ofSum: sum.terms, literals: sum.literals, total)
    return (
      formulaInNumbers(of: index, dot: dot, digits, .term),
      options.numbers.text(
        total, .value(index), digits, .total(signs: sum.signs, literals: sum.literals))
    )
  }

  /// What is added up to a value where its formula is a sum of values and numbers, `c − a + 0.5`.
  private struct Sum {
    /// The values as they are added: a subtracted one with the other sign.
    var terms: [Double] = []
    /// 1 for what is added, and −1 for what is subtracted.
    var signs: [Double] = []
    /// The numbers of the formula, as they are printed and added.
    var literals: [Double] = []
  }

  /// The sum that node `origin` of the whole trace is written as; `nil` where its formula is something
  /// else, or longer than anybody adds up.
  private func sum(of origin: Int) -> Sum? {
    var sum = Sum()
    var rest: [(node: Int, sign: Double)] = [(origin, 1)]
    while let (node, sign) = rest.popLast() {
      if full.nodes[node].array != nil || rest.count > Self.mostTerms { return nil }
      if node != origin && isMentioned(node) || full.nodes[node].kind == .input {
        sum.terms.append(sign * full.nodes[node].value)
        sum.signs.append(sign)
      } else if full.nodes[node].kind == .constant {
        // Letters stand for more digits than anybody adds up.
        guard let literal = MathLiteral.printed(full.nodes[node]) else { return nil }
        sum.literals.append(sign * literal)
      } else {
        guard let row = full.nodes[node].row, full.nodes[node].condition == nil,
          full.callTemplate(of: node, outside: selection.scope(of: origin, in: full)) == nil
        else { return nil }
        let operands = full.operands(of: node)
        switch row.spelling {
        case .additive(let second):
          rest.append((operands[1], second == "-" ? -sign : sign))
          rest.append((operands[0], sign))
        case .prefix: rest.append((operands[0], -sign))
        default: return nil
        }
      }
      if sum.terms.count + sum.literals.count > Self.mostTerms { return nil }
    }
    return sum.terms.count + sum.literals.count > 1 ? sum : nil
  }
}
