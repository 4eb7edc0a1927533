import GradCore

/// Places in an array of JAX, of which a copy is made with other entries there: `x.at[0]`.
final class PlacesObject: Object {
  let array: Recorder.Operand
  let indices: [Recorder.Operand]?

  init(_ array: Recorder.Operand, _ indices: [Recorder.Operand]? = nil) {
    (self.array, self.indices) = (array, indices)
  }

  override var description: String { "the places of an array" }
}

extension Recorder {
  /// A copy of an array with other entries in some places: `x.at[0].set(5)`, `x.at[:, 0].add(1)`.
  mutating func changed(
    _ places: PlacesObject, by method: String, _ given: [Operand], _ token: Int32
  ) throws(ProgramError) -> Operand {
    let rows: [String: any Operator.Type] = [
      "add": Operators.Add.self, "subtract": Operators.Subtract.self,
      "multiply": Operators.Multiply.self, "mul": Operators.Multiply.self,
      "divide": Operators.Divide.self, "max": Operators.SharedMaximum.self,
      "min": Operators.SharedMinimum.self, "power": Operators.Power.self,
    ]
    guard let indices = places.indices else {
      throw failure(
        .wrongType, "'.at' is followed by places", token, help: "x.at[0].set(5.0)")
    }
    if method == "get" { return try arrayElement(indices, of: places.array, token) }
    let value = try only(given, of: method, token)
    guard method == "set" || rows[method] != nil else {
      throw failure(
        .unknownFunction, "no method is called \(quoted(method)) there", token,
        help: "x.at[…] has set, get, add, subtract, multiply, divide, power, max and min")
    }
    var replacement = value
    if let row = rows[method] {
      let numbers = (0..<(shape(of: places.array) ?? []).reduce(1, *)).map(Double.init)
      let chosen = try arrayElement(
        indices, of: plain(NumberArray(shape(of: places.array) ?? [], numbers)), token)
      let entries = self.numbers(of: chosen)?.entries ?? []
      guard Set(entries).count == entries.count else {
        throw failure(
          .arrays, "a place that is named twice is changed once here, and twice in JAX", token,
          help: "change the places one after the other")
      }
      let old = try arrayElement(indices, of: places.array, token)
      replacement = try apply(row, [old, try arrayed(value, token)], token)
    }
    return try replacing(indices, of: places.array, with: replacement, token)
  }
}
