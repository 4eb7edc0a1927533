import Testing

@testable import GradServer

/// Answers that are kept.
@Suite struct AnswerCacheTests {
  private func answer(_ count: Int) -> DrawingAnswer {
    DrawingAnswer("image/png", [UInt8](repeating: 1, count: count), [])
  }

  @Test func theOldestGoWhereThereIsNoRoom() {
    let cache = AnswerCache(limit: 10_000)
    for number in UInt8(0)..<100 {
      cache.keep(answer(800), for: [number])
      // What is asked for again and again stays.
      #expect(cache[[0]] != nil)
      #expect(cache.size <= 10_000)
    }
    #expect(cache[[99]] != nil)
    #expect(cache[[50]] == nil)
  }

  @Test func whatIsTooLargeIsNotKept() {
    let cache = AnswerCache(limit: 10_000)
    cache.keep(answer(5_000), for: [1])
    #expect(cache[[1]] == nil)
    let none = AnswerCache(limit: 0)
    none.keep(answer(1), for: [1])
    #expect(none[[1]] == nil && none.size == 0)
  }
}
