import GradBase
import GradCore

/// Losses as TensorFlow has them: of logits, one for each example.
extension ArrayWord {
  private static func arguments(
    _ machine: inout Recorder, _ call: ArrayCall
  ) throws(ProgramError) -> (labels: Recorder.Operand, logits: Recorder.Operand) {
    (try machine.array(call, 0, "labels"), try machine.array(call, 1, "logits"))
  }

  /// Losses of Keras: of chances, which are kept from 0 and 1 by 10⁻⁷ and made to sum to 1, or of logits.
  private static func crossEntropy(
    _ entry:
      @escaping @Sendable (
        inout Recorder, Recorder.Operand, Recorder.Operand, ArrayCall
      ) throws(ProgramError) -> Recorder.Operand
  ) -> ArrayWord {
    composite { (machine, call) throws(ProgramError) in
      let labels = try machine.array(call, 0, "y_true")
      let scores = try machine.array(call, 1, "y_pred")
      if machine.holds(call.argument(2, "from_logits")) {
        let logs = try machine.apply(.logSoftmax(axis: -1), [scores], call.token)
        return try entry(&machine, labels, logs, call)
      }
      let sum = try machine.apply(.reduce(.sum, axes: [-1], keepsAxes: true), [scores], call.token)
      let share = try machine.apply(Operators.Divide.self, [scores, sum], call.token)
      let kept = try machine.apply(
        Operators.Clip.self, [share, .number(1e-7), .number(1 - 1e-7)], call.token)
      return try entry(
        &machine, labels, try machine.apply(Operators.Log.self, [kept], call.token), call)
    }
  }

  static let lossesOfTensorFlow: [String: ArrayWord] = [
    "sparse_softmax_cross_entropy_with_logits": composite { (machine, call) throws(ProgramError) in
      let (labels, logits) = try arguments(&machine, call)
      let logs = try machine.apply(.logSoftmax(axis: -1), [logits], call.token)
      return try machine.apply(
        Operators.Negate.self, [try machine.labelled(labels, of: logs, call)], call.token)
    },
    "softmax_cross_entropy_with_logits": composite { (machine, call) throws(ProgramError) in
      let (labels, logits) = try arguments(&machine, call)
      let logs = try machine.apply(.logSoftmax(axis: -1), [logits], call.token)
      let products = try machine.apply(Operators.Multiply.self, [labels, logs], call.token)
      let sums = try machine.apply(
        .reduce(.sum, axes: [-1], keepsAxes: false), [products], call.token)
      return try machine.apply(Operators.Negate.self, [sums], call.token)
    },
    // One example has one class, or a share of each.
    "sparse_categorical_crossentropy": crossEntropy {
      (machine, labels, logs, call)
        throws(ProgramError) in
      try machine.apply(
        Operators.Negate.self, [try machine.labelled(labels, of: logs, call)], call.token)
    },
    "categorical_crossentropy": crossEntropy {
      (machine, labels, logs, call)
        throws(ProgramError) in
      let products = try machine.apply(Operators.Multiply.self, [labels, logs], call.token)
      let sums = try machine.apply(
        .reduce(.sum, axes: [-1], keepsAxes: false), [products], call.token)
      return try machine.apply(Operators.Negate.self, [sums], call.token)
    },
    "tf.gather": ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "params")
      let axis = try machine.axis(call, 2, default: 0)
      let place = try machine.place(ofAxis: axis, in: machine.shape(of: x) ?? [], call)
      let indices = try machine.entries(call, 1, "indices")
      var numbers: [Int] = []
      for entry in indices.entries {
        numbers.append(try machine.whole(.number(entry), call.token))
      }
      let before = [ArrayOperation.Subscript](repeating: .slice(nil, nil, nil), count: place)
      let chosen: ArrayOperation.Subscript =
        indices.shape.isEmpty ? .index(numbers[0]) : .indices(numbers, shape: indices.shape)
      return try machine.apply(.select(before + [chosen]), [x], call.token)
    },
    "cast": ArrayWord { (machine, call) throws(ProgramError) in
      let x = try machine.array(call, 0, "x")
      guard let type = call.argument(1, "dtype") else { return x }
      return try machine.cast(x, to: machine.name(ofType: type), call.token)
    },
    "squared_difference": ArrayWord { (machine, call) throws(ProgramError) in
      let difference = try machine.apply(
        Operators.Subtract.self,
        [try machine.array(call, 0, "x"), try machine.array(call, 1, "y")],
        call.token)
      return try machine.apply(Operators.Square.self, [difference], call.token)
    },
    // Half of the sum of squares.
    "l2_loss": ArrayWord { (machine, call) throws(ProgramError) in
      let squares = try machine.apply(
        Operators.Square.self, [try machine.array(call, 0, "t")], call.token)
      let sum = try machine.apply(.reduce(.sum, axes: nil, keepsAxes: false), [squares], call.token)
      return try machine.apply(Operators.Divide.self, [sum, .number(2)], call.token)
    },
    "sigmoid_cross_entropy_with_logits": composite { (machine, call) throws(ProgramError) in
      let (labels, logits) = try arguments(&machine, call)
      return try machine.lossOfLogits(logits, labels, call)
    },
  ]
}

extension Recorder {
  /// The entry of each row, along the last axis, that a label names; labels are of the shape of what is before.
  mutating func labelled(
    _ labels: Operand, of rows: Operand, _ call: ArrayCall
  ) throws(ProgramError) -> Operand {
    let array = try arrayed(labels, call.token)
    guard var numbers = numbers(of: array) else {
      throw failure("labels are numbers, not \(described(labels))", call)
    }
    var rows = rows
    var shape = shape(of: rows) ?? []
    if shape.count == 1, !numbers.shape.isEmpty {
      // One row for all labels.
      shape = numbers.shape + shape
      rows = try apply(.broadcast(shape), [rows], call.token)
    }
    let before = Array(shape.dropLast())
    if numbers.shape != before, numbers.entries.count == 1 {
      let count = before.reduce(1, *)
      numbers = NumberArray(before, [Double](repeating: numbers.entries[0], count: count))
    }
    guard let width = shape.last, numbers.shape == before else {
      throw failure(
        "labels of \(shapeText(numbers.shape)) do not go with rows of \(shapeText(shape))", call,
        help: "there is one label for each row")
    }
    var chosen: [Int] = []
    for number in numbers.entries {
      let label = try whole(.number(number), call.token)
      guard (0..<width).contains(label) else {
        throw failure(
          .indexOutOfRange, "label \(label) is out of range for \(width) classes", call.token)
      }
      chosen.append(label)
    }
    if before.isEmpty { return try apply(.select([.index(chosen[0])]), [rows], call.token) }
    var parts = before.indices.map { axis in
      let step = before[(axis + 1)...].reduce(1, *)
      return ArrayOperation.Subscript.indices(
        chosen.indices.map { $0 / step % before[axis] }, shape: before)
    }
    parts.append(.indices(chosen, shape: before))
    return try apply(.select(parts), [rows], call.token)
  }
}
