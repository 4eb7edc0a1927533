/// How much a search may still do, in pieces of work.
///
/// A search that counts what it tests, and takes the best so far once its budget is spent, ends soon
/// for every figure, and in the same way on every machine.
struct WorkBudget {
  /// What is left, in tests of two straight lines or what takes as long.
  private(set) var left: Int

  /// What was done so far.
  private(set) var spent = 0

  init(_ tests: Int) { left = tests }

  var isSpent: Bool { left <= 0 }

  mutating func spend(_ tests: Int) {
    left -= tests
    spent += tests
  }
}
