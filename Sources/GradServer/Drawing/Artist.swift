/// Draws what is asked for, each thing once: what is kept is not drawn again, and who asks for what is
/// being drawn waits for it.
actor Artist {
  private let pool: DrawingPool
  private let cache: AnswerCache
  private var current: [[UInt8]: Task<DrawingAnswer, Never>] = [:]

  init(_ pool: DrawingPool, _ cache: AnswerCache) { (self.pool, self.cache) = (pool, cache) }

  /// The answer to a task, and whether it was kept.
  nonisolated func answer(to task: DrawingTask) async -> (answer: DrawingAnswer, wasKept: Bool) {
    let key = task.message
    if let answer = cache[key] { return (answer, true) }
    return (await draw(task, key), false)
  }

  private func draw(_ task: DrawingTask, _ key: [UInt8]) async -> DrawingAnswer {
    if let work = current[key] { return await work.value }
    let work = Task { await pool.draw(task) }
    current[key] = work
    let answer = await work.value
    current[key] = nil
    switch answer.outcome {
    case .drawn, .mistake: cache.keep(answer, for: key)
    // What was too much, or went wrong, may go well when there is less to do.
    case .tooMuch, .failed, .busy: break
    }
    return answer
  }
}
