import GradFigure
import TestSupport
import Testing

@testable import GradDrawing

@Suite struct CrossingsTests {
  /// Lines by chance, along x or not.
  private func curves(seed: UInt64, areForward: Bool) -> [Curve] {
    var random = SeededRandom(seed: seed)
    return (0..<12).map { _ in
      var stops = (0..<Int.random(in: 2...7, using: &random)).map { _ in
        Point(
          Double.random(in: 0...400, using: &random), Double.random(in: 0...300, using: &random))
      }
      if areForward { stops.sort { $0.x < $1.x } }
      let smooth = Bool.random(using: &random)
      return smooth ? Curve(smoothThrough: stops) : Curve(flatAt: stops)
    }
  }

  /// Edges that join no two nodes twice.
  private func edges(_ count: Int) throws -> [Figure.Edge] {
    let edge = try figure("x = 2; y = 3 * x").edges[0]
    return (0..<count).map { index in
      var other = edge
      (other.source, other.target) = (2 * index, 2 * index + 1)
      return other
    }
  }

  /// Every piece of one line with every piece of the other.
  private func crossings(_ a: Curve, _ b: Curve) -> Int {
    func side(_ p: Point, _ q: Point, _ r: Point) -> Double {
      (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
    }
    let (points, others) = (a.polyline(steps: 10).points, b.polyline(steps: 10).points)
    var count = 0
    for (p, q) in zip(points, points.dropFirst()) {
      for (r, s) in zip(others, others.dropFirst())
      where side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0 { count += 1 }
    }
    return count
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>, [true, false])
  func onlyWhatIsNearIsComparedAndNothingIsMissed(_ seed: UInt64, _ areForward: Bool) throws {
    let curves = curves(seed: seed, areForward: areForward)
    let found = Crossings(curves, try edges(curves.count))
    var count = 0
    for second in curves.indices {
      for first in 0..<second {
        let expected = crossings(curves[first], curves[second])
        count += expected
        let pair = Crossings.Pair(first: first, second: second)
        #expect(found.pairs[pair, default: 0] == expected, "seed \(seed), \(pair)")
      }
    }
    #expect(found.count == count)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func aTableThatIsKeptIsTheSameAsANewOne(_ seed: UInt64) throws {
    var curves = curves(seed: seed, areForward: true)
    let edges = try edges(curves.count)
    var kept = Crossings(curves, edges)
    var budget = WorkBudget(.max)
    for (index, other) in self.curves(seed: seed + 100, areForward: true).enumerated() {
      curves[index] = other
      kept.replace(index, by: Crossings.Line(other), &budget)
      let new = Crossings(curves, edges)
      #expect(kept.pairs == new.pairs && kept.count == new.count)
      let line = kept.lines[index]
      let count = kept.count(of: line, as: index, &budget)
      #expect(kept.count(of: line, as: index, limit: count + 1, &budget) == count)
      if count > 1 { #expect(kept.count(of: line, as: index, limit: 1, &budget) == 1) }
    }
    #expect(budget.spent > 0)
  }

  @Test func aSpentBudgetEndsTheComparison() throws {
    let curves = curves(seed: 1, areForward: false)
    var budget = WorkBudget(1)
    let found = Crossings(curves, try edges(curves.count), &budget)
    #expect(budget.isSpent)
    #expect(found.count <= Crossings(curves, try edges(curves.count)).count)
  }
}
