import GradBase
import GradCore

/// What a program asks of values besides their numbers: their texts and their types.
extension Recorder {
  // MARK: Texts

  /// A value as `str` writes it.
  func text(of value: Operand?) -> String {
    guard let value else { return "" }
    if let text = object(value) as? TextObject { return text.text }
    if let error = object(value) as? ErrorObject { return text(of: error.arguments.first) }
    return representation(of: value)
  }

  /// A value as `repr` writes it, and as it stands in the text of a list.
  func representation(of value: Operand, depth: Int = 0) -> String {
    switch value {
    case .none: return "None"
    case .number: return numberText(value)
    case .node(let node):
      return isArray(value) ? tape.node(Int(node)).array.programText : numberText(value)
    case .object(let number):
      switch heap[Int(number)] {
      case let text as TextObject: return Self.quotedText(text.text)
      case let list as ListObject where depth < 100:
        let items = list.items.map { representation(of: $0, depth: depth + 1) }
        let joined = items.joined(separator: ", ")
        switch list.kind {
        case .tuple: return items.count == 1 ? "(\(joined),)" : "(\(joined))"
        case .set: return items.isEmpty ? "set()" : "{\(joined)}"
        case .list, .nothing: return "[\(joined)]"
        }
      case let dictionary as DictionaryObject where depth < 100:
        let items = dictionary.keys.map { key in
          "\(Self.representation(of: key)): "
            + representation(of: dictionary[key] ?? .none, depth: depth + 1)
        }
        return "{\(items.joined(separator: ", "))}"
      case let range as RangeObject:
        let end = range.start + range.count * range.step
        return "range(\(range.start), \(end)\(range.step == 1 ? "" : ", \(range.step)"))"
      case let word as WordObject where Self.types.contains(word.name):
        return "<class '\(word.name)'>"
      case let type as ClassObject: return "<class '__main__.\(type.name)'>"
      case let other: return other.description
      }
    }
  }

  private static func representation(of key: DictionaryObject.Key) -> String {
    switch key {
    case .text(let text): quotedText(text)
    case .tuple(let keys): "(\(keys.map { representation(of: $0) }.joined(separator: ", ")))"
    case .number, .object: key.spelled
    }
  }

  /// The number in a text of digits: `int("ff", 16)`.
  func whole(_ text: String, radix: Int, _ token: Int32) throws(ProgramError) -> Double {
    var digits = text.lowercased().filter { !$0.isWhitespace }
    let isNegative = digits.hasPrefix("-")
    if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
    for (prefix, own) in [("0x", 16), ("0o", 8), ("0b", 2)]
    where radix == own && digits.hasPrefix(prefix) { digits.removeFirst(2) }
    guard let value = wholeNumber(digits, radix: radix) else {
      var error = failure(
        .wrongType, "\(quoted(text)) is no whole number of radix \(radix)", token)
      error.kinds = PythonError.kinds(of: "ValueError")
      throw error
    }
    return isNegative ? -Double(value) : Double(value)
  }

  /// A text between the signs that Python chooses.
  private static func quotedText(_ text: String) -> String {
    let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = quote
    for letter in text {
      switch letter {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\\": result += "\\\\"
      case "'" where quote == "'": result += "\\'"
      default: result.append(letter)
      }
    }
    return result + quote
  }

  // MARK: Types

  private static let types: Set<String> = [
    "int", "float", "bool", "str", "list", "tuple", "dict", "set", "NoneType",
  ]

  /// The type of a value, as `type` gives it.
  func typeObject(of value: Operand) -> Object {
    switch object(value) {
    case let instance as InstanceObject: instance.type
    case let layer as LayerObject: WordObject(layer.name)
    case is SequentialObject: WordObject("Sequential")
    case let list as ListObject: WordObject("\(list.kind)")
    case is DictionaryObject: WordObject("dict")
    case is TextObject: WordObject("str")
    case is RangeObject: WordObject("range")
    case is FunctionObject: WordObject("function")
    case _ where isList(value): WordObject("list")
    case _ where isTensor(value): WordObject(usesTorch ? "Tensor" : "ndarray")
    case nil: WordObject(value.isNone ? "NoneType" : type(of: value).name)
    default: WordObject("object")
    }
  }

  /// What a type of numbers is called, by whatever name; `nil` for what is none.
  private func nameOfType(_ value: Object) -> String? {
    let name = (value as? TextObject)?.text ?? (value as? WordObject)?.name
    switch name {
    case "int", "long", "int64": return "int64"
    case "float", "double", "float64": return "float64"
    case "bool", "bool_": return "bool"
    case let name?: return LeftOut.types.contains(name) ? name : nil
    case nil: return nil
    }
  }

  /// Whether two values name the same type of numbers: `x.dtype == int`.
  func areSameType(_ x: Object, _ y: Object) -> Bool {
    guard x is WordObject || y is WordObject, let first = nameOfType(x) else { return false }
    return first == nameOfType(y)
  }

  /// Whether a value is one of a library, no number of Python's own: an array, or what the program makes a
  /// tensor of.
  func isTensor(_ value: Operand) -> Bool {
    guard case .node(let node) = value, !isArray(value) else { return isArray(value) }
    switch tape.opcode(Int(node)) {
    case .constant: return false
    case .input:
      let makers = ["tensor(", "array(", "Variable(", "constant(", "Parameter("]
      return makers.contains { spellings[node]?.contains($0) ?? false }
    default: return usesTorch || hasFixedArrays
    }
  }

  /// Whether a value is of a class of the program, or of a type of Python.
  func isInstance(
    _ value: Operand, of type: Operand, _ token: Int32
  ) throws(ProgramError) -> Bool {
    switch object(type) {
    case let list as ListObject where list.isTuple:
      for item in list.items where try isInstance(value, of: item, token) { return true }
      return false
    case let type as ClassObject:
      guard let instance = object(value) as? InstanceObject else { return false }
      var pending = [instance.type]
      while let next = pending.popLast() {
        if next === type { return true }
        pending += next.bases
      }
      return false
    case let word as WordObject:
      let isNumber = object(value) == nil && !value.isNone && !isList(value)
      switch word.name {
      case "int": return isNumber && [.whole, .truth].contains(self.type(of: value))
      case "bool": return isNumber && self.type(of: value) == .truth
      case "float": return isNumber && self.type(of: value) == .real
      case "Number", "Real", "number", "generic": return isNumber
      case "Integral", "integer": return isNumber && self.type(of: value) == .whole
      case "floating": return isNumber && self.type(of: value) == .real
      case "complex": return false
      case "Tensor", "Variable", "ndarray", "Value", "Array":
        if case .number = value { return false }
        return isNumber || isArray(value)
      case "list": return (object(value) as? ListObject).map { $0.kind == .list } ?? isList(value)
      case "set": return (object(value) as? ListObject)?.kind == .set
      case "NoneType": return value.isNone
      case "tuple": return (object(value) as? ListObject)?.isTuple ?? false
      case "str": return object(value) is TextObject
      case "dict": return object(value) is DictionaryObject
      case "Module": return object(value)?.isCallable ?? false
      case "Sequential": return object(value) is SequentialObject
      default: return (object(value) as? LayerObject)?.name == word.name
      }
    default:
      throw failure(.wrongType, "'isinstance' takes a class, not \(described(type))", token)
    }
  }
}
