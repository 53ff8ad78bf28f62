import Chance
import Testing
import VirtualTime

@Suite struct RandomStreamTests {
  static func words(_ seed: UInt64, _ component: String, _ purpose: String, _ count: Int = 64)
    -> [UInt64]
  {
    var stream = RandomStream(seed: seed, component: component, purpose: purpose)
    return (0..<count).map { _ in stream.next() }
  }

  @Test("A stream is a function of seed, component and purpose", arguments: [0, 1, 42, UInt64.max])
  func repeatable(seed: UInt64) {
    let first = Self.words(seed, "acquirer", "latency")
    #expect(first == Self.words(seed, "acquirer", "latency"))
    #expect(first != Self.words(seed &+ 1, "acquirer", "latency"))
    #expect(first != Self.words(seed, "acquirers", "latency"))
    #expect(first != Self.words(seed, "acquirer", "decline"))
    #expect(Set(first).count == first.count)
  }

  @Test("The border between component and purpose is part of the key")
  func border() {
    #expect(Self.words(1, "ab", "c") != Self.words(1, "a", "bc"))
    #expect(Self.words(1, "ab", "") != Self.words(1, "", "ab"))
  }

  @Test("Draws from one stream shift no draw of another", arguments: 1...8 as ClosedRange<UInt64>)
  func unaffectedByOthers(seed: UInt64) {
    let alone = Self.words(seed, "merchant", "gap")
    var stream = RandomStream(seed: seed, component: "merchant", purpose: "gap")
    var other = RandomStream(seed: seed, component: "merchant", purpose: "amount")
    var chooser = RandomStream(seed: seed, component: "test", purpose: "interleaving")
    let mixed = alone.indices.map { _ in
      for _ in 0..<chooser.below(5) { _ = other.next() }
      return stream.next()
    }
    #expect(mixed == alone)
  }

  @Test("The golden first words of a stream stay as they are")
  func golden() {
    // From a separate implementation; a change here changes every result that was ever published.
    #expect(
      Self.words(1, "acquirer", "latency", 3) == [
        0x10a7_1a38_417f_20b6, 0x74b4_36a7_ff21_e608, 0xb752_f0fc_96ca_f5a8,
      ])
  }

  @Test("Pairs of neighbouring streams are uncorrelated", arguments: 1...4 as ClosedRange<UInt64>)
  func uncorrelated(seed: UInt64) {
    // 64 bits a draw: the agreeing bits of two streams are binomial(64 n, 1/2).
    let n = 4_000
    let a = Self.words(seed, "shard-1", "x", n)
    for b in [Self.words(seed, "shard-2", "x", n), Self.words(seed &+ 1, "shard-1", "x", n)] {
      let agreeing = zip(a, b).reduce(0) { $0 + (~($1.0 ^ $1.1)).nonzeroBitCount }
      let deviation = (Double(agreeing) - 32 * Double(n)) / (4 * Double(n).squareRoot())
      #expect(abs(deviation) < 3.9)
    }
  }

  @Test("The stream of an item depends on nothing that was drawn, and is like no other item's")
  func items() {
    var stream = RandomStream(seed: 2, component: "test", purpose: "items")
    var early = stream.stream(for: 7)
    for _ in 0..<5 { _ = stream.next() }
    var late = stream.stream(for: 7)
    #expect((0..<8).allSatisfy { _ in early.next() == late.next() })
    // Neighbours agree in half of their bits: binomial(64 n, 1/2).
    let n = 4_000
    let agreeing = (0..<UInt64(n)).reduce(0) { sum, item in
      var (a, b) = (stream.stream(for: item), stream.stream(for: item + 1))
      return sum + (~(a.next() ^ b.next())).nonzeroBitCount
    }
    #expect(abs(Double(agreeing - 32 * n)) < 3.9 * 4 * Double(n).squareRoot())
  }

  @Test("Uniform numbers fill their interval evenly", arguments: 1...4 as ClosedRange<UInt64>)
  func uniform(seed: UInt64) {
    var stream = RandomStream(seed: seed, component: "test", purpose: "uniform")
    let n = 50_000
    var cells = Array(repeating: 0, count: 100)
    for _ in 0..<n {
      let u = stream.uniform()
      #expect(u >= 0 && u < 1)
      cells[Int(u * 100)] += 1
    }
    let expected = Array(repeating: Double(n) / 100, count: 100)
    #expect(
      Statistics.chiSquare(cells, expected: expected) < Statistics.chiSquareBound(degrees: 99))
  }

  @Test("Numbers below a bound are even", arguments: [1, 2, 3, 7, 10, 97] as [UInt64])
  func below(bound: UInt64) {
    var stream = RandomStream(seed: 9, component: "test", purpose: "below")
    var cells = Array(repeating: 0, count: Int(bound))
    for _ in 0..<20_000 { cells[Int(stream.below(bound))] += 1 }
    let expected = Array(repeating: 20_000 / Double(bound), count: Int(bound))
    let statistic = Statistics.chiSquare(cells, expected: expected)
    #expect(statistic <= Statistics.chiSquareBound(degrees: max(1, Int(bound) - 1)))
  }

  @Test("A chance succeeds as often as it says", arguments: [0, 0.001, 0.25, 0.5, 0.999, 1])
  func chance(value: Double) {
    var stream = RandomStream(seed: 3, component: "test", purpose: "chance")
    let probability = Probability(value)
    let n = 50_000
    let successes = (0..<n).reduce(0) { sum, _ in sum + (stream.chance(probability) ? 1 : 0) }
    let deviation = (Double(n) * value * (1 - value)).squareRoot()
    #expect(abs(Double(successes) - Double(n) * value) <= 3.3 * deviation)
  }
}
