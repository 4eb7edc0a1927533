import GradBase
import GradCore

/// Objects that are made of their fields: named tuples and dataclasses.
extension Recorder {
  /// Makes a class of the fields that `namedtuple` is given: a list of names, or a text of them.
  mutating func makeNamedTuple(
    _ given: [Operand], _ defaults: Operand?, _ token: Int32
  ) throws(ProgramError) {
    var words: [String] = []
    if let text = object(given[1]) as? TextObject {
      words = text.text.split { $0 == " " || $0 == "," }.map(String.init)
    } else {
      for item in try allItems(of: given[1], token) { words.append(text(of: item)) }
    }
    let type = ClassObject(text(of: given[0]), bases: [], isModule: false)
    type.isTuple = true
    // A field that the program never names cannot be asked for; its place counts all the same.
    type.fields = words.enumerated().map { program.names.existing($1) ?? -Int32($0) - 2 }
    type.fieldWords = words
    if let defaults {
      let values = try allItems(of: defaults, token)
      for (field, value) in zip(type.fields.suffix(values.count), values) {
        type.attributes[field] = value
      }
    }
    operands.append(make(type))
  }

  /// Gives the fields of a new object their values, by place or by name.
  mutating func fill(
    _ value: Operand, _ given: [Operand], _ named: [Int32: Operand], _ token: Int32
  ) throws(ProgramError) {
    guard let instance = object(value) as? InstanceObject else { return }
    let type = instance.type
    guard given.count <= type.fields.count else {
      throw failure(
        .wrongArguments,
        "\(quoted(type.name)) takes \(counted(type.fields.count, "argument")), not \(given.count)",
        token)
    }
    if let name = named.keys.sorted().first(where: { !type.fields.contains($0) }) {
      throw failure(
        .unknownKeyword, "\(quoted(type.name)) has no field \(quoted(program.names[name]))", token)
    }
    var made: [Int32] = []
    for (place, field) in type.fields.enumerated() {
      let own = place < given.count ? given[place] : named[field] ?? type.attribute(field)
      guard let own else {
        throw failure(
          .wrongArguments,
          "\(quoted(type.name)) is not given its field \(quoted(type.fieldWords[place]))", token)
      }
      if object(own) is FieldObject { made.append(field) }
      instance[field] = own
    }
    operands.append(value)
    tasks.append(.step(.postInit(value, token)))
    for field in made.reversed() {
      guard let own = instance[field].flatMap({ object($0) }) as? FieldObject else { continue }
      tasks += [.step(.makeField(instance, field)), .step(.call(own.factory, [], token))]
    }
  }
}
