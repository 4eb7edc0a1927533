import GradBase
import GradCore

/// A family of distributions of PyTorch, one row of the table.
struct Distribution: Sendable {
  let name: String
  let methods: [String: Word.Method]

  static let normal = Distribution(
    name: "normal",
    methods: [
      "log_prob": Word.log(of: Word.logDensityOfNormal),
      "cdf": Word.log(of: Word.chanceOfNormal), "entropy": Word.entropyOfNormal,
      "sample": Word.drawn(Word.sampleOfNormal),
      "rsample": Word.drawn { (machine, random, values, shape, token) throws(ProgramError) in
        let noise = try Word.noise(&machine, random, values, shape, token)
        let spread = try machine.apply(
          Operators.Multiply.self, [values["scale"] ?? .number(1), noise], token)
        return try machine.apply(
          Operators.Add.self, [values["loc"] ?? .number(0), spread], token)
      },
    ])
  static let categorical = Distribution(
    name: "categorical",
    methods: [
      "log_prob": Word.log(of: Word.logShare), "entropy": Word.entropyOfShares,
      "sample": Word.drawn(Word.sampleOfShares),
    ])
  static let bernoulli = Distribution(
    name: "bernoulli",
    methods: [
      "log_prob": Word.log(of: Word.logChance), "entropy": Word.entropyOfChance,
      "sample": Word.drawn(Word.sampleOfChance),
    ])
}

extension Word {
  typealias Values = [String: Recorder.Operand]

  /// What a distribution says of a value.
  fileprivate static func log(
    of body:
      @escaping @Sendable (
        inout Recorder, Values, Recorder.Operand, Int32
      ) throws(ProgramError) -> Recorder.Operand
  ) -> Method {
    Method(names: ["value"]) { (machine, object, given, named, token) throws(ProgramError) in
      guard let distribution = object as? DistributionObject,
        let value = given.first ?? machine.argument("value", named)
      else { throw machine.failure(.wrongArguments, "it takes a value", token) }
      machine.operands.append(
        machine.plain(
          try body(&machine, distribution.values, try machine.arrayed(value, token), token)))
    }
  }

  /// What a distribution says of itself.
  private static func own(
    _ body:
      @escaping @Sendable (
        inout Recorder, Values, Int32
      ) throws(ProgramError) -> Recorder.Operand
  ) -> Method {
    Method { (machine, object, _, _, token) throws(ProgramError) in
      guard let distribution = object as? DistributionObject else { return }
      machine.operands.append(machine.plain(try body(&machine, distribution.values, token)))
    }
  }

  /// The value less the mean, by the deviation.
  private static func standardised(
    _ machine: inout Recorder, _ values: Values, _ value: Recorder.Operand, _ token: Int32
  ) throws(ProgramError) -> Recorder.Operand {
    let difference = try machine.apply(
      Operators.Subtract.self, [value, values["loc"] ?? .number(0)], token)
    return try machine.apply(
      Operators.Divide.self, [difference, values["scale"] ?? .number(1)], token)
  }

  fileprivate static let logDensityOfNormal:
    @Sendable (inout Recorder, Values, Recorder.Operand, Int32) throws(ProgramError) ->
      Recorder.Operand = { (machine, values, value, token) throws(ProgramError) in
        let z = try standardised(&machine, values, value, token)
        return try logDensity(&machine, z, values["scale"] ?? .number(1), token)
      }

  fileprivate static let chanceOfNormal:
    @Sendable (inout Recorder, Values, Recorder.Operand, Int32) throws(ProgramError) ->
      Recorder.Operand = { (machine, values, value, token) throws(ProgramError) in
        let z = try standardised(&machine, values, value, token)
        let turned = try machine.apply(
          Operators.Multiply.self, [.number(-0.5.squareRoot()), z], token)
        let tail = try machine.apply(Operators.Erfc.self, [turned], token)
        return try machine.apply(Operators.Multiply.self, [.number(0.5), tail], token)
      }

  /// ½ + ½ ln 2π + ln σ.
  fileprivate static let entropyOfNormal = own { (machine, values, token) throws(ProgramError) in
    let logarithm = try machine.apply(Operators.Log.self, [values["scale"] ?? .number(1)], token)
    return try machine.apply(
      Operators.Add.self, [.number(0.5 + 0.5 * 1.8378770664093453), logarithm], token)
  }

  fileprivate static let logShare:
    @Sendable (inout Recorder, Values, Recorder.Operand, Int32) throws(ProgramError) ->
      Recorder.Operand = { (machine, values, value, token) throws(ProgramError) in
        try machine.labelled(
          value, of: values["logits"] ?? .none,
          ArrayCall("log_prob", [value], [:], token, isTorch: true))
      }

  /// −Σ p·log p.
  fileprivate static let entropyOfShares = own { (machine, values, token) throws(ProgramError) in
    let products = try machine.apply(
      Operators.Multiply.self, [values["probs"] ?? .none, values["logits"] ?? .none], token)
    let sums = try machine.apply(.reduce(.sum, axes: [-1], keepsAxes: false), [products], token)
    return try machine.apply(Operators.Negate.self, [sums], token)
  }

  /// y·x − softplus(x) for the logit x.
  fileprivate static let logChance:
    @Sendable (inout Recorder, Values, Recorder.Operand, Int32) throws(ProgramError) ->
      Recorder.Operand = { (machine, values, value, token) throws(ProgramError) in
        let logits = values["logits"] ?? .none
        let product = try machine.apply(Operators.Multiply.self, [value, logits], token)
        let softplus = try machine.apply(Operators.Softplus.self, [logits], token)
        return try machine.apply(Operators.Subtract.self, [product, softplus], token)
      }

  /// softplus(x) − p·x.
  fileprivate static let entropyOfChance = own { (machine, values, token) throws(ProgramError) in
    let logits = values["logits"] ?? .none
    let product = try machine.apply(
      Operators.Multiply.self, [values["probs"] ?? .none, logits], token)
    let softplus = try machine.apply(Operators.Softplus.self, [logits], token)
    return try machine.apply(Operators.Subtract.self, [softplus, product], token)
  }

  // MARK: Making them

  /// What a distribution of chances is given: `probs` or `logits`, the other of which follows.
  private static func chances(
    _ family: Distribution,
    _ complete:
      @escaping @Sendable (
        inout Recorder, inout Values, Int32
      ) throws(ProgramError) -> Void
  ) -> Word {
    Word(0...2, names: ["probs", "logits", "validate_args"]) {
      (machine, given, named, token) throws(ProgramError) in
      var values: Values = [:]
      for (place, name) in ["probs", "logits"].enumerated() {
        let value = place < given.count ? given[place] : machine.argument(name, named)
        if let value, !value.isNone { values[name] = try machine.arrayed(value, token) }
      }
      guard values.count == 1 else {
        throw machine.failure(.wrongArguments, "it takes 'probs' or 'logits'", token)
      }
      try complete(&machine, &values, token)
      machine.operands.append(machine.make(DistributionObject(family, values)))
    }
  }

  static let ofDistributions: [String: Word] = [
    "Normal": Word(0...2, names: ["loc", "scale", "validate_args"]) {
      (machine, given, named, token) throws(ProgramError) in
      guard let loc = given.first ?? machine.argument("loc", named),
        let scale = given.count > 1 ? given[1] : machine.argument("scale", named)
      else { throw machine.failure(.wrongArguments, "'Normal' takes 'loc' and 'scale'", token) }
      let (mean, deviation) = (try machine.arrayed(loc, token), try machine.arrayed(scale, token))
      machine.operands.append(
        machine.make(
          DistributionObject(
            .normal,
            ["loc": mean, "mean": mean, "mode": mean, "scale": deviation, "stddev": deviation])))
    },
    "Categorical": chances(.categorical) { (machine, values, token) throws(ProgramError) in
      if let logits = values["logits"] {
        values["probs"] = try machine.apply(.softmax(axis: -1), [logits], token)
        values["logits"] = try machine.apply(.logSoftmax(axis: -1), [logits], token)
      } else if let shares = values["probs"] {
        let sum = try machine.apply(.reduce(.sum, axes: [-1], keepsAxes: true), [shares], token)
        let probs = try machine.apply(Operators.Divide.self, [shares, sum], token)
        values["probs"] = probs
        values["logits"] = try machine.apply(Operators.Log.self, [probs], token)
      }
    },
    "Bernoulli": chances(.bernoulli) { (machine, values, token) throws(ProgramError) in
      if let logits = values["logits"] {
        values["probs"] = try machine.apply(Operators.Sigmoid.self, [logits], token)
      } else if let probs = values["probs"] {
        let rest = try machine.apply(Operators.Subtract.self, [.number(1), probs], token)
        let odds = [
          try machine.apply(Operators.Log.self, [probs], token),
          try machine.apply(Operators.Log.self, [rest], token),
        ]
        values["logits"] = try machine.apply(Operators.Subtract.self, odds, token)
      }
    },
    "kl_divergence": Word(2...2) { (machine, given, _, token) throws(ProgramError) in
      guard let p = machine.object(given[0]) as? DistributionObject,
        let q = machine.object(given[1]) as? DistributionObject,
        p.family.name == q.family.name
      else {
        throw machine.failure(
          .wrongType, "'kl_divergence' is read for two distributions of one family", token)
      }
      machine.operands.append(
        machine.plain(try divergence(&machine, p.family.name, p.values, q.values, token)))
    },
  ]

  private static func divergence(
    _ machine: inout Recorder, _ family: String, _ p: Values, _ q: Values, _ token: Int32
  ) throws(ProgramError) -> Recorder.Operand {
    func apply(
      _ row: any Operator.Type, _ operands: Recorder.Operand?...
    ) throws(ProgramError) -> Recorder.Operand {
      try machine.apply(row, operands.map { $0 ?? .none }, token)
    }
    switch family {
    case "normal":
      // ½ (r + ((μ₁ − μ₂)/σ₂)² − 1 − ln r) with r = (σ₁/σ₂)².
      let ratio = try apply(
        Operators.Square.self, try apply(Operators.Divide.self, p["scale"], q["scale"]))
      let distance = try apply(
        Operators.Square.self,
        try apply(
          Operators.Divide.self, try apply(Operators.Subtract.self, p["loc"], q["loc"]), q["scale"])
      )
      let sum = try apply(Operators.Add.self, ratio, distance)
      let rest = try apply(Operators.Add.self, .number(1), try apply(Operators.Log.self, ratio))
      return try apply(
        Operators.Multiply.self, .number(0.5), try apply(Operators.Subtract.self, sum, rest))
    case "bernoulli":
      // Of two outcomes: p·(x − y) − softplus(x) + softplus(y).
      let difference = try apply(Operators.Subtract.self, p["logits"], q["logits"])
      let product = try apply(Operators.Multiply.self, p["probs"], difference)
      let left = try apply(Operators.Softplus.self, p["logits"])
      let right = try apply(Operators.Softplus.self, q["logits"])
      return try apply(
        Operators.Add.self, try apply(Operators.Subtract.self, product, left), right)
    default:
      let difference = try apply(Operators.Subtract.self, p["logits"], q["logits"])
      let products = try apply(Operators.Multiply.self, p["probs"], difference)
      return try machine.apply(.reduce(.sum, axes: [-1], keepsAxes: false), [products], token)
    }
  }
}
