import Chance
import Testing
import VirtualTime

@Suite struct QuantileTableTests {
  static let seeds: ClosedRange<UInt64> = 1...6

  static func sample(_ table: QuantileTable, _ seed: UInt64, _ count: Int = 40_000) -> [Double] {
    var stream = RandomStream(seed: seed, component: "test", purpose: "table")
    return (0..<count).map { _ in table.value(stream.next()) }
  }

  @Test("Normal draws follow the normal distribution", arguments: seeds)
  func normal(seed: UInt64) {
    let distance = Statistics.kolmogorov(
      Self.sample(.normal(), seed), Statistics.normalDistribution)
    #expect(distance < Statistics.kolmogorovBound)
  }

  @Test("Log-normal draws follow their distribution", arguments: seeds)
  func logNormal(seed: UInt64) {
    let distance = Statistics.kolmogorov(Self.sample(.logNormal(mu: 3, sigma: 0.7), seed)) {
      Statistics.normalDistribution((PortableMath.ln($0) - 3) / 0.7)
    }
    #expect(distance < Statistics.kolmogorovBound)
  }

  @Test("Tails are right far out: one draw in 2^k is beyond the quantile", arguments: 3...30)
  func tails(k: Int) {
    let table = QuantileTable.normal()
    // The bits of the distance from the end: 2^(63 - k) is the probability 2^-k.
    let bits = (UInt64(1) << UInt64(63 - k)) << 2
    let p = Double(sign: .plus, exponent: -k, significand: 1)
    let z = PortableMath.normalQuantile(p, complement: 1 - p)
    #expect(abs(table.value(bits) - z) < 1e-9 * abs(z))
    #expect(abs(table.value(bits | 1) + z) < 1e-9 * abs(z))
  }

  @Test("A draw never leaves the table and never runs backwards towards the end")
  func monotone() {
    let table = QuantileTable.normal()
    var previous = -Double.infinity
    for k in 0...61 {
      let value = table.value((UInt64(1) << UInt64(k)) << 2 | 0)
      #expect(value >= previous)
      #expect(value >= table.value(0))
      previous = value
    }
    let end = PortableMath.normalQuantile(0x1p-32, complement: 1 - 0x1p-32)
    #expect(abs(table.value(0) - end) < 1e-6)
    #expect(abs(table.value(1) + end) < 1e-6)
  }

  @Test("The table's mean is that of the distribution to one in ten thousand")
  func mean() {
    // Integrated over an even grid of the probability instead of sampled.
    let table = QuantileTable.logNormal(mu: 0, sigma: 1)
    let n = 1 << 18
    var sum = 0.0
    for i in 0..<n {
      let distance = (UInt64(i) << 1 | 1) << UInt64(62 - 19)
      sum += table.value(distance << 2) + table.value(distance << 2 | 1)
    }
    let theory = PortableMath.exp(0.5)
    #expect(abs(sum / Double(2 * n) - theory) < 1e-4 * theory)
  }

  @Test("An empirical distribution is linear between its quantiles", arguments: seeds)
  func empirical(seed: UInt64) {
    let points = [(0.0, 1.0), (0.5, 2.0), (0.9, 10.0), (1.0, 100.0)]
    let table = QuantileTable.empirical(points.map { (probability: $0.0, value: $0.1) })
    let distance = Statistics.kolmogorov(Self.sample(table, seed)) { x in
      let i = points.lastIndex { $0.1 <= x } ?? 0
      guard i < 3 else { return 1 }
      let (a, b) = (points[i], points[i + 1])
      return a.0 + (b.0 - a.0) * (x - a.1) / (b.1 - a.1)
    }
    #expect(distance < Statistics.kolmogorovBound)
  }

  @Test("A latency through its median and 99th percentile has them")
  func latency() {
    let latency = Latency.logNormal(median: 80_000_000, p99: 400_000_000)
    var stream = RandomStream(seed: 5, component: "test", purpose: "latency")
    let n = 50_000
    let draws = (0..<n).map { _ in latency.draw(&stream) }
    let belowMedian = Double(draws.count { $0 < 80_000_000 }) / Double(n)
    let beyond = Double(draws.count { $0 > 400_000_000 }) / Double(n)
    #expect(abs(belowMedian - 0.5) < 3.3 * (0.25 / Double(n)).squareRoot())
    #expect(abs(beyond - 0.01) < 3.3 * (0.0099 / Double(n)).squareRoot())
  }

  @Test("A constant latency draws nothing; a negative one is taken as zero")
  func edges() {
    var stream = RandomStream(seed: 5, component: "test", purpose: "latency")
    var untouched = stream
    #expect(Latency.constant(7).draw(&stream) == 7)
    #expect(stream.next() == untouched.next())
    let normal = Latency.table(.normal())
    for _ in 0..<100 { #expect(normal.draw(&stream) >= 0) }
  }

  @Test("The longest latencies end at the longest draw, however wide the distribution")
  func longestLatency() {
    let day: Int64 = 86_400_000_000_000
    var random = RandomStream(seed: 3, component: "test", purpose: "longest")
    for latency in [
      Latency.logNormal(median: 1, p99: 10 * day), .slowestLogNormal(of: 3, median: 1, p99: day),
      .exponential(Exponential(mean: Double(10 * day))),
    ] {
      let draws = (0..<100_000).map { _ in latency.draw(&random) }
      #expect(draws.allSatisfy { 0 <= $0 && Double($0) <= Latency.longest })
    }
    let wide = Latency.logNormal(median: 1, p99: 10 * day)
    #expect((0..<1_000_000).contains { _ in Double(wide.draw(&random)) == Latency.longest })
  }
}
