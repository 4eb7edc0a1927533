public import GradCore

/// How much arithmetic it takes to find derivatives, counted in the operations of a program.
public struct SweepCost: Sendable, Equatable {
  /// One for each local partial that is used.
  public var multiplications: Int
  /// One for each further product that meets another.
  public var additions: Int

  /// All of it.
  public var total: Int { multiplications + additions }
}

/// What the derivatives of a program's output by its inputs cost, in three ways.
///
/// Counted are the edges that lead from an input to the output, operation by operation; constants and
/// data take no part. O(inputs · (nodes + edges)).
public struct DifferentiationCost: Sendable, Equatable {
  /// The operations on the way from inputs to the output.
  public var operations: Int
  /// The edges between them.
  public var partials: Int
  /// One sweep backward, for all inputs.
  public var backward: SweepCost
  /// One sweep forward for each input.
  public var forward: [SweepCost]
  /// For each input the operations that follow from it, which a nudge computes again.
  public var recomputed: [Int]

  /// A nudge for each input: what is computed again, and a difference and a quotient.
  public var nudges: [Int] { recomputed.map { $0 + 2 } }

  /// The costs for a trace of operations.
  public init(_ trace: Trace) {
    let inputs = trace.parameters.filter { !trace.nodes[$0].isUnused }
    var dependsOnInput = [Bool](repeating: false, count: trace.nodes.count)
    for input in inputs { dependsOnInput[input] = true }
    for edge in trace.edges where dependsOnInput[edge.source] {
      dependsOnInput[edge.target] = true
    }
    let edges = trace.edges.filter {
      dependsOnInput[$0.source] && !trace.nodes[$0.target].isUnused
    }
    operations = trace.nodes.indices.count {
      dependsOnInput[$0] && trace.nodes[$0].kind == .operation && !trace.nodes[$0].isUnused
    }
    partials = edges.count
    backward = SweepCost(
      multiplications: edges.count, additions: edges.count - Set(edges.map(\.source)).count)
    forward = []
    recomputed = []
    for input in inputs {
      let isReached = trace.reached(from: input)
      let own = edges.filter { isReached[$0.source] }
      let targets = Set(own.map(\.target))
      forward.append(
        SweepCost(multiplications: own.count, additions: own.count - targets.count))
      recomputed.append(targets.count)
    }
  }
}
