import GradBase

/// What a program holds that is no number.
///
/// Operands refer to objects by their place in ``Recorder/heap``, as Python's names refer to them: two
/// names of one list see the same changes.
class Object {
  /// How the program reaches it: `net`, `net.layers[0]`.
  var path: String?
  /// The call in whose scope the path is, or -1.
  var scope: Int32 = -1

  /// What a message calls it.
  var description: String { "an object" }
  /// Whether a condition holds that it is.
  var isTrue: Bool { true }
  /// What `len` says of it; `nil` where it counts its items.
  var length: Int? { nil }
  /// What it holds, in order.
  var members: [(part: Part, value: Recorder.Operand)] { [] }

  /// How an object holds something.
  enum Part {
    case index(Int)
    case key(DictionaryObject.Key)
    /// By a name of the program.
    case attribute(Int32)
    /// By a name that a library gives.
    case word(String)
  }

  /// Whether a call of it may mean something.
  final var isCallable: Bool {
    switch self {
    case let instance as InstanceObject: instance.type.isModule
    case is LayerObject, is SequentialObject, is FunctionObject, is MethodObject, is WordObject,
      is ClassObject, is MappedObject, is PartialObject, is DerivedObject, is PullbackObject,
      is OwnFunctionObject:
      true
    default: false
    }
  }
}

/// A list, a tuple or a set.
final class ListObject: Object {
  enum Kind {
    case list, tuple
    /// What is in it twice stands there once; its order is that of the first.
    case set
    /// What a mask chooses that holds nowhere: an array without entries.
    case nothing
  }
  var items: [Recorder.Operand]
  let kind: Kind
  var isTuple: Bool { kind == .tuple }
  /// How many items there are at most: `deque(maxlen=3)`.
  var most: Int?

  init(_ items: [Recorder.Operand], kind: Kind = .list) {
    self.items = items
    self.kind = kind
  }

  convenience init(_ items: [Recorder.Operand], isTuple: Bool) {
    self.init(items, kind: isTuple ? .tuple : .list)
  }

  override var description: String {
    kind == .nothing ? "an array without entries" : "a \(kind)"
  }
  override var members: [(part: Part, value: Recorder.Operand)] {
    items.enumerated().map { (.index($0), $1) }
  }
  override var isTrue: Bool { !items.isEmpty }
}

final class DictionaryObject: Object {
  enum Key: Hashable {
    case text(String)
    /// Whatever its type, as Python compares them.
    case number(Double, NumberType = .unsaid)
    case tuple([Key])
    /// An object of a class, itself.
    case object(ObjectIdentifier, Int32, spelled: String)

    static func == (x: Key, y: Key) -> Bool {
      switch (x, y) {
      case (.text(let x), .text(let y)): x == y
      case (.number(let x, _), .number(let y, _)): x == y
      case (.tuple(let x), .tuple(let y)): x == y
      case (.object(let x, _, _), .object(let y, _, _)): x == y
      default: false
      }
    }

    func hash(into hasher: inout Hasher) {
      switch self {
      case .text(let text): hasher.combine(text)
      case .number(let number, _): hasher.combine(number)
      case .tuple(let keys): hasher.combine(keys)
      case .object(let object, _, _): hasher.combine(object)
      }
    }

    /// How a program writes it.
    var spelled: String {
      switch self {
      case .text(let text): "'\(text)'"
      case .number(let number, let type): numberText(number, type)
      case .tuple(let keys): keys.map(\.spelled).joined(separator: ", ")
      case .object(_, _, let spelled): spelled
      }
    }
  }
  private(set) var keys: [Key] = []
  /// What makes the value of a key that is missing: `defaultdict(float)`.
  var factory: Recorder.Operand?
  /// Whether what stands under a text is an attribute by that name, too: `nn.ModuleDict`.
  var hasAttributes = false
  private var values: [Key: Recorder.Operand] = [:]

  subscript(key: Key) -> Recorder.Operand? {
    get { values[key] }
    set {
      if newValue == nil {
        keys.removeAll { $0 == key }
      } else if values[key] == nil {
        keys.append(key)
      }
      values[key] = newValue
    }
  }

  func copy() -> DictionaryObject {
    let copy = DictionaryObject()
    (copy.keys, copy.values, copy.factory) = (keys, values, factory)
    return copy
  }

  func removeAll() {
    keys = []
    values = [:]
  }

  override var description: String { "a dictionary" }
  override var members: [(part: Part, value: Recorder.Operand)] {
    keys.compactMap { key in values[key].map { (.key(key), $0) } }
  }
  override var isTrue: Bool { !keys.isEmpty }
}

final class TextObject: Object {
  let text: String

  init(_ text: String) { self.text = text }

  override var description: String { "a text" }
  override var isTrue: Bool { !text.isEmpty }
}

final class RangeObject: Object {
  let start: Int
  let step: Int
  let count: Int

  init(start: Int, step: Int, count: Int) {
    (self.start, self.step, self.count) = (start, step, count)
  }

  override var description: String { "a range" }
  override var isTrue: Bool { count > 0 }
}

/// A function with some of its arguments: `functools.partial(f, k=2)`.
final class PartialObject: Object {
  let function: Recorder.Operand
  let given: [Recorder.Operand]
  let named: [Int32: Recorder.Operand]

  init(
    _ function: Recorder.Operand, _ given: [Recorder.Operand], _ named: [Int32: Recorder.Operand]
  ) {
    (self.function, self.given, self.named) = (function, given, named)
  }

  override var description: String { "a function" }
}

/// A function for each entry along an axis: `jax.vmap(f)`.
final class MappedObject: Object {
  let function: Recorder.Operand
  /// The axis of each argument, `nil` for one that is the same for all; one for all if there is but one.
  let axes: [Int?]
  /// The axis along which results stand.
  let resultAxis: Int

  init(_ function: Recorder.Operand, axes: [Int?], resultAxis: Int) {
    (self.function, self.axes, self.resultAxis) = (function, axes, resultAxis)
  }

  override var description: String { "a function" }
}

/// What gives items one by one: a generator, `iter(xs)`.
final class IteratorObject: Object {
  var items: Items

  init(_ items: Items) { self.items = items }

  override var description: String { "an iterator" }
}

/// The elements that `1:5:2` names.
final class SliceObject: Object {
  let parts: [Int?]

  init(_ parts: [Int?]) { self.parts = parts }

  override var description: String { "a slice" }
}

/// A function of the program, with the names around it.
final class FunctionObject: Object {
  let number: Int
  /// What its parameters have where a call leaves them out, `none` for those that have nothing.
  let defaults: [Recorder.Operand]
  let outer: Scope?
  /// The class that it is a method of.
  weak var owner: ClassObject?

  init(_ number: Int, defaults: [Recorder.Operand], outer: Scope? = nil) {
    self.number = number
    self.defaults = defaults
    self.outer = outer
  }

  override var description: String { "a function" }
}

/// A method with what it was taken from.
final class MethodObject: Object {
  let function: FunctionObject
  let receiver: Recorder.Operand

  init(_ function: FunctionObject, _ receiver: Recorder.Operand) {
    self.function = function
    self.receiver = receiver
  }

  override var description: String { "a method" }
}

/// What a library has under names: a distribution with its parameters, the limits of a type of numbers.
final class DistributionObject: Object {
  let family: Distribution
  let values: [String: Recorder.Operand]

  init(_ family: Distribution, _ values: [String: Recorder.Operand]) {
    (self.family, self.values) = (family, values)
  }

  override var description: String { "an object '\(family.name)'" }
}

/// A function that is built in, by the name it has in the tables; a method with its receiver.
final class WordObject: Object {
  let name: String
  let receiver: Recorder.Operand?

  init(_ name: String, receiver: Recorder.Operand? = nil) {
    self.name = name
    self.receiver = receiver
  }

  override var description: String { "a function" }
}

final class ClassObject: Object {
  let name: String
  let bases: [ClassObject]
  var attributes: [Int32: Recorder.Operand] = [:]
  /// Whether it is a module of layers: `nn.Module`, `tf.keras.Model`.
  let isModule: Bool
  /// What an object is made of where the class says it without `__init__`: a dataclass, a named tuple.
  var fields: [Int32] = []
  /// What messages call the fields.
  var fieldWords: [String] = []
  /// Whether its objects are tuples as well.
  var isTuple = false
  /// Whether it is a function with a derivative of its own: `torch.autograd.Function`.
  var isOwnFunction = false
  /// Whether it is what such a function keeps for the way back.
  var isContext = false
  /// Whether its attributes are its objects.
  var isEnumeration = false
  /// The error of Python that it is based on.
  var errorBase: String?
  /// Whether its objects are errors.
  var isError: Bool { errorBase != nil || bases.contains(where: \.isError) }
  /// What is called where a property is given a value.
  var setters: [Int32: Recorder.Operand] = [:]

  /// What the class or one above it has for giving an attribute a value.
  func setter(_ name: Int32) -> Recorder.Operand? {
    if let own = setters[name] { return own }
    for base in bases { if let found = base.setter(name) { return found } }
    return nil
  }

  init(_ name: String, bases: [ClassObject], isModule: Bool) {
    self.name = name
    self.bases = bases
    self.isModule = isModule || bases.contains(where: \.isModule)
  }

  /// What the class or one above it has under a name.
  func attribute(_ name: Int32) -> Recorder.Operand? {
    if let own = attributes[name] { return own }
    for base in bases { if let found = base.attribute(name) { return found } }
    return nil
  }

  override var description: String { "a class" }
}

/// An object of a class of the program.
final class InstanceObject: Object {
  let type: ClassObject
  private(set) var names: [Int32] = []
  private var values: [Int32: Recorder.Operand] = [:]
  /// Attributes by names that the program only has as texts.
  var others: [String: Recorder.Operand] = [:]

  init(_ type: ClassObject) { self.type = type }

  subscript(name: Int32) -> Recorder.Operand? {
    get { values[name] }
    set {
      if values[name] == nil, newValue != nil { names.append(name) }
      values[name] = newValue
    }
  }

  override var description: String { "an object of class \(quoted(type.name))" }

  /// A field of a named tuple may have a name that the program never says.
  private func part(_ name: Int32) -> Part {
    guard name < 0, let place = type.fields.firstIndex(of: name) else { return .attribute(name) }
    return .word(type.fieldWords[place])
  }

  override var members: [(part: Part, value: Recorder.Operand)] {
    names.compactMap { name in values[name].map { (part(name), $0) } }
  }
}

/// The classes above the one that a method belongs to: `super()`.
final class SuperObject: Object {
  let type: ClassObject
  let receiver: Recorder.Operand

  init(_ type: ClassObject, _ receiver: Recorder.Operand) {
    self.type = type
    self.receiver = receiver
  }
}

/// The names of a call of a function, inside those of what is around the function.
final class Scope {
  var values: [Int32: Recorder.Operand] = [:]
  let outer: Scope?

  init(outer: Scope?) { self.outer = outer }
}
