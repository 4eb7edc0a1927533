import GradCore

/// What a program differentiates, and what it says of its parameters.
struct Autograd {
  /// What was differentiated last, which is the output.
  private(set) var output: UInt32?
  /// The nodes there were when the output was named; the rest follows it.
  private(set) var end: Int?
  /// What the output is called if nothing else names it.
  var nameOfOutput = "out"
  /// The function whose call the output is, if a derivative of it called it.
  var callOfOutput: Int?
  /// What `backward` was called of, in order, and where.
  var passes: [(node: UInt32, token: Int32)] = []
  /// Those of them whose derivatives the last one has added to.
  var added: [UInt32] = []
  /// How many of ``added`` there were when the derivative by one node was cleared.
  var clearedOfAdded: [UInt32: Int] = [:]
  /// What was cleared behind the last pass, `nil` for all: it counts if another one follows.
  var laterCleared: [UInt32?] = []
  /// What is said of the output where it is one of several, or their sum.
  var choice: Diagnostic?
  /// The nodes differentiated by `backward`, whose derivatives add up until they are cleared.
  var differentiated: [UInt32] = []
  /// Those of them whose derivatives are nodes: `J.backward(create_graph=True)`.
  var kept: Set<UInt32> = []
  /// How many of them there were when the derivative by one node was cleared.
  var cleared: [UInt32: Int] = [:]
  /// What `.grad` was when it was read last, by the first version of a tensor.
  var sums: [UInt32: Sum] = [:]
  /// The output whose derivatives were found last.
  var swept: (output: UInt32, derivatives: Recorder.Derivatives)?
  /// A call of a function: its number, and the nodes that its arguments hold, `UInt32.max` for what is none.
  struct Call {
    var function: Int
    var arguments: [UInt32]
  }
  /// The calls of functions that their derivatives made.
  var calls: [(call: Call, result: UInt32)] = []
  /// The calls of the program that are given lists or dictionaries, by function, what these hold, and number.
  var callsWithParts: [(function: Int, nodes: [UInt32], number: Int)] = []
  /// The results of those that the program has called itself since.
  var reused: Set<UInt32> = []
  /// What was differentiated last with its derivatives recorded, and the nodes of these: it is the output if
  /// nothing else is differentiated and no node is computed from the derivatives.
  var recorded: (node: UInt32, derivatives: Range<Int>)?
  /// Whether a function has a derivative of its own that is not that of its formula.
  var hasOwnDerivatives = false
  /// The derivatives that a call gave, for each of its targets.
  var results: [Recorder.Operand] = []
  /// The nodes that the program marks as parameters.
  var parameters: Set<UInt32> = []
  /// The versions before those that `w.data = …` made: one tensor, whose derivative is that of all.
  var earlier: [UInt32: UInt32] = [:]
  /// The derivatives read so far.
  var read: [Double] = []
  /// The derivatives to give instead of those of this recording.
  var replayed: [Double]?

  /// The sum of the derivatives by all versions of a tensor.
  struct Sum {
    /// From which of the ``differentiated`` on, and up to which.
    var begin: Int
    var end: Int
    /// Of how many versions.
    var versions = 0
    var value: NumberArray?

    /// Nothing, from an output on.
    init(begin: Int) { (self.begin, end) = (begin, begin) }

    mutating func add(_ part: NumberArray) {
      value =
        value.map { NumberArray($0.shape, zip($0.entries, part.entries).map { $0 + $1 }) } ?? part
    }
  }

  /// Notes that `backward` is called of a node.
  mutating func pass(from node: UInt32, _ token: Int32) {
    for cleared in laterCleared {
      if let cleared {
        clearedOfAdded[cleared] = added.count
      } else {
        added.removeAll()
        clearedOfAdded.removeAll()
      }
    }
    laterCleared.removeAll()
    added.append(node)
    differentiated.append(node)
    passes.append((node, token))
  }

  /// Makes `node` the output.
  mutating func name(_ node: UInt32, on tape: Tape) {
    output = node
    end = tape.nodeCount
  }

  /// Makes the sum of several outputs the output, which follows where the last one was named.
  mutating func outputIsSum(_ sum: UInt32) { output = sum }

  /// Follows the output to a copy with a name of its own.
  mutating func move(from node: UInt32, to copy: UInt32, _ tape: Tape) {
    if output == node { name(copy, on: tape) }
  }
}
