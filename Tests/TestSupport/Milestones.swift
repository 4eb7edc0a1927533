package import GradBase

import Synchronization

/// What is done once, if all is well, while `work` runs.
package func milestones(_ work: () throws -> Void) rethrows -> [Milestone] {
  let log = MilestoneLog()
  try Milestone.$observer.withValue({ log.add($0) }, operation: work)
  return log.all
}

private final class MilestoneLog: Sendable {
  private let entries = Mutex<[Milestone]>([])
  var all: [Milestone] { entries.withLock { $0 } }
  func add(_ milestone: Milestone) { entries.withLock { $0.append(milestone) } }
}
