/// A layer of a library such as `nn.Linear`, one row of the table: the function that a call of it is, and
/// what the layer keeps for that function.
struct Layer: Sendable {
  /// What is given to a layer where it is made.
  struct Setting: Sendable {
    enum Use: Sendable {
      /// The shapes of weights depend on it, and no more.
      case size
      /// The function takes it by the same name.
      case passed
      /// It is read for one value alone, by its text.
      case fixed(String)
      /// It says nothing of any value.
      case ignored
    }
    let name: String
    let use: Use
    /// What it is where it is left out.
    var fallback: Double?

    /// Whether it may be an array: what each class or entry counts in a loss.
    var isWeight: Bool { name == "weight" || name == "pos_weight" }

    static func size(_ name: String, _ fallback: Double? = nil) -> Setting {
      Setting(name: name, use: .size, fallback: fallback)
    }
    static func passed(_ name: String, _ fallback: Double? = nil) -> Setting {
      Setting(name: name, use: .passed, fallback: fallback)
    }
    static func fixed(_ name: String, _ text: String) -> Setting {
      Setting(name: name, use: .fixed(text))
    }
    static func ignored(_ name: String) -> Setting { Setting(name: name, use: .ignored) }
  }

  /// An array that a layer keeps.
  struct Weight: Sendable {
    /// What it is until the program gives it.
    enum Start: Sendable {
      /// Random: numbers of PyTorch if the program seeds them, else not known.
      case drawn(Spread)
      case filled(Double)
    }
    let name: String
    /// The settings whose numbers, one after the other, are its shape, or numbers themselves.
    let shape: [String]
    /// How often the first of them counts: four gates stand in one matrix.
    var count = 1
    var start = Start.drawn(.fanIn)
    /// The setting that leaves it out where it is False.
    var condition: String?
    /// Whether it is a statistic, which is not learned.
    var isStatistic = false
  }

  /// A layer that a layer keeps.
  struct Part: Sendable {
    let name: String
    /// What it is called in the table.
    let layer: String
    /// Its settings, by the names of those of the layer around it.
    let settings: [String: String]
    /// Which of its weights begin with zeros here.
    var zeros: [String] = []
  }

  /// The function's name, in the tables of functions on arrays or of operators.
  let function: String
  let settings: [Setting]
  /// Its weights, which may depend on the numbers of its settings.
  let weights: @Sendable ([String: Int]) -> [Weight]
  let parts: [Part]
  /// How many axes a window has: a size of one number is the same along each.
  let windowAxes: Int
  /// Whether it computes otherwise while it is trained.
  let knowsTraining: Bool

  init(
    _ function: String, _ settings: [Setting] = [], weights: [Weight] = [], parts: [Part] = [],
    windowAxes: Int = 1, knowsTraining: Bool = false
  ) {
    self.init(
      function, settings, parts: parts, windowAxes: windowAxes, knowsTraining: knowsTraining
    ) { _ in weights }
  }

  init(
    _ function: String, _ settings: [Setting], parts: [Part] = [], windowAxes: Int = 1,
    knowsTraining: Bool = false, weights: @escaping @Sendable ([String: Int]) -> [Weight]
  ) {
    (self.function, self.settings, self.weights, self.parts) = (function, settings, weights, parts)
    (self.windowAxes, self.knowsTraining) = (windowAxes, knowsTraining)
  }

  /// Whether the layer of a name begins with random numbers, or drops entries at random.
  static func draws(_ name: String) -> Bool {
    guard let layer = table[name] else { return false }
    return layer.knowsTraining || !layer.parts.isEmpty
      || layer.weights([:]).contains { if case .drawn = $0.start { true } else { false } }
  }

  /// The layer of a name; `nil` if there is none.
  static func named(_ name: String) -> Layer? { table[name] }
}
