import Chance
import Testing
import VirtualTime

@Suite struct AliasTableTests {
  static func counts(_ table: AliasTable, items: Int, seed: UInt64, draws: Int) -> [Int] {
    var stream = RandomStream(seed: seed, component: "test", purpose: "alias")
    var counts = Array(repeating: 0, count: items)
    for _ in 0..<draws { counts[table.choose(stream.next())] += 1 }
    return counts
  }

  static func agrees(_ weights: [Double], seed: UInt64, draws: Int = 60_000) -> Bool {
    let counts = counts(
      AliasTable(weights: weights), items: weights.count, seed: seed, draws: draws)
    let total = weights.reduce(0, +)
    let used = weights.indices.filter { weights[$0] > 0 }
    let statistic = Statistics.chiSquare(
      used.map { counts[$0] }, expected: used.map { weights[$0] / total * Double(draws) })
    let noneOfZero = weights.indices.allSatisfy { weights[$0] > 0 || counts[$0] == 0 }
    return noneOfZero && statistic <= Statistics.chiSquareBound(degrees: max(1, used.count - 1))
  }

  @Test(
    "Items are chosen by weight",
    arguments: [[1], [1, 1], [1, 2, 3, 4], [0, 5, 0, 1], [1000, 1, 1], [0.1, 0.2, 0.7]], 1...3)
  func byWeight(weights: [Double], seed: Int) {
    #expect(Self.agrees(weights, seed: UInt64(seed)))
  }

  @Test("Random weights are kept", arguments: 1...8 as ClosedRange<UInt64>)
  func randomWeights(seed: UInt64) {
    var stream = RandomStream(seed: seed, component: "test", purpose: "weights")
    let weights = (0..<40).map { _ in stream.uniform() + 0.05 }
    #expect(Self.agrees(weights, seed: seed))
  }

  @Test(
    "Ranks follow the law of Zipf and Mandelbrot", arguments: [(1.0, 0.0), (1.2, 2.7), (0.8, 10)])
  func zipfMandelbrot(exponent: Double, offset: Double) {
    let weights = AliasTable.zipfMandelbrotWeights(
      count: 50, exponent: exponent, offset: offset)
    for rank in [1, 2, 50] {
      let ratio = weights[rank - 1] / weights[0]
      let theory = PortableMath.pow((Double(rank) + offset) / (1 + offset), -exponent)
      #expect(abs(ratio - theory) < 1e-14)
    }
    #expect(Self.agrees(weights, seed: 11))
  }

  @Test("Ten thousand merchants: the share of the largest hundred is that of theory")
  func largestHundred() {
    let weights = AliasTable.zipfMandelbrotWeights(count: 10_000, exponent: 1.1, offset: 2)
    let share = weights[..<100].reduce(0, +) / weights.reduce(0, +)
    let n = 100_000
    let counts = Self.counts(AliasTable(weights: weights), items: 10_000, seed: 1, draws: n)
    let drawn = Double(counts[..<100].reduce(0, +)) / Double(n)
    #expect(abs(drawn - share) < 3.3 * (share * (1 - share) / Double(n)).squareRoot())
  }
}
