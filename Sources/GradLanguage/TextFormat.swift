import GradBase

/// How Python writes values into texts: `f"{x:.2f}"`, `"%d" % n`, `"{}".format(n)`.
struct TextFormat {
  private var fill: Character = " "
  private var alignment: Character?
  private var sign: Character = "-"
  private var width = 0
  private var hasCommas = false
  private var hasPrefix = false
  private var precision: Int?
  private var type: Character?

  /// Reads what stands behind the colon: `>8.3f`, `02d`, `,`.
  init(_ text: String) {
    var letters = Substring(text)
    func digits() -> Int? {
      let digits = letters.prefix { $0.isASCII && $0.isNumber }
      letters = letters.dropFirst(digits.count)
      return digits.isEmpty ? nil : min(Int(digits) ?? 0, 10_000)
    }
    if let second = letters.dropFirst().first, "<>^=".contains(second) {
      (fill, alignment) = (letters.first ?? " ", second)
      letters = letters.dropFirst(2)
    } else if let first = letters.first, "<>^=".contains(first) {
      alignment = first
      letters = letters.dropFirst()
    }
    if let first = letters.first, "+- ".contains(first) {
      sign = first
      letters = letters.dropFirst()
    }
    if letters.first == "#" {
      hasPrefix = true
      letters = letters.dropFirst()
    }
    if letters.first == "0", alignment == nil { (fill, alignment) = ("0", "=") }
    width = digits() ?? 0
    if let first = letters.first, first == "," || first == "_" {
      hasCommas = true
      letters = letters.dropFirst()
    }
    if letters.first == "." {
      letters = letters.dropFirst()
      precision = digits() ?? 0
    }
    type = letters.first
  }

  /// A number; `nil` of the plain format, which every value writes in its own way.
  func text(of number: Double, _ numberType: NumberType = .unsaid) -> String {
    var body: String
    let magnitude = number.magnitude
    switch type {
    case "d", "i": body = Self.digits(magnitude, 0, "f")
    case "f", "F": body = Self.digits(magnitude, precision ?? 6, "f")
    case "e", "E": body = Self.digits(magnitude, precision ?? 6, "e")
    case "g", "G": body = Self.digits(magnitude, precision ?? 6, "g")
    case "%": body = Self.digits(100 * magnitude, precision ?? 6, "f") + "%"
    case "b", "x", "o":
      let radix = type == "b" ? 2 : type == "x" ? 16 : 8
      body = Int(exactly: magnitude).map { String($0, radix: radix) } ?? shortestText(magnitude)
      if hasPrefix { body = "0\(type.map(String.init) ?? "")" + body }
    default:
      body = precision.map { Self.digits(magnitude, $0, "g") } ?? numberText(magnitude, numberType)
    }
    if hasCommas {
      let whole = body.prefix { $0.isNumber }
      body = (Int(whole).map { grouped($0) } ?? String(whole)) + body.dropFirst(whole.count)
    }
    let isNegative = number.sign == .minus && !number.isNaN
    let mark = isNegative ? "-" : sign == "-" ? "" : String(sign)
    if alignment == "=" { return mark + padded(body, width - mark.count, ">") }
    return padded(mark + body, width, alignment ?? ">")
  }

  /// A text.
  func text(of text: String) -> String {
    padded(String(text.prefix(precision ?? .max)), width, alignment ?? "<")
  }

  private func padded(_ text: String, _ width: Int, _ alignment: Character) -> String {
    let room = max(0, width - text.count)
    let before = alignment == "<" ? 0 : alignment == "^" ? room / 2 : room
    return String(repeating: fill, count: before) + text
      + String(repeating: fill, count: room - before)
  }

  private static func digits(_ number: Double, _ precision: Int, _ letter: String) -> String {
    var buffer = [CChar](repeating: 0, count: 512)
    let count = withVaList([Int32(min(precision, 100)), number]) {
      vsnprintf(&buffer, buffer.count, "%.*\(letter)", $0)
    }
    let bytes = buffer.prefix(min(max(0, Int(count)), buffer.count - 1))
    return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Recorder {
  /// A value as a format writes it.
  func text(of value: Operand, _ format: String) -> String {
    if format.isEmpty { return text(of: value) }
    let format = TextFormat(format)
    if object(value) == nil, !value.isNone {
      return format.text(of: number(value), type(of: value))
    }
    return format.text(of: text(of: value))
  }

  /// Calls the method by which an object of the program says its text.
  ///
  /// - Returns: Whether it has one.
  mutating func callText(
    of value: Operand, isRepresented: Bool = false, _ token: Int32
  ) throws(ProgramError) -> Bool {
    guard object(value) is InstanceObject else { return false }
    tasks.append(.endNumeric)
    numeric += 1
    if !isRepresented, try callSpecial("__str__", of: value, [], token) { return true }
    if try callSpecial("__repr__", of: value, [], token) { return true }
    numeric -= 1
    tasks.removeLast()
    return false
  }

  /// Joins the pieces of a text with the last operands, which are put into it.
  mutating func interpolate(_ index: Int32) throws(ProgramError) {
    let pieces = program.tree.interpolations[Int(program.tree.nodes[Int(index)].first)].pieces
    let count = program.tree.interpolations[Int(program.tree.nodes[Int(index)].first)].values.count
    for place in operands.indices.suffix(count) where object(operands[place]) is InstanceObject {
      // An object says its text by a method, which is called first.
      tasks += [.step(.interpolate(index)), .step(.exchange(place))]
      if try callText(of: operands[place], program.tree.nodes[Int(index)].token) { return }
      tasks.removeLast(2)
    }
    var values = operands.suffix(count)
    operands.removeLast(count)
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .value(_, let isRepresented, let format):
        let value = values.removeFirst()
        var own = ""
        for part in format {
          switch part {
          case .text(let text): own += text
          case .value: own += text(of: values.removeFirst())
          }
        }
        if isRepresented {
          result += TextFormat(own).text(of: representation(of: value))
        } else {
          result += text(of: value, own)
        }
      }
    }
    operands.append(make(TextObject(result)))
  }

  /// What `"W%d" % n` makes: the values of a tuple one after the other, those of a dictionary by name.
  func percent(_ text: String, _ value: Operand) -> String {
    var values = (object(value) as? ListObject).flatMap { $0.isTuple ? $0.items : nil } ?? [value]
    var (result, rest) = ("", Substring(text))
    while let place = rest.firstIndex(of: "%") {
      result += rest[..<place]
      rest = rest[place...].dropFirst()
      if rest.first == "%" {
        result += "%"
        rest = rest.dropFirst()
        continue
      }
      var own: Operand?
      if rest.first == "(", let close = rest.firstIndex(of: ")") {
        let name = String(rest[..<close].dropFirst())
        own = (object(value) as? DictionaryObject)?[.text(name)]
        rest = rest[close...].dropFirst()
      }
      let format = rest.prefix { !$0.isLetter }
      guard let letter = rest.dropFirst(format.count).first else { break }
      rest = rest.dropFirst(format.count + 1)
      if own == nil, !values.isEmpty { own = values.removeFirst() }
      guard let own else { break }
      // A minus sign stands left of what is filled up behind, here and there.
      let form = format.replacing("-", with: "<")
      result += self.text(of: own, form + ("sra".contains(letter) ? "" : String(letter)))
    }
    return result + rest
  }

  /// What `"{} {name}".format(…)` makes.
  func format(_ text: String, _ given: [Operand], _ named: [Int32: Operand]) -> String {
    var (result, rest, next) = ("", Substring(text), 0)
    while let place = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      result += rest[..<place]
      let brace = rest[place]
      rest = rest[place...].dropFirst()
      if rest.first == brace || brace == "}" {
        result.append(brace)
        if rest.first == brace { rest = rest.dropFirst() }
        continue
      }
      guard let close = rest.firstIndex(of: "}") else { break }
      let parts = rest[..<close].split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      rest = rest[close...].dropFirst()
      let name = parts.first.map { String($0.prefix { $0 != "!" }) } ?? ""
      let own: Operand?
      if let number = name.isEmpty ? next : Int(name) {
        own = given.indices.contains(number) ? given[number] : nil
        if name.isEmpty { next += 1 }
      } else {
        own = program.names.existing(name).flatMap { named[$0] } ?? otherOptions[name]
      }
      if let own { result += self.text(of: own, parts.count > 1 ? String(parts[1]) : "") }
    }
    return result + rest
  }
}
