package import GradBase

extension Descent {
  /// The whole history as JSON: schema `graphviz-grad/descent/1`.
  ///
  /// Every step has its `step`, its `loss`, and by their names the `values` of the parameters and the
  /// `derivatives` by them, arrays as nested lists.
  public var json: String { json { _ in } }

  /// The same with more fields before the steps.
  package func json(with fields: (inout JSONText) -> Void) -> String {
    var json = JSONText()
    json.object(.lines) { json in
      json.field("schema", "graphviz-grad/descent/1")
      json.field("output", output)
      json.field("optimizer", options.optimizer.name)
      json.field("rate", options.rate)
      for constant in options.optimizer.constants { json.field(constant.name, constant.value) }
      json.field("count", options.count)
      json.field("ending") { json in
        json.object { json in
          switch ending {
          case .complete: json.field("is", "complete")
          case .notFinite(let step, let name):
            json.field("is", "not-finite")
            json.field("step", step)
            json.field("name", name)
          case .singular(let step):
            json.field("is", "singular")
            json.field("step", step)
          }
        }
      }
      fields(&json)
      json.field("steps") { json in
        json.array(.lines) { json in
          for step in steps { json.object { json in write(step, to: &json) } }
        }
      }
    }
    return json.text + "\n"
  }

  private func write(_ step: Step, to json: inout JSONText) {
    json.field("step", step.number)
    json.field("loss", step.loss)
    if hasOtherRates, step.number > 0 {
      json.field("rates") { json in
        json.object { json in
          for (name, rate) in zip(names, rates[step.number - 1]) { json.field(name, rate) }
        }
      }
    }
    for (key, arrays) in [("values", step.parameters), ("derivatives", step.derivatives)] {
      json.field(key) { json in
        json.object { json in
          for (name, array) in zip(names, arrays) {
            json.field(name) { json in json.nested(array.shape[...], array.entries[...]) }
          }
        }
      }
    }
  }

  /// The whole history as comma-separated values: a line a step, of its number, the loss, every entry of
  /// the parameters and every derivative by one; where rates are not all the same, with those of the update
  /// that led to the step.
  public var csv: String {
    let first = steps.first
    let places = zip(names, first?.parameters ?? []).flatMap { name, array in
      array.entries.indices.map { array.shape.isEmpty ? name : name + array.place(of: $0) }
    }
    let head =
      ["step", output] + places + places.map { "d\(output)/d\($0)" }
      + (hasOtherRates ? names.map { "rate of \($0)" } : [])
    return CSVText.text(
      [head]
        + steps.map { step in
          [String(step.number), shortestText(step.loss)]
            + (step.parameters + step.derivatives).flatMap { $0.entries.map(shortestText) }
            + (hasOtherRates
              ? step.number > 0
                ? rates[step.number - 1].map(shortestText) : names.map { _ in "" } : [])
        })
  }
}

extension JSONText {
  /// Writes an array as nested lists.
  fileprivate mutating func nested(_ shape: ArraySlice<Int>, _ entries: ArraySlice<Double>) {
    guard let count = shape.first else { return number(entries[entries.startIndex]) }
    let size = entries.count / count
    array { json in
      for part in 0..<count {
        let begin = entries.startIndex + part * size
        json.nested(shape.dropFirst(), entries[begin..<begin + size])
      }
    }
  }
}
