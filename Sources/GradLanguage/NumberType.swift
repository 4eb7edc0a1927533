import GradBase
import GradCore

/// What a program can see of a number besides how much it is: whether Python has it as `3`, `3.0` or `True`.
///
/// All are Float64 here; the type matters where a program writes a number into a text, asks for its type, or
/// changes an array of whole numbers.
enum NumberType: UInt8, Sendable {
  /// Nobody said: a number that is whole is an `int`, of an array it is not known.
  case unsaid
  case whole, real, truth

  /// What Python calls it.
  var name: String {
    switch self {
    case .truth: "bool"
    case .whole: "int"
    case .unsaid, .real: "float"
    }
  }

  /// What arithmetic makes of operands of two types.
  func joined(_ other: Self) -> Self {
    if self == .real || other == .real { return .real }
    return self == .unsaid || other == .unsaid ? .unsaid : .whole
  }

  /// Whether a literal is written as Python writes a `float`: `3.0`, `1e3`, but not `0xe`.
  static func isReal(literal: String) -> Bool {
    var digits = Substring(literal)
    if digits.first == "-" { digits.removeFirst() }
    guard let first = digits.first, first == "." || first.isASCII && first.isNumber else {
      return false
    }
    return digits.contains(".")
      || digits.dropFirst().first.map { !"xXoObB".contains($0) } ?? false
        && digits.contains { $0 == "e" || $0 == "E" }
  }
}

extension Opcode {
  /// Whether it makes whole numbers of whole numbers in Python.
  fileprivate var keepsWholes: Bool {
    switch self {
    case .identity, .negate, .add, .subtract, .multiply, .power, .square, .max, .min, .maximum,
      .minimum, .sharedMax, .sharedMin, .sharedMaximum, .sharedMinimum, .clip, .abs, .sign,
      .stopGradient, .truncate, .where, .whereElse:
      true
    default: false
    }
  }
}

extension ArrayOperation {
  /// Whether it makes whole numbers of whole numbers in NumPy.
  fileprivate var keepsWholes: Bool {
    switch self {
    case .matrixProduct, .cumulativeSum, .contract: true
    case .reduce(let reduction, _, _): [.sum, .product, .max, .min].contains(reduction)
    default: movesEntries
    }
  }
}

/// What is known of the types of nodes; an object, since asking for one works out others.
final class NodeTypes {
  var types: [UInt32: NumberType] = [:]
}

/// The types of numbers, worked out where a program asks.
extension Recorder {
  /// The type of a number or an array; `real` of a number alone that is not whole.
  func type(of value: Operand) -> NumberType {
    switch value {
    case .number(let number, let type):
      return type == .unsaid ? number == number.rounded() && number.isFinite ? .whole : .real : type
    case .node(let node): return type(of: node)
    case .none: return .unsaid
    case .object(let number): return (heap[Int(number)] as? ArrayObject)?.type ?? .unsaid
    }
  }

  /// The type of a node: what is noted of it, else what follows from what it is computed from.
  private func type(of root: UInt32) -> NumberType {
    if maskNodes.contains(root) { return .truth }
    if let known = typesOfNodes.types[root] { return known }
    if tape.node(Int(root)).isArray { return .unsaid }
    var pending = [root]
    while let node = pending.last {
      if typesOfNodes.types[node] != nil {
        pending.removeLast()
        continue
      }
      let value = tape.number(Int(node))
      let opcode = tape.opcode(Int(node))
      var type: NumberType
      if value != value.rounded() || !value.isFinite {
        type = .real
      } else if !opcode.isOperation {
        type = NumberType.isReal(literal: spellings[node] ?? "") ? .real : .whole
      } else if opcode == .arrays || opcode == .truncate {
        type = .whole
      } else if opcode.keepsWholes {
        type = .whole
        var unknown: [UInt32] = []
        for edge in tape.edges(into: Int(node)) {
          let source = UInt32(tape.edge(edge).source)
          if let known = typesOfNodes.types[source] {
            type = type.joined(known)
          } else if maskNodes.contains(source) {
            continue
          } else if tape.node(Int(source)).isArray {
            type = .real
          } else {
            unknown.append(source)
          }
        }
        if type != .real, !unknown.isEmpty {
          pending += unknown
          continue
        }
      } else {
        type = .real
      }
      typesOfNodes.types[node] = type == .unsaid ? .whole : type
      pending.removeLast()
    }
    return typesOfNodes.types[root] ?? .unsaid
  }

  /// The type of what an operator makes.
  func type(
    of row: any Operator.Type, _ values: [Operand], _ result: Double? = nil
  ) -> NumberType {
    guard row.opcode.keepsWholes, result.map({ $0 == $0.rounded() }) ?? true else { return .real }
    if row.opcode == .truncate { return .whole }
    if row.opcode == .power, let last = values.last, let exponents = numbers(of: last),
      exponents.entries.contains(where: { $0 < 0 })
    {
      return .real
    }
    return type(joining: values)
  }

  /// The type of what an operation on arrays makes.
  func type(of operation: ArrayOperation, _ values: [Operand]) -> NumberType {
    // An array stays of its type whatever it is given.
    if case .replace = operation, let first = values.first { return type(of: first) }
    return operation.keepsWholes ? type(joining: values) : .real
  }

  private func type(joining values: [Operand]) -> NumberType {
    var joined = NumberType.whole
    for value in values {
      joined = joined.joined(type(of: value))
      if joined == .real { break }
    }
    return joined
  }

  /// Notes the type of a node, where something is known of it.
  func note(_ type: NumberType, of node: UInt32) {
    if isDynamic, type != .unsaid { typesOfNodes.types[node] = type }
  }

  /// Whether a callee makes a `float` of its argument.
  func makesReal(_ callee: SyntaxTree.Node) -> Bool {
    switch callee.kind {
    case .name: ["float", "double", "float64"].contains(program.meant(callee.first))
    case .attribute: ["double", "float64"].contains(program.names[callee.second])
    default: false
    }
  }

  /// A value as a `float`: `float(3)` is `3.0`.
  func asReal(_ value: Operand) -> Operand {
    switch value {
    case .number(let number, _): return .number(number, .real)
    case .node(let node):
      note(.real, of: node)
      return value
    default: return value
    }
  }

  /// What an array of whole numbers keeps of values that it is given, as NumPy and PyTorch cut them off.
  mutating func cut(
    _ value: Operand, for array: Operand, _ token: Int32
  ) throws(ProgramError) -> Operand {
    guard program.source.isPython, numeric == 0, type(of: array) == .whole, !isList(array),
      type(of: value) == .real || object(value) is ListObject
    else { return value }
    let given = try arrayed(value, token)
    guard type(of: given) == .real, let numbers = numbers(of: given) else { return given }
    return plain(
      NumberArray(numbers.shape, numbers.entries.map { $0.rounded(.towardZero) }), .whole)
  }

  /// Refuses what changes an array of whole numbers in its place to others, as NumPy and PyTorch do.
  func checkType(
    of value: Operand, inPlaceOf array: Operand, _ token: Int32
  ) throws(ProgramError) {
    guard program.source.isPython, isArray(array), type(of: array) == .whole, !isList(array),
      type(of: value) == .real
    else { return }
    throw failure(
      .arrays, "an array of whole numbers is not changed in its place to numbers that are none",
      token, help: "make an array of floats: np.array([1.0, 2.0]), or write x = x / 2")
  }

  /// Whether a value is an array that the program wrote as a list.
  func isList(_ value: Operand) -> Bool {
    if case .node(let node) = value { listNodes.contains(node) } else { false }
  }

  /// A number as Python's `str` writes it.
  func numberText(_ value: Operand) -> String {
    GradLanguage.numberText(number(value), type(of: value))
  }
}
