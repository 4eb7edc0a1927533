package import GradLanguage

/// The numbers of a text that somebody has to work out.
package struct Evaluation: Sendable {
  /// The text's address.
  package let uri: String
  /// Its version.
  package let version: Int
  let analysis: Analysis

  /// Works the numbers out.
  ///
  /// - Parameter patience: How long to wait.
  /// - Returns: The numbers, or why there are none.
  package func run(_ patience: Patience) -> Evaluated {
    Evaluated(uri: uri, version: version, outcome: Numbers.outcome(of: analysis, patience))
  }

  /// What is told if the numbers do not come in time.
  package var late: Evaluated {
    var outcome = Numbers.Outcome(diagnostics: analysis.diagnostics)
    outcome.note = "the program takes too long for an editor to show its numbers"
    return Evaluated(uri: uri, version: version, outcome: outcome)
  }
}

/// The numbers of a version of a text.
package struct Evaluated: Sendable {
  /// The text's address.
  package let uri: String
  /// Its version.
  package let version: Int
  let outcome: Numbers.Outcome
}
